"""Fills the desk of an installation that runs: employees, two towns and their cases; prints what a journey needs.

`python -m tests.journeys.desk_seed`, in the environment of the installation.
"""

import json

from volmacht.cli.starting import SETTINGS


def seed() -> dict[str, str]:
    """Cases to judge, to return, and to test; the newest is not assigned."""
    from tests.accounts import employ, make_account
    from tests.onboarding.filled_in import SERVICE, fill_in, handed_in, sign
    from tests.portals.staff.desk import a_town
    from volmacht.onboarding import operations
    from volmacht.onboarding.models import Case
    from volmacht.onboarding.operations import CaseActor, FileKind
    from volmacht.rules.onboarding.answers import ROW
    from volmacht.rules.onboarding.cases import Side
    from volmacht.rules.onboarding.forms import FormKey, PageKey
    from volmacht.rules.roles import StaffRole

    anna = make_account("anna@bureau.example", "Anna Beoordelaar")
    bert = make_account("bert@bureau.example", "Bert Beoordelaar")
    staff = [
        CaseActor(Side.OPERATOR, employ(anna, *StaffRole), anna.name, "assessor"),
        CaseActor(Side.OPERATOR, employ(bert, StaffRole.ASSESSOR), bert.name, "assessor"),
    ]
    operations.keep_sentence(
        title="Wet en artikel", text_nl="Noem ook het artikel van de wet.", text_en="", actor=staff[0]
    )
    body, signatory, somebody = a_town()
    judged = handed_in(body, signatory)
    operations.add_file(
        case_id=judged, kind=FileKind.METADATA, name="metadata.xml", content=b"<leeg/>", actor=signatory
    )
    operations.return_with_reasons(
        case_id=judged,
        reasons={(FormKey.PREPRODUCTION, PageKey.SERVICES): {"1000.name": "Deze naam is te algemeen."}},
        actor=staff[0],
        note="Verder ziet het er goed uit.",
    )
    fill_in(
        judged,
        FormKey.PREPRODUCTION,
        signatory,
        services=[{**SERVICE, ROW: 1000, "name": "Bewonersparkeren"}],
    )
    sign(judged, signatory)
    operations.hand_in(case_id=judged, actor=signatory)
    operations.answer(case_id=judged, text="Wij hebben de naam veranderd.", actor=signatory)
    operations.note_internally(case_id=judged, text="Let op: eerder aangesloten geweest.", actor=staff[1])
    operations.assign(case_id=judged, to=staff[0].id, actor=staff[0])
    Case.objects.filter(id=judged).update(due_on="2026-01-05")
    return {
        "secret": anna.totp_secret,
        "email": anna.email,
        "judged": Case.objects.get(id=judged).number,
        "organisation": str(body),
        "signatory": str(somebody.id),
    }


if __name__ == "__main__":
    import os
    import sys

    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    django.setup()
    sys.stdout.write(json.dumps(seed()))
