"""Saving answers and files: nothing typed is lost, nothing of another is overwritten (CN-13, CN-14)."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from tests.onboarding import filled_in
from tests.onboarding.conftest import MONDAY
from tests.onboarding.town import Town
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.metadata import newest
from volmacht.onboarding.models import Case, CaseEvent, StoredFile
from volmacht.rules.onboarding.answers import Answers
from volmacht.rules.onboarding.cases import Objection, Side
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.roles import MemberRole

FILES = {
    operations.FileKind.METADATA: b"<EntityDescriptor/>",
    operations.FileKind.CERTIFICATE_REQUEST: b"-----BEGIN CERTIFICATE REQUEST-----",
    operations.FileKind.SECURITY_STATEMENT: b"%PDF-1.7",
    operations.FileKind.ATTACHMENT: b"\x89PNG\r\n",
}


def save(case_id: UUID, actor: CaseActor, answers: Answers, version: int) -> object:
    return operations.save_answers(
        case_id=case_id,
        form=FormKey.PREPRODUCTION,
        page=PageKey.CONNECTION if isinstance(answers, Mapping) else PageKey.SERVICES,
        answers=answers,
        version=version,
        actor=actor,
    )


def test_the_second_of_two_members_is_told_and_nothing_is_overwritten(
    town: Town, body: UUID, signatory: CaseActor
) -> None:
    colleague = town.add_member(body, MemberRole.TECHNICAL)
    case_id = filled_in.prepared(body, signatory)
    first = save(case_id, signatory, {"entity_id": "a"}, 0)
    assert isinstance(first, operations.Saved)
    second = save(case_id, colleague, {"entity_id": "b"}, 0)
    assert isinstance(second, operations.Conflict)
    assert (second.version, second.answers, second.by, second.side) == (
        1,
        {"entity_id": "a"},
        signatory.id,
        Side.PROVIDER,
    )
    pages = queries.form_pages(case_id, FormKey.PREPRODUCTION, signatory)
    assert pages is not None
    assert pages[PageKey.CONNECTION].answers == {"entity_id": "a"}
    merged = save(case_id, colleague, {"entity_id": "b"}, second.version)
    assert isinstance(merged, operations.Saved)
    assert merged.version == 2


def test_saving_the_same_twice_changes_nothing(body: UUID, signatory: CaseActor) -> None:
    case_id = filled_in.prepared(body, signatory)
    assert save(case_id, signatory, {"entity_id": "a"}, 0) == save(case_id, signatory, {"entity_id": "a"}, 0)


def test_a_row_keeps_its_number_and_none_comes_twice(body: UUID, signatory: CaseActor) -> None:
    case_id = filled_in.prepared(body, signatory)

    def rows() -> list[dict[str, object]]:
        pages = queries.form_pages(case_id, FormKey.PREPRODUCTION, signatory)
        assert pages is not None
        found = pages[PageKey.SERVICES].answers
        assert isinstance(found, list)
        return found

    save(case_id, signatory, [{"name": "een"}, {"name": "twee"}], 0)
    one, two = rows()
    save(case_id, signatory, [two, {"name": "drie", "row": 7}], 1)
    kept, three = rows()
    assert kept == two
    assert three["row"] not in {one["row"], two["row"], 7}
    save(case_id, signatory, [kept], 2)
    save(case_id, signatory, [kept, {"name": "vier", "row": two["row"]}], 3)
    assert len({one["row"], two["row"], three["row"], rows()[1]["row"]}) == 4


@pytest.mark.parametrize(
    "answers", [[{"entity_id": "a"}] * 1001, [{"name": "x" * 300_000}], {"entity_id": "x" * 300_000}]
)
def test_what_is_too_large_is_not_kept(body: UUID, signatory: CaseActor, answers: Answers) -> None:
    case_id = filled_in.prepared(body, signatory)
    assert save(case_id, signatory, answers, 0) is Objection.TOO_LARGE


def test_a_form_of_another_step_is_not_filled_in(body: UUID, signatory: CaseActor) -> None:
    case_id = filled_in.handed_in(body, signatory)
    assert save(case_id, signatory, {"entity_id": "a"}, 1) is Objection.NOT_NOW


@pytest.mark.parametrize(
    ("entity_id", "fits"),
    [
        (filled_in.PREPRODUCTION_ID, True),
        (filled_in.PRODUCTION_ID, True),  # a peer may have any in pre-production (RO-03)
        ("urn:nl-eid-gdi:1.0:DV:00000001777700000000:entities:9001", False),
        ("urn:nl-eid-gdi:1.0:AD:00000001999900000000:entities:9001", False),
        ("urn:nl-eid-gdi:1.0:LC:00000001888800000000:entities:9001", False),  # asked apart, for a cluster
        ("urn:nl-eid-gdi:1.0:LC:00000001777700000000:entities:9001", False),
        ("iets anders", False),
    ],
)
def test_an_entity_id_is_of_the_organisation_or_of_its_supplier(
    body: UUID, signatory: CaseActor, supplier: CaseActor, entity_id: str, fits: bool
) -> None:
    case_id = filled_in.prepared(body, signatory)
    saved = save(case_id, supplier, {"connection_kind": "own", "entity_id": entity_id}, 0)
    assert isinstance(saved, operations.Saved)
    assert (saved.problems == ()) is fits


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_kept_once_and_only_when_it_is_what_it_says(
    body: UUID, signatory: CaseActor, kind: operations.FileKind
) -> None:
    case_id = filled_in.prepared(body, signatory)

    def add(content: bytes, name: str = "../../x.xml") -> object:
        return operations.add_file(case_id=case_id, kind=kind, name=name, content=content, actor=signatory)

    first = add(FILES[kind])
    assert isinstance(first, UUID)
    assert add(FILES[kind]) == first
    assert add(b"MZ\x90") is Objection.NOT_ACCEPTED_FILE
    assert add(b"") is Objection.NOT_ACCEPTED_FILE
    assert add(FILES[kind] + b" " * operations.files.LARGEST_FILE) is Objection.TOO_LARGE
    found = queries.file_content(first, signatory)
    assert found is not None
    assert found[1] == FILES[kind]
    assert "/" not in found[0].name


def test_the_document_that_was_given_last_counts_also_one_that_was_given_before(
    body: UUID, signatory: CaseActor, clock_at: Callable[[datetime], None]
) -> None:
    case_id = filled_in.prepared(body, signatory)
    for hour, content in enumerate((b"<one/>", b"<two/>", b"<one/>")):
        clock_at(MONDAY + timedelta(hours=hour))
        operations.add_file(
            case_id=case_id,
            kind=operations.FileKind.METADATA,
            name="metadata.xml",
            content=content,
            actor=signatory,
        )
    assert newest(Case.objects.get(id=case_id)) == b"<one/>"


def test_of_documents_of_one_moment_and_after_a_clock_went_back_the_last_one_counts(
    body: UUID, signatory: CaseActor, clock_at: Callable[[datetime], None]
) -> None:
    case_id = filled_in.prepared(body, signatory)
    given = [f"<number-{number}/>".encode() for number in range(6)]
    for number, content in enumerate(given):
        clock_at(MONDAY - timedelta(days=number // 3))
        operations.add_file(
            case_id=case_id,
            kind=operations.FileKind.METADATA,
            name="metadata.xml",
            content=content,
            actor=signatory,
        )
    page = queries.case_page(case_id, signatory)
    assert page is not None
    shown = [queries.file_content(file.id, signatory) for file in page.files]
    assert [found[1] for found in shown if found] == given
    assert newest(Case.objects.get(id=case_id)) == given[-1]


def test_no_other_metadata_comes_in_while_somebody_judges(body: UUID, signatory: CaseActor) -> None:
    case_id = filled_in.handed_in(body, signatory)
    given = operations.add_file(
        case_id=case_id,
        kind=operations.FileKind.METADATA,
        name="metadata.xml",
        content=b"<other/>",
        actor=signatory,
    )
    assert given is Objection.NOT_NOW
    assert newest(Case.objects.get(id=case_id)) != b"<other/>"


def test_a_member_makes_no_report_and_no_signed_file(body: UUID, signatory: CaseActor) -> None:
    case_id = filled_in.prepared(body, signatory)
    for kind, objection in (
        (operations.FileKind.REPORT, Objection.NO_RIGHT),
        (operations.FileKind.SIGNED, Objection.NOT_ACCEPTED_FILE),
    ):
        added = operations.add_file(
            case_id=case_id, kind=kind, name="x", content=b"%PDF-1.7", actor=signatory
        )
        assert added is objection


def test_the_database_refuses_to_change_history(body: UUID, signatory: CaseActor) -> None:
    case_id = filled_in.handed_in(body, signatory)
    event, file = CaseEvent.objects.filter(case_id=case_id), StoredFile.objects.filter(case_id=case_id)
    for wrong in (
        lambda: event.update(note="anders"),
        lambda: file.update(name="anders"),
        lambda: _delete("onboarding_caseevent"),
        lambda: _delete("onboarding_storedfile"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()


def _delete(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a table of ours


def test_what_was_signed_can_be_read_by_both_sides(
    body: UUID, signatory: CaseActor, judges: tuple[CaseActor, CaseActor]
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    for reader in (signatory, judges[0]):
        page = queries.case_page(case_id, reader)
        assert page is not None
        (signature,) = page.signatures
        assert (signature.name, signature.function, signature.version) == (
            "T. Tekenaar",
            "Gemeentesecretaris",
            1,
        )
        found = queries.file_content(signature.file_id, reader)
        assert found is not None
        assert found[1] == filled_in.PDF + signature.answers_sha256.encode()
