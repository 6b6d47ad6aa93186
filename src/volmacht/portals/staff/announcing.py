"""Task: change a service on a day that is told beforehand, or judge what a colleague proposed (DM-60, DM-64)."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from volmacht import clock
from volmacht.audience import needs
from volmacht.catalogue import queries
from volmacht.catalogue.kinds import ChangeKind, ProposalState
from volmacht.catalogue.operations import approve, propose, reject
from volmacht.portals.shared.forms import DutchDateField
from volmacht.portals.shared.just_done import note, take
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.portals.shared.wording import LEVELS
from volmacht.portals.staff.acting import employee, names_of_employees
from volmacht.portals.staff.catalogue import PAGE, in_words, name_of
from volmacht.portals.staff.catalogue_words import CHANGES, OBJECTIONS, STATES
from volmacht.portals.staff.showing import filled, show
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.roles import Permission

YES, NO = "goed", "niet"


class LevelForm(forms.Form):
    """Another level, and from which day."""

    use_required_attribute = False
    niveau = forms.TypedChoiceField(
        label=_("Nieuw niveau van inloggen"),
        choices=[(int(level), words) for level, words in LEVELS.items()],
        coerce=lambda text: LevelOfAssurance(int(text)),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een niveau.")},
    )
    vanaf = DutchDateField(
        label=_("Vanaf welke dag?"),
        help_text=_("Gebruikers zien de dag vooraf. De dag moet nog komen."),
        error_messages={"required": _("Vul een dag in.")},
    )

    def clean(self) -> dict[str, object]:
        """A day that is still to come."""
        day = self.cleaned_data.get("vanaf")
        if day and day <= clock.today():
            self.add_error("vanaf", _("Kies een dag na vandaag."))
        return self.cleaned_data


@needs(Permission.CHANGE_CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Propose another level for a service; it counts from its day, when a colleague approves."""
    service = queries.service(entry_id)
    if service is None or service.is_set:
        raise Http404
    if request.method != "POST":
        waiting = queries.open_proposals_about(entry_id)
        context = {"service": service, "form": filled(request, LevelForm), "waiting": waiting}
        return show(request, "announce.html", context)
    form = LevelForm(request.POST)
    if not form.is_valid():
        return show_again(request)
    content = {
        "id": entry_id,
        "announced_level": form.cleaned_data["niveau"],
        "announced_on": form.cleaned_data["vanaf"],
    }
    proposal_id = propose(ChangeKind.CHANGE_SERVICE, content, by=employee(request).id)
    accepted(request)
    note(request, f"voorstel {proposal_id}", gettext("De wijziging is voorgesteld."))
    return redirect("staff:proposal", proposal_id)


@needs(Permission.SEE_CATALOGUE)
@require_http_methods(["GET", "HEAD"])
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """What would change, and who may decide."""
    found = queries.proposal(proposal_id)
    if found is None:
        raise Http404
    me, names = employee(request), names_of_employees()
    is_open, mine = found.state is ProposalState.OPEN, found.proposed_by == me.id
    context = {
        "proposal": found,
        "change": CHANGES[found.change],
        "name": name_of(found.entry),
        "state": STATES[found.state],
        "who": names.get(found.proposed_by, ""),
        "judge": names.get(found.judged_by, "") if found.judged_by else "",
        "fields": in_words(found.changes),
        "overtaken": in_words(found.overtaken),
        "may_judge": is_open and not mine and Permission.CHANGE_CATALOGUE in me.permissions,
        "waits_for_another": is_open and mine,
        "fault": take(request, f"fout {proposal_id}"),
        "done": take(request, f"voorstel {proposal_id}"),
    }
    return show(request, "proposal.html", context)


@needs(Permission.CHANGE_CATALOGUE)
@require_http_methods(["POST"])
def decide(request: HttpRequest, proposal_id: UUID, answer: str) -> HttpResponse:
    """Carry it out, or close it."""
    if answer not in {YES, NO}:
        raise Http404
    objection = (approve if answer == YES else reject)(proposal_id, by=employee(request).id)
    if objection:
        note(request, f"fout {proposal_id}", str(OBJECTIONS[objection.objection]))
        return redirect("staff:proposal", proposal_id)
    done = gettext("De wijziging is uitgevoerd.") if answer == YES else gettext("Het voorstel is afgewezen.")
    note(request, PAGE, done)
    return redirect("staff:catalogue")
