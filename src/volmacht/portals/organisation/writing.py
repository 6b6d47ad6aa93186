"""Tasks: write a message in a case, add a document to it, and download one."""

from typing import Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from volmacht.audience import Audience, audience
from volmacht.onboarding.operations import FileKind, add_file, answer
from volmacht.onboarding.queries import file_content
from volmacht.portals.organisation.acting import case_here
from volmacht.portals.shared.file_words import KINDS
from volmacht.portals.shared.just_done import note
from volmacht.portals.shared.kept_forms import accepted, show_again, shown_again, typed
from volmacht.portals.shared.objecting import again_because, go_because, objected
from volmacht.portals.shared.stored_files import download
from volmacht.rules.onboarding.cases import Objection
from volmacht.rules.roles import Right

LONGEST: Final = 4000
TO_ADD: Final = (FileKind.SECURITY_STATEMENT, FileKind.ATTACHMENT)


class MessageForm(forms.Form):
    """A message to the desk."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("Uw bericht"),
        help_text=gettext_lazy("Schrijf hier geen burgerservicenummers."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": gettext_lazy("Schrijf een bericht."),
            "max_length": gettext_lazy("Dit is te lang. Gebruik ten hoogste 4000 tekens."),
        },
    )


class FileForm(forms.Form):
    """A document, and what it is."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=gettext_lazy("Wat is het?"),
        choices=[(kind.value, KINDS[kind]) for kind in TO_ADD],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies wat het is.")},
    )
    document = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy("Een pdf, png of jpeg van ten hoogste 10 MB."),
        error_messages={
            "required": gettext_lazy("Kies een bestand."),
            "empty": gettext_lazy("Dit bestand is leeg."),
        },
    )


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, number: str) -> HttpResponse:
    """A message; in a question it is what the asker adds."""
    here = case_here(request, number)
    if not here.may(Right.WRITE):
        raise Http404
    form = MessageForm(typed(request))
    if request.method == "POST":
        if not form.is_valid():
            return show_again(request)
        made = answer(case_id=here.page.case.id, text=form.cleaned_data["text"], actor=here.actor)
        if isinstance(made, Objection):
            return again_because(request, made)
        accepted(request)
        note(request, number, gettext("Uw bericht is verstuurd."))
        return redirect(f"{reverse('organisation:case', args=[number])}#berichten")
    again = shown_again(request)
    context = {"case": here.page.case, "form": form, "words": objected(request)}
    return render(request, "organisation/message.html", context, status=again.status if again else 200)


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, number: str) -> HttpResponse:
    """A document for the case."""
    here = case_here(request, number)
    if not here.may(Right.UPLOAD):
        raise Http404
    form = FileForm()
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            document = form.cleaned_data["document"]
            made = add_file(
                case_id=here.page.case.id,
                kind=FileKind(form.cleaned_data["kind"]),
                name=document.name[:200],
                content=document.read(),
                actor=here.actor,
            )
            if isinstance(made, Objection):
                return go_because(request, made, request.path)
            note(request, number, gettext("Het bestand is toegevoegd."))
            return redirect("organisation:case", number)
    context = {"case": here.page.case, "form": form, "words": objected(request)}
    return render(request, "organisation/file_add.html", context, status=400 if form.is_bound else 200)


@audience(Audience.MEMBER)
@require_safe
def file(request: HttpRequest, number: str, file_id: UUID) -> HttpResponse:
    """A document of the case."""
    here = case_here(request, number)
    known = next((one for one in here.page.files if one.id == file_id), None)
    found = file_content(known.id, here.actor) if known else None
    if found is None:
        raise Http404
    return download(*found)
