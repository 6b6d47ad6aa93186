"""The page for metadata while an organisation tests itself, and while the desk tests it (CN-3, CN-4)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.accounts import Somebody, join, log_in, make_account, make_organisation
from tests.portals.organisation import walking
from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.models import PeerMetadata
from volmacht.catalogue.operations import refresh_metadata
from volmacht.onboarding.models import Case, FormAnswers, StoredFile
from volmacht.rules.environment import Environment
from volmacht.rules.roles import MemberRole

HERE = Environment.PREPRODUCTION


@pytest.fixture
def testing(member: Client, authority: Path) -> str:
    """A case that tests itself, with metadata in force."""
    number = walking.start(member)
    walking.first_form(member, number)
    walking.second_form(member, number)
    assert Case.objects.get(number=number).state == "testing"
    return number


def page_of(number: str) -> str:
    """Where metadata are given."""
    return f"/organisatie/dossiers/{number}/metadata/"


def keys_now() -> set[str]:
    """Those that count for the connection."""
    peer = catalogue.peer(HERE, walking.entity_id())
    return {one.name for one in peer.entity.signing} if peer else set()


def service_of(number: str) -> str:
    """The ServiceUUID of its service."""
    from volmacht.onboarding.operations import THE_SYSTEM
    from volmacht.onboarding.queries import service_uuids

    (found,) = service_uuids(Case.objects.get(number=number).id, THE_SYSTEM).values()
    return str(found)


def test_a_new_document_counts_at_once(member: Client, testing: str) -> None:
    assert page_of(testing) in member.get(f"/organisatie/dossiers/{testing}/").content.decode()
    keys = walking.all_keys(member, testing)
    told = walking.give_metadata(member, testing, walking.metadata(keys, service_of(testing)))
    assert "Dit document geldt nu in preproductie." in told
    assert "Dit document is goed" in told
    assert keys["signing"].name in keys_now()
    history = member.get(f"/organisatie/dossiers/{testing}/").content.decode().partition("geschiedenis")[2]
    assert "Nieuwe metadata gelden in preproductie" in history


@pytest.mark.parametrize("wrong", ["environment", "entity", "signature", "oin"])
def test_what_is_wrong_with_it_is_told_and_what_counted_stays(
    member: Client, testing: str, wrong: str
) -> None:
    before = keys_now()
    keys = walking.all_keys(member, testing, "productie" if wrong == "environment" else "preproductie")
    document = walking.metadata(keys, index=9002 if wrong == "entity" else 9001)
    if wrong == "signature":
        document = document.replace(b"dienst.testdam", b"kwaad.testdam")
    if wrong == "oin":
        document = document.replace(walking.OIN.encode(), b"00000003900000020000")
    told = walking.give_metadata(member, testing, document)
    assert "Dit document geldt niet. Wat in preproductie gold, blijft gelden." in told
    assert "Dit document is nog niet goed" in told
    assert "Bevindingen" in told
    assert keys_now() == before


class Serving(BaseHTTPRequestHandler):
    """Gives one document."""

    document = b""

    def do_GET(self) -> None:
        """Whatever is asked."""
        self.send_response(200)
        self.send_header("Content-Type", "application/samlmetadata+xml")
        self.end_headers()
        self.wfile.write(self.document)

    def log_message(self, *_args: Any) -> None:
        """Nothing."""


@contextmanager
def at_an_address(document: bytes) -> Iterator[str]:
    """A document at an address, which the form names."""
    server = HTTPServer(("127.0.0.1", 0), type("Serving", (Serving,), {"document": document}))
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://localhost:{server.server_port}/metadata.xml"
    row = FormAnswers.objects.get(form="preproduction", page="connection")
    row.answers = {**row.answers, "metadata_address": address}
    row.save()
    try:
        yield address
    finally:
        server.shutdown()
        server.server_close()


def test_it_is_fetched_from_the_address_of_the_form(member: Client, testing: str) -> None:
    keys = walking.all_keys(member, testing)
    with at_an_address(walking.metadata(keys, service_of(testing))) as address:
        page = member.get(page_of(testing)).content.decode()
        assert address in page
        assert "Zet een nieuw document dus ook daar." in page
        told = walking.shown(member, member.post(f"{page_of(testing)}ophalen/"))
    assert "Dit document geldt nu in preproductie." in told
    assert keys["signing"].name in keys_now()


def test_what_comes_to_stand_at_the_address_counts_while_it_is_judged_and_the_page_says_so(
    member: Client, testing: str
) -> None:
    told = "Wij lezen het adres van uw metadata nog wel vanzelf."
    keys, later = walking.all_keys(member, testing), walking.all_keys(member, testing)
    with at_an_address(walking.metadata(keys, service_of(testing))):
        member.post(f"{page_of(testing)}ophalen/")
        assert told not in member.get(page_of(testing)).content.decode()
    member.post(f"/organisatie/dossiers/{testing}/doen/aanbieden/")
    with at_an_address(walking.metadata(later, service_of(testing))) as address:
        PeerMetadata.objects.update(source=address, next_at=clock.wall_clock())
        assert refresh_metadata() == 1
    assert later["signing"].name in keys_now()
    page = member.get(page_of(testing)).content.decode()
    assert "Nu kunt u geen nieuwe metadata geven" in page
    assert told in page


def test_while_it_is_judged_the_page_says_why_not_and_nothing_comes_in(member: Client, testing: str) -> None:
    keys = walking.all_keys(member, testing)
    member.post(f"/organisatie/dossiers/{testing}/doen/aanbieden/")
    before, files = keys_now(), StoredFile.objects.filter(kind="metadata").count()
    page = member.get(page_of(testing)).content.decode()
    assert "Nu kunt u geen nieuwe metadata geven" in page
    assert "Stuur ons een bericht." in page
    assert 'id="nakijken"' not in page
    told = walking.give_metadata(member, testing, walking.metadata(keys, service_of(testing)))
    assert "Dit kan nu niet" in told
    row = FormAnswers.objects.get(form="preproduction", page="connection")
    row.answers = {**row.answers, "metadata_address": "https://localhost:1/metadata.xml"}
    row.save()
    assert "Dit kan nu niet" in walking.shown(member, member.post(f"{page_of(testing)}ophalen/"))
    assert (keys_now(), StoredFile.objects.filter(kind="metadata").count()) == (before, files)


def test_who_only_reads_sees_what_counts_and_gives_nothing(
    member: Client, testing: str, signatory: Somebody, organisation: UUID
) -> None:
    keys = walking.all_keys(member, testing)
    somebody = make_account("lees@testdam.example", "Lea Leest")
    join(somebody, organisation, MemberRole.READER, by=signatory)
    reader = Client()
    log_in(reader, somebody)
    before = keys_now()
    page = reader.get(page_of(testing)).content.decode()
    assert "Dit document is goed" in page
    assert 'id="nakijken"' not in page
    assert "Dit hoort niet bij uw rol" in walking.give_metadata(reader, testing, walking.metadata(keys))
    assert reader.post(f"{page_of(testing)}ophalen/").status_code == 404
    assert keys_now() == before


def test_a_document_that_never_ends_can_be_read_about(member: Client, testing: str) -> None:
    keys = walking.all_keys(member, testing)
    never = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    told = walking.give_metadata(member, testing, walking.metadata(keys, service_of(testing), until=never))
    assert "Dit document geldt nu in preproductie." in told
    assert "Het geldt tot 31 december 9999." in told


def test_an_outsider_finds_no_such_page(member: Client, testing: str) -> None:
    keys = walking.all_keys(member, testing)
    other = make_account("teken@elders.example", "Els Elders")
    make_organisation(other, oin="00000003900000020000", name="Gemeente Elders", kvk="90000002")
    outsider = Client()
    log_in(outsider, other)
    before = keys_now()
    document = SimpleUploadedFile("metadata.xml", walking.metadata(keys))
    assert outsider.get(page_of(testing)).status_code == 404
    assert outsider.post(page_of(testing), {"document": document}).status_code == 404
    assert keys_now() == before


def test_who_was_let_in_without_metadata_is_led_to_it(member: Client, testing: str) -> None:
    from volmacht.catalogue.snapshot import CATALOGUE

    PeerMetadata.objects.all().delete()
    CATALOGUE.forget()
    page = member.get(f"/organisatie/dossiers/{testing}/gegevens/preproductie/").content.decode()
    assert "Uw metadata ontbreekt nog" in page
    assert f'href="{page_of(testing)}"' in page
