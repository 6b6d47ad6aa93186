"""Task: enter a code and the BSN of who is to be helped (DM-17, DM-22). A typing error is named, and costs no try."""

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from volmacht.limits.operations import Limited, allow
from volmacht.mandates.operations import try_code
from volmacht.mandates.queries import blocked_until
from volmacht.notifications.kinds import Side
from volmacht.portals.citizen.mandates import code_draft
from volmacht.portals.citizen.mandates.code_draft import CodeDraft, Shown
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.fitting_words import fitting_words
from volmacht.portals.shared.kept_forms import accepted, show_again, shown_again, typed
from volmacht.portals.shared.limiting import network_address
from volmacht.portals.shared.login_session import LoggedIn, visitor
from volmacht.portals.shared.wording import Words
from volmacht.rules.codes import ALPHABET, AuthorisationCode, CodeFault, InvalidCode
from volmacht.rules.identifiers import Bsn, IdentifierFault, InvalidIdentifier
from volmacht.rules.refusals import Refusal, Refused

SIGNS_BETWEEN = " -.\t\u00a0\u00ad\u2010\u2011\u2012\u2013\u2014\u2212\u202f"
MOST_SIGNS_NAMED = 3


def _signs(text: str) -> str:
    """What was typed, without what stands between groups."""
    return "".join(sign for sign in text if sign not in SIGNS_BETWEEN)


def _code_fault(fault: CodeFault, text: str) -> str:
    """Precisely what is wrong with the form of a code."""
    signs = _signs(text)
    if fault is CodeFault.LENGTH:
        return ngettext(
            "Een code heeft 12 letters en cijfers. U vulde %(number)s teken in.",
            "Een code heeft 12 letters en cijfers. U vulde %(number)s tekens in.",
            len(signs),
        ) % {"number": len(signs)}
    if fault is CodeFault.SYMBOL:
        strange = dict.fromkeys(sign for sign in signs.upper() if sign not in ALPHABET)
        named = ", ".join(list(strange)[:MOST_SIGNS_NAMED])
        return gettext("Dit komt niet voor in een code: %(signs)s. Kijk goed wat er staat.") % {
            "signs": named
        }
    if fault is CodeFault.CHECK_SYMBOL:
        return gettext("Er zit een typfout in de code. Kijk elke letter en elk cijfer na.")
    return gettext("Vul de machtigingscode in.")


def _bsn_fault(fault: IdentifierFault, text: str) -> str:
    """Precisely what is wrong with the form of a BSN."""
    if fault is IdentifierFault.NOT_DIGITS:
        return gettext("Gebruik alleen cijfers.")
    if fault is IdentifierFault.LENGTH:
        count = len(_signs(text))
        return ngettext(
            "Een BSN heeft 9 cijfers. U vulde %(number)s cijfer in.",
            "Een BSN heeft 9 cijfers. U vulde %(number)s cijfers in.",
            count,
        ) % {"number": count}
    if fault is IdentifierFault.CHECK_DIGIT:
        return gettext("Dit nummer kan geen BSN zijn. Kijk elk cijfer na.")
    return gettext("Vul het burgerservicenummer (BSN) in.")


class CodeForm(forms.Form):
    """Code and BSN. Cleaned, they are an AuthorisationCode and a Bsn."""

    use_required_attribute = False
    code = forms.CharField(
        label=gettext_lazy("Machtigingscode"),
        help_text=gettext_lazy(
            "De code van 12 letters en cijfers die u hebt gekregen. Hoofdletters en streepjes hoeven niet."
        ),
        error_messages={"required": gettext_lazy("Vul de machtigingscode in.")},
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-box",
            }
        ),
    )
    bsn = forms.CharField(
        label=gettext_lazy("Burgerservicenummer (BSN) van de persoon voor wie u dit regelt"),
        help_text=gettext_lazy(
            "9 cijfers. Vul het nummer van de ander in, niet uw eigen nummer. "
            "Het staat op het paspoort, de identiteitskaart of het rijbewijs."
        ),
        error_messages={"required": gettext_lazy("Vul het burgerservicenummer (BSN) in.")},
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "class": "bsn-box"}),
    )

    def for_an_employee(self) -> None:
        """An employee has no number of their own to mistake for it."""
        self.fields["bsn"].help_text = gettext(
            "9 cijfers. Het staat op het paspoort, de identiteitskaart of het rijbewijs van die persoon."
        )

    def clean_code(self) -> AuthorisationCode:
        """Raises ValidationError that names the typing error."""
        text: str = self.cleaned_data["code"]
        try:
            return AuthorisationCode.parse(text)
        except InvalidCode as error:
            raise ValidationError(_code_fault(error.fault, text), code=Refusal.CODE_INVALID) from error

    def clean_bsn(self) -> Bsn:
        """Raises ValidationError that names the typing error."""
        text: str = self.cleaned_data["bsn"]
        try:
            return Bsn.parse(text)
        except InvalidIdentifier as error:
            raise ValidationError(_bsn_fault(error.fault, text), code=Refusal.BSN_INVALID) from error


def _within_limits(request: HttpRequest, login: LoggedIn) -> bool:
    counted = (
        allow(Limited.CODE_PER_PERSON, login.who),
        allow(Limited.CODE_PER_ADDRESS, network_address(request)),
    )
    return all(counted)


def _try(login: LoggedIn, draft: CodeDraft) -> CodeDraft:
    """Try code and BSN, and keep with them what came of it."""
    answer = try_code(
        representative=login.party_id,
        level=login.level,
        code=draft.code,
        bsn=draft.bsn,
        employee=login.employee,
    )
    if isinstance(answer, Refused):
        return replace(draft, refused=answer)
    return replace(draft, shown=Shown.of(answer))


def _known_wrong(before: CodeDraft | None, draft: CodeDraft) -> bool:
    """The same wrong pair again (double click, reload) is not a second try: it stays wrong."""
    return (
        before is not None
        and before.refused is not None
        and before.refused.refusal is Refusal.CODE_NOT_RECOGNISED
        and (before.code, before.bsn) == (draft.code, draft.bsn)
    )


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Two fields; what they open is shown on the next page before anything is accepted."""
    login, before = visitor(request), code_draft.read(request)
    form = CodeForm(
        typed(request), initial={"code": before.code.display, "bsn": before.bsn.value} if before else None
    )
    if login.is_organisation:
        form.for_an_employee()
    if request.method != "POST":
        return _page(request, login, form, None if form.is_bound else before)
    if not form.is_valid():
        return show_again(request)
    accepted(request)
    draft = CodeDraft(form.cleaned_data["code"], form.cleaned_data["bsn"])
    if not _known_wrong(before, draft):
        if not _within_limits(request, login):
            code_draft.keep(request, draft)
            return show_again(request, refused=Refused(Refusal.TOO_MANY_ATTEMPTS), status=429)
        draft = _try(login, draft)
        code_draft.keep(request, draft)
    return redirect("mandates:accept-code" if draft.shown else "mandates:enter-code")


def _words(refused: Refused, login: LoggedIn) -> Words:
    """The reader is who gets the mandate."""
    return fitting_words(refused.refusal, reader=Side.REPRESENTATIVE, level=refused.level, kind=login.kind)


def _page(request: HttpRequest, login: LoggedIn, form: CodeForm, draft: CodeDraft | None) -> HttpResponse:
    again = shown_again(request)
    refused = draft.refused if draft else again.refused if again else None
    blocked = blocked_until(login.party_id, employee=login.employee)
    if refused and refused.refusal is Refusal.ACTIVATION_BLOCKED and not blocked:
        refused = None
    existing = refused.day if refused and refused.refusal is Refusal.MANDATE_EXISTS else None
    context = {
        "form": form,
        "blocked_until": blocked,
        "words": _words(refused, login) if refused else None,
        "refusal": refused.refusal.value if refused else "",
        "exists_until": written_date(existing) if existing else "",
    }
    return render(request, "citizen_mandates/enter_code.html", context, status=again.status if again else 200)
