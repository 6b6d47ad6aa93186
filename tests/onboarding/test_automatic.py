"""Connection data at once, when every automatic check passes and the operator wants it so (CN-2)."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.catalogue.publishing import DV_OIN, dv_document, pin
from tests.onboarding import filled_in
from tests.onboarding.town import Town
from volmacht.catalogue import queries as catalogue
from volmacht.config.options import Profile
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseState, Side
from volmacht.rules.onboarding.forms import FormKey
from volmacht.rules.roles import MemberRole

ENTITY_ID = f"urn:nl-eid-gdi:1.0:DV:{DV_OIN}:entities:9001"


@pytest.fixture(autouse=True)
def trusted(settings: Settings, tmp_path: Path) -> None:
    """The test authority is pinned in pre-production."""
    settings.VOLMACHT = replace(settings.VOLMACHT, data=tmp_path, profile=Profile.DEMO)
    pin(tmp_path, Environment.PREPRODUCTION)


def ready(town: Town, metadata: bytes | None = None) -> tuple[UUID, UUID, CaseActor]:
    """An application with a good document, signed."""
    body = town.add_body("Gemeente Plein", DV_OIN)
    signatory = town.add_member(body, MemberRole.SIGNATORY)
    case_id = filled_in.prepared(body, signatory)
    connection = {"connection_kind": "own", "entity_id": ENTITY_ID}
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, signatory, connection=connection)
    added = operations.add_file(
        case_id=case_id,
        kind=operations.FileKind.METADATA,
        name="metadata.xml",
        content=metadata or dv_document(ENTITY_ID),
        actor=signatory,
    )
    assert isinstance(added, UUID)
    assert isinstance(filled_in.sign(case_id, signatory), UUID)
    return case_id, body, signatory


def test_connection_data_are_there_at_once_and_nobody_is_named_for_it(town: Town) -> None:
    case_id, _, signatory = ready(town)
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.TESTING
    connection = catalogue.connection_by_entity_id(Environment.PREPRODUCTION, ENTITY_ID)
    assert connection is not None
    assert catalogue.peer(Environment.PREPRODUCTION, ENTITY_ID) is not None
    page = queries.case_page(case_id, signatory)
    assert page is not None
    assert [(event.side, event.action) for event in page.history[-2:]] == [
        (Side.PROVIDER, "hand_in"),
        (Side.SYSTEM, "issue"),
    ]
    (version,) = page.configurations
    assert (version.state, version.proposed_by, version.approved_by) == ("published", None, None)


@pytest.mark.parametrize("missing", ["proven", "signatory_proven", "alb_name", "metadata", "setting"])
def test_whatever_check_does_not_pass_leaves_it_to_the_desk(
    town: Town, settings: Settings, missing: str
) -> None:
    case_id, body, signatory = ready(town, b"<EntityDescriptor/>" if missing == "metadata" else None)
    lose = {
        "proven": town.unprove,
        "signatory_proven": town.unprove_signatories,
        "alb_name": town.forget_alb_name,
    }
    if missing in lose:
        lose[missing](body)
    settings.AUTOMATIC_CONNECTION_DATA = missing != "setting"
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.PREPRODUCTION_REVIEW
    assert catalogue.connection_by_entity_id(Environment.PREPRODUCTION, ENTITY_ID) is None


def test_a_configuration_that_the_catalogue_refuses_goes_to_the_desk_with_the_reason(
    town: Town, demo_catalogue: None
) -> None:
    from volmacht.onboarding.models import Configuration

    case_id, body, signatory = ready(town)
    town.change_oin(body, "00000001002220648000")  # another's connection by now
    # the entity id does not fit the organisation any more: the form is not complete
    assert operations.hand_in(case_id=case_id, actor=signatory).value == "not_complete"
    assert not Configuration.objects.exists()


def test_the_page_can_say_what_stands_in_the_way_and_what_would_run(town: Town) -> None:
    case_id, body, signatory = ready(town)
    assert queries.failing_checks(case_id, signatory) == ()
    town.forget_alb_name(body)
    assert queries.failing_checks(case_id, signatory) == (queries.AutomaticCheck.ALB_ENTITLED,)
    draft = queries.draft_configuration(case_id, Environment.PREPRODUCTION, signatory)
    assert draft is not None
    (uuid,) = queries.service_uuids(case_id, signatory).values()
    services: Any = draft.content["service"]
    assert [service["uuid"] for service in services] == [str(uuid)]
    assert queries.draft_configuration(case_id, Environment.PRODUCTION, signatory) is None
    outsider = town.add_member(town.add_body("Stad", "00000001777700000000"), MemberRole.SIGNATORY)
    assert queries.draft_configuration(case_id, Environment.PREPRODUCTION, outsider) is None
    assert queries.service_uuids(case_id, outsider) == {}
