"""What an assessor finds filled in: proposals of the system in words, and what an earlier report said (CN-4)."""

from collections.abc import Mapping

from django.utils.translation import gettext

from volmacht.checks import checks
from volmacht.checks.judging import JudgedBy, Outcome, Verdict
from volmacht.onboarding.queries import Basis, Proposal, proposed_verdicts
from volmacht.portals.shared.findings import finding_rows
from volmacht.portals.shared.report_words import OUTCOMES
from volmacht.portals.staff.acting import DeskCase
from volmacht.rules.environment import Environment


def proposed(here: DeskCase, environment: Environment) -> dict[str, Verdict]:
    """The proposals as verdicts, by check."""
    asked = {one.id for one in checks(environment)}
    return {
        key: Verdict(key, one.outcome, reason_of(one), JudgedBy.SYSTEM)
        for key, one in proposed_verdicts(here.page.case.id, environment, here.actor).items()
        if key in asked
    }


def reason_of(proposal: Proposal) -> str:
    """Why, in the language of the page."""
    match proposal.basis:
        case Basis.METADATA if proposal.findings:
            said = [
                row.what if row.line is None else _on_line(row.line, row.what)
                for row in finding_rows(proposal.findings)
            ]
            return gettext("Nagekeken door Volmacht.") + " " + " ".join(dict.fromkeys(said))
        case Basis.METADATA:
            return gettext("Nagekeken door Volmacht.")
        case Basis.SIGNED:
            text = gettext("Nagekeken door Volmacht: versie %(version)s is getekend, en dat is de nieuwste.")
        case Basis.SIGNED_OLDER:
            text = gettext("Nagekeken door Volmacht: versie %(version)s is getekend, en er is een nieuwere.")
        case Basis.LISTED:
            text = gettext("Nagekeken door Volmacht: de naam is bij het aanmelden in de lijst gevonden.")
    return text % {"version": proposal.version}


def _on_line(line: int, what: str) -> str:
    return gettext("Regel %(line)s: %(what)s") % {"line": line, "what": what}


def said_before(here: DeskCase, environment: Environment) -> dict[str, str]:
    """What the last report of pre-production said of each point, where this one is for production."""
    if environment is not Environment.PRODUCTION:
        return {}
    before = [
        one for one in here.page.reports if one.passed and one.environment == Environment.PREPRODUCTION.value
    ]
    return {key: _said(verdict) for key, verdict in before[-1].verdicts.items()} if before else {}


def _said(verdict: Mapping[str, str]) -> str:
    outcome, reason = OUTCOMES[Outcome(verdict["outcome"])], verdict["reason"]
    return gettext("In preproductie: %(outcome)s.") % {"outcome": outcome} + (f" {reason}" if reason else "")
