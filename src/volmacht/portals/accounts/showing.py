"""How a form of these pages is shown: as it is, again with what is wrong, or again with an objection."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from volmacht.portals.shared.account_words import objection_words
from volmacht.portals.shared.kept_forms import shown_again, typed

Form = TypeVar("Form", bound=forms.BaseForm)


def bound(request: HttpRequest, make: Callable[..., Form], initial: dict[str, Any] | None = None) -> Form:
    """The form with what was typed. After an objection its fields were right: they are filled in, not judged again."""
    again = shown_again(request)
    data = typed(request)
    if again is not None and again.objection is not None:
        form = make(None)
        form.initial = {**(initial or {}), **again.fields.dict()}
        return form
    form = make(data)
    form.initial = initial or {}
    if again is not None:
        _ask_secrets_anew(form, again.secrets)
    return form


def _ask_secrets_anew(form: forms.BaseForm, typed_before: Iterable[str]) -> None:
    """A password that was typed is not missing: it was not kept, which the field says instead of an error."""
    for name in typed_before:
        if name in form.errors:
            del form.errors[name]
            form[name].help_text = _("Vul dit nog een keer in. Wij bewaren het niet.")


def page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page of a form, with the objection if there is one."""
    again = shown_again(request)
    objection = again.objection if again else None
    words = objection_words(objection) if objection else None
    return render(
        request,
        f"accounts/{name}.html",
        {"words": words, "objection": objection, **context},
        status=again.status if again else 200,
    )
