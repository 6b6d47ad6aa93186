"""A text about connecting as part of a page."""

from functools import lru_cache

from django.template.loader import render_to_string

from volmacht.onboarding.documents.structure import Block


@lru_cache(maxsize=64)
def blocks_html(text: tuple[Block, ...]) -> str:
    """Its blocks; rendered once, since one never changes and some are long."""
    return render_to_string("shared/document_blocks.html", {"blocks": text})
