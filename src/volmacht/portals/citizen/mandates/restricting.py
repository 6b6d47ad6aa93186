"""Task: make a mandate shorter, or take services of a set away (DM-34). Either party may."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from volmacht import clock
from volmacht.mandates.operations import restrict_mandate
from volmacht.mandates.queries import MandateEntry
from volmacht.notifications.kinds import Side
from volmacht.portals.citizen.mandates.happened import Happened, to_mandate
from volmacht.portals.citizen.mandates.mandate_words import other_name
from volmacht.portals.citizen.mandates.own_mandate import own_mandate
from volmacht.portals.citizen.mandates.showing import mandate_rows
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.forms import DutchDateField
from volmacht.portals.shared.kept_forms import accepted, show_again, shown_again, typed
from volmacht.portals.shared.login_session import visitor
from volmacht.portals.shared.service_words import service_name, service_words
from volmacht.portals.shared.wording import Words, refusal_words
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.validity import Phase

DAY_IS_OVER = Words(
    gettext_lazy("Die dag is al voorbij"),
    gettext_lazy("De laatste dag kan vandaag zijn, of later."),
    gettext_lazy("Kies vandaag of een latere dag. Wilt u nu meteen stoppen? Stop dan de machtiging."),
)


NOT_SMALLER = Words(
    gettext_lazy("Dit is niet korter of kleiner dan nu"),
    gettext_lazy("Hier kunt u de machtiging alleen korter of kleiner maken."),
    gettext_lazy("Kies een eerdere laatste dag, of haal een dienst weg."),
)
NOT_ANY_MORE = {Refusal.NOT_SHORTER, Refusal.SET_CHANGED}


class RestrictForm(forms.Form):
    """A new last day; for a set also which services stay."""

    use_required_attribute = False
    last_day = DutchDateField(
        label=gettext_lazy("Laatste dag"),
        error_messages={"required": gettext_lazy("Vul de laatste dag in.")},
    )
    keep = forms.MultipleChoiceField(
        label=gettext_lazy("Voor welke diensten blijft de machtiging?"),
        help_text=gettext_lazy("Haal het vinkje weg bij wat niet meer mag."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy(
                "Laat minstens één dienst staan. Wilt u alles stoppen? Stop dan de machtiging."
            ),
            "invalid_choice": gettext_lazy("Kies uit de diensten van deze machtiging."),
        },
    )

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, entry: MandateEntry, data: QueryDict | None) -> None:
        services = [(str(id_), service_name(id_)) for id_ in entry.covered]
        initial = {"last_day": entry.last_day, "keep": [id_ for id_, _ in services], "seen": seen_as(entry)}
        super().__init__(data, initial=initial)
        help_text = gettext("Nu is dat %(day)s. Een latere dag kan hier niet.")
        self.fields["last_day"].example = max(clock.today(), entry.first_day)  # type: ignore[attr-defined] # a DutchDateField has one
        self.fields["last_day"].help_text = help_text % {"day": written_date(entry.last_day)}
        if len(services) > 1:
            self.fields["keep"].choices = services  # type: ignore[attr-defined] # a MultipleChoiceField has them
        else:
            del self.fields["keep"]

    @property
    def shows_another(self) -> bool:
        """Whether the page with which this was sent showed the mandate otherwise than it is now."""
        seen = self.data.get("seen", "")
        return bool(seen) and seen != self.initial["seen"]

    def show_as_now(self) -> None:
        """The next time it is sent, this page was what was seen."""
        if isinstance(self.data, QueryDict):
            data = self.data.copy()
            data["seen"] = str(self.initial["seen"])
            self.data = data

    @property
    def kept(self) -> frozenset[UUID] | None:
        """The services that stay; None when there is nothing to choose."""
        chosen = self.cleaned_data.get("keep")
        return None if chosen is None else frozenset(UUID(id_) for id_ in chosen)


def seen_as(entry: MandateEntry) -> str:
    """What the form showed, so that the second half of a double click is told from asking for no change."""
    return f"{entry.last_day}/{len(entry.covered)}"


def _done_already(request: HttpRequest, mandate_id: UUID, form: RestrictForm, refused: Refused) -> bool:
    if refused.refusal is not Refusal.NOT_SHORTER:
        return False
    entry = own_mandate(request, mandate_id)
    kept = set(request.POST.getlist("keep"))  # the form does not ask for it where one service is left
    same = form.cleaned_data["last_day"] == entry.last_day and kept in (set(), set(map(str, entry.covered)))
    return same and form.cleaned_data["seen"] not in {"", seen_as(entry)}


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def restrict(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Shorter, smaller or both."""
    entry = own_mandate(request, mandate_id)
    if entry.phase is Phase.ENDED:
        return to_mandate(request, mandate_id, Happened.TOO_LATE)
    form = RestrictForm(entry, typed(request))
    return _answer(request, entry, form) if request.method == "POST" else _page(request, entry, form)


def _answer(request: HttpRequest, entry: MandateEntry, form: RestrictForm) -> HttpResponse:
    """Restrict it, or show again what was asked and why it cannot be."""
    if not form.is_valid():
        return show_again(request)
    login = visitor(request)
    refused = restrict_mandate(
        mandate_id=entry.id,
        by=login.party_id,
        employee=login.employee,
        last_day=form.cleaned_data["last_day"],
        keep=form.kept,
        environment=environment_of(request),
    )
    if refused and not _done_already(request, entry.id, form, refused):
        if refused.refusal is Refusal.ALREADY_ENDED:
            return to_mandate(request, entry.id, Happened.TOO_LATE)
        return show_again(request, refused=refused)
    accepted(request)
    return to_mandate(request, entry.id, Happened.RESTRICTED)


def _day_is_over(form: RestrictForm) -> bool:
    """Whether the day that was typed has passed: then nothing is left, whatever the services."""
    return form.is_valid() and bool(form.cleaned_data["last_day"] < clock.today())


def _changed_meanwhile(entry: MandateEntry) -> Words:
    """The other restricted it while this page was open: nobody typed anything wrong."""
    return Words(
        gettext("De machtiging is net veranderd"),
        gettext("Dat gebeurde terwijl u deze pagina open had. De laatste dag is nu %(day)s.")
        % {"day": written_date(entry.last_day)},
        gettext("Kijk of u nog iets wilt veranderen."),
    )


def _words(refused: Refused | None, form: RestrictForm, entry: MandateEntry) -> Words | None:
    refusal = refused.refusal if refused else None
    if form.shows_another and (refusal in NOT_ANY_MORE or "keep" in form.errors):
        return _changed_meanwhile(entry)
    if refusal is Refusal.NOTHING_LEFT and _day_is_over(form):
        return DAY_IS_OVER
    if refusal is Refusal.NOT_SHORTER and "keep" in form.fields:
        return NOT_SMALLER
    return refusal_words(refusal) if refusal else None


def _page(request: HttpRequest, entry: MandateEntry, form: RestrictForm) -> HttpResponse:
    again = shown_again(request)
    refused = again.refused if again else None
    words = _words(refused, form, entry) if again else None
    if again:
        form.show_as_now()
    context = {
        "form": form,
        "entry": entry,
        "gave": entry.side is Side.REPRESENTED,
        "name": other_name(entry),
        "service": service_words(entry.service),
        "rows": mandate_rows(entry),
        "words": words,
        "nothing_left": refused is not None and refused.refusal is Refusal.NOTHING_LEFT,
    }
    return render(request, "citizen_mandates/restrict.html", context, status=again.status if again else 200)
