"""Draws a PDF from a typst template in the folder `typst/` beside this file; `typst/base.typ` is the house style.

Values go to the template as JSON, never as typst source, so nothing that somebody typed can become markup.
Reads the templates and fonts (settings.VOLMACHT_FONT_FOLDERS); writes nothing, keeps nothing, logs nothing.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

import typst
from django.conf import settings

from volmacht import clock

JSON: TypeAlias = "str | int | float | bool | Sequence[JSON] | Mapping[str, JSON] | None"

TEMPLATES = Path(__file__).resolve().parent / "typst"
_TEMPLATE_NAME = re.compile(r"[a-z0-9_]+\.typ")
_ACCESSIBLE_AND_LASTING: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
_NO_GLYPH = "could not be displayed with font"


class UnknownTemplate(ValueError):
    """There is no template of that name in the folder `typst/`."""


def render_pdf(template: str, values: Mapping[str, JSON], language: str, mark: str = "") -> bytes:
    """The PDF of a template, such as `plan.typ`, in Dutch ("nl") or English ("en"); `mark` stands atop each page.

    The template finds the values as `values` of `base.typ`. The result is PDF/A-2a and PDF/UA-1. Only when no
    font on the machine has a sign that stands in the text (a name in Chinese, say) it is a plain tagged PDF, in
    which that sign is an open box: both standards forbid that, but a sheet with a box is better than none.
    """
    if not _TEMPLATE_NAME.fullmatch(template) or not (TEMPLATES / template).is_file():
        raise UnknownTemplate(template)
    inputs = {
        "values": json.dumps(values, ensure_ascii=False),
        "language": language,
        "mark": mark,
        "sender": settings.VOLMACHT.operator_name,
    }
    try:
        return _compile(template, inputs, _ACCESSIBLE_AND_LASTING)
    except typst.TypstError as refused:
        if _NO_GLYPH not in refused.message:
            raise
        return _compile(template, inputs, [])


def _compile(template: str, inputs: dict[str, str], standards: list[Literal["a-2a", "ua-1"]]) -> bytes:
    compiler = typst.Compiler(
        input=TEMPLATES / template, root=TEMPLATES, font_paths=_fonts(), sys_inputs=inputs
    )
    pdf = compiler.compile(
        format="pdf", pdf_standards=[*standards], timestamp=clock.now().replace(microsecond=0)
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gives a PDF as one piece")
    return pdf


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Our own fonts first, then what the machine has, for signs ours lack. Searched once for a process."""
    return typst.Fonts(font_paths=[str(folder) for folder in settings.VOLMACHT_FONT_FOLDERS])
