"""What an employee may do with a case now, as links: one task, one page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from volmacht.onboarding.queries import CaseRow
from volmacht.portals.shared.parts import Text
from volmacht.portals.staff.acting import DeskCase
from volmacht.rules.onboarding.cases import ENDED, Action, CaseKind, CaseState
from volmacht.rules.onboarding.changes import NEEDS
from volmacht.rules.roles import Permission

REPORTED = frozenset({CaseState.ACCEPTANCE, CaseState.PRODUCTION_REVIEW})


@dataclass(frozen=True, slots=True)
class Link:
    """A task; `main` is what nearly always is next."""

    address: str
    text: Text
    main: bool = False


# In the order in which they are shown: an action, its page, its words, whether it is what nearly always is next.
LINKS: Mapping[Action, tuple[str, Text, bool]] = {
    Action.CONFIRM: ("confirm", _("Bevestig als tweede beoordelaar"), True),
    Action.PROPOSE: ("propose", _("Stel goedkeuring voor"), True),
    Action.ACTIVATE: ("activate", _("Activeer de aansluiting"), True),
    Action.SEND_BACK: ("send-back", _("Geef terug aan de eerste beoordelaar"), False),
    Action.RETURN: ("return", _("Geef terug om te verbeteren"), False),
    Action.REFUSE: ("refuse", _("Wijs af"), False),
    Action.PROPOSE_DEACTIVATION: ("deactivate", _("Stel voor om de aansluiting uit te zetten"), False),
    Action.CLOSE: ("close", _("Sluit het dossier"), False),
    Action.REOPEN: ("reopen", _("Heropen het dossier"), False),
}
NOTING = frozenset({Permission.JUDGE_CASES, Permission.WRITE_TO_ORGANISATIONS, Permission.HANDLE_DISPUTES})


def one_is_enough(row: CaseRow) -> bool:
    """Whether what one employee approves is carried out at once: nobody confirms it (DM-64)."""
    return row.kind is CaseKind.CHANGE and row.change is not None and not NEEDS[row.change].second_person


def links_of(here: DeskCase) -> list[Link]:
    """Every task that this employee has here now."""
    row, number = here.page.case, here.number
    found = []
    may_report = here.may(Permission.JUDGE_CASES) and not here.page.acting.of_the_organisation
    if row.state in REPORTED and may_report:
        found.append(Link(reverse("staff:report", args=[number]), _("Vul het testrapport in"), main=True))
    found += [
        Link(
            reverse(f"staff:{page}", args=[number]),
            _("Keur goed") if action is Action.PROPOSE and one_is_enough(row) else text,
            main,
        )
        for action, (page, text, main) in LINKS.items()
        if action in here.page.may
    ]
    if here.may(Permission.WRITE_TO_ORGANISATIONS) and row.kind is not CaseKind.DISPUTE:
        is_question = row.kind is CaseKind.QUESTION and row.state not in ENDED
        text = _("Beantwoord de vraag") if is_question else _("Stuur een bericht")
        found.append(Link(reverse("staff:message", args=[number]), text, main=is_question))
    if here.page.acting.permissions & NOTING:
        found.append(Link(reverse("staff:note", args=[number]), _("Schrijf een interne notitie")))
        found.append(Link(reverse("staff:assign", args=[number]), _("Wijs toe")))
    return found
