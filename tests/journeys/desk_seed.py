"""Fills the desk of an installation that runs: employees, two towns and their cases; prints what a journey needs.

`python -m tests.journeys.desk_seed`, in the environment of the installation. Modules with models are imported late.
"""

import json
import os
import sys
from typing import TYPE_CHECKING
from uuid import UUID

import django

from volmacht.cli.starting import SETTINGS

if TYPE_CHECKING:
    from volmacht.onboarding.operations import CaseActor

ELSEWHERE = "00000001777700000000"


def employees() -> "tuple[dict[str, str], CaseActor, CaseActor]":
    """Anna, who may do everything, with what she logs in with; and Bert."""
    from tests.accounts import employ, make_account
    from volmacht.onboarding.operations import CaseActor
    from volmacht.rules.onboarding.cases import Side
    from volmacht.rules.roles import StaffRole

    anna = make_account("anna@bureau.example", "Anna Beoordelaar")
    bert = make_account("bert@bureau.example", "Bert Beoordelaar")
    return (
        {"secret": anna.totp_secret, "email": anna.email},
        CaseActor(Side.OPERATOR, employ(anna, *StaffRole), anna.name, "assessor"),
        CaseActor(Side.OPERATOR, employ(bert, StaffRole.ASSESSOR), bert.name, "assessor"),
    )


def returned_case(anna: "CaseActor", bert: "CaseActor") -> tuple[UUID, UUID]:
    """A case that was returned, mended and handed in again, with metadata that are not good; and whose it is."""
    from tests.onboarding.filled_in import SERVICE, fill_in, handed_in, sign
    from tests.portals.staff.desk import a_town
    from volmacht.onboarding import operations
    from volmacht.onboarding.models import Case
    from volmacht.rules.onboarding.answers import ROW
    from volmacht.rules.onboarding.forms import FormKey, PageKey

    body, signatory, _ = a_town()
    case_id = handed_in(body, signatory)
    operations.return_with_reasons(
        case_id=case_id,
        reasons={(FormKey.PREPRODUCTION, PageKey.SERVICES): {"1000.name": "Deze naam is te algemeen."}},
        actor=anna,
        note="Verder ziet het er goed uit.",
    )
    operations.add_file(
        case_id=case_id,
        kind=operations.FileKind.METADATA,
        name="metadata.xml",
        content=b"<leeg/>",
        actor=signatory,
    )
    mended = [{**SERVICE, ROW: 1000, "name": "Bewonersparkeren"}]
    fill_in(case_id, FormKey.PREPRODUCTION, signatory, services=mended)
    sign(case_id, signatory)
    operations.hand_in(case_id=case_id, actor=signatory)
    operations.answer(case_id=case_id, text="Wij hebben de naam veranderd.", actor=signatory)
    operations.note_internally(case_id=case_id, text="Let op: eerder aangesloten geweest.", actor=bert)
    operations.assign(case_id=case_id, to=anna.id, actor=anna)
    Case.objects.filter(id=case_id).update(due_on="2026-01-05")
    return case_id, body


def tested_case(anna: "CaseActor", bert: "CaseActor") -> UUID:
    """A case that was offered for its test."""
    from tests.onboarding.filled_in import fill_in, prepared, sign
    from tests.portals.staff.desk import a_town
    from volmacht.onboarding import operations
    from volmacht.rules.onboarding.forms import FormKey

    body, secretary, _ = a_town("Gemeente Elders", ELSEWHERE, "secretaris@elders.example")
    case_id = prepared(body, secretary)
    own = {"connection_kind": "own", "entity_id": f"urn:nl-eid-gdi:1.0:DV:{ELSEWHERE}:entities:9001"}
    fill_in(case_id, FormKey.PREPRODUCTION, secretary, connection=own)
    sign(case_id, secretary)
    operations.hand_in(case_id=case_id, actor=secretary)
    operations.propose_approval(case_id=case_id, actor=anna)
    operations.confirm_approval(case_id=case_id, actor=bert)
    operations.offer_for_test(case_id=case_id, actor=secretary)
    return case_id


def seed() -> dict[str, str]:
    """Everything; the addresses that a journey opens are made of it."""
    from volmacht.onboarding import operations, queries

    log_in, anna, bert = employees()
    operations.keep_sentence(
        title="Wet en artikel", text_nl="Noem ook het artikel van de wet.", text_en="", actor=anna
    )
    (judged, body), tested = returned_case(anna, bert), tested_case(anna, bert)
    numbers = queries.numbers_of([judged, tested])
    return {**log_in, "judged": numbers[judged], "tested": numbers[tested], "organisation": str(body)}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    django.setup()
    sys.stdout.write(json.dumps(seed()))
