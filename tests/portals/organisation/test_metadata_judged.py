"""Metadata of a change as both sides see them: what is wrong, what would break, and for which environment it is."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.portals.organisation import walking
from tests.portals.staff.desk import an_employee
from volmacht.onboarding.models import Case, Configuration
from volmacht.protocols.saml.keys import OwnKey
from volmacht.rules.roles import StaffRole

Keys = dict[str, OwnKey]


@pytest.fixture
def keys(member: Client, organisation: UUID, authority: Path) -> Keys:
    """Those that count in pre-production: the organisation has come to the end of its application."""
    number = walking.start(member)
    walking.first_form(member, number)
    service = walking.add_service(member, number)
    connection = {"connection_kind": "own", "entity_id": walking.entity_id()}
    walking.good(walking.fill_in(member, number, "preproduction", "connection", connection), number)
    found = walking.all_keys(member, number)
    walking.give_metadata(member, number, walking.metadata(found, service))
    walking.sign(member, number)
    walking.hand_in(member, number)
    Case.objects.filter(number=number).update(state="active")
    return found


@pytest.fixture
def assessor() -> Client:
    """Somebody who judges."""
    return an_employee(StaffRole.ASSESSOR)[0]


def begun(member: Client) -> str:
    """The number of a change of metadata that is filled in."""
    made = member.post("/organisatie/wijziging/", {"change_of": "metadata"})
    number = str(made["Location"]).rstrip("/").rpartition("/")[2]
    answers = {"change_of": "metadata", "reason": "Nieuwe sleutels."}
    walking.good(walking.fill_in(member, number, "change", "change", answers, version=1), number)
    return number


def handed_in(member: Client, document: bytes) -> str:
    """The same with a document, at the desk."""
    number = begun(member)
    walking.give_metadata(member, number, document)
    walking.hand_in(member, number)
    assert state(number) == "review"
    return number


def state(number: str) -> str:
    return Case.objects.get(number=number).state


@pytest.mark.parametrize("page", ["", "goedkeuren/"])
def test_who_judges_a_change_reads_which_keys_it_leaves_out(
    member: Client, keys: Keys, assessor: Client, page: str
) -> None:
    number = handed_in(member, walking.metadata(walking.all_keys(member, begun(member))))
    told = assessor.get(f"/bureau/dossier/{number}/{page}").text
    assert "De metadata zijn goed." in told
    assert "Er ontbreekt een sleutel die nu geldt" in told
    for one in keys.values():
        assert one.name in told
    assert walking.entity_id() in told


@pytest.mark.parametrize("page", ["", "goedkeuren/"])
def test_who_judges_a_change_reads_what_is_wrong_with_its_document(
    member: Client, keys: Keys, assessor: Client, page: str
) -> None:
    number = handed_in(member, walking.metadata(keys, index=9002))
    told = assessor.get(f"/bureau/dossier/{number}/{page}").text
    assert "De metadata zijn nog niet goed." in told
    assert "Het entityID is een ander dan u opgaf." in told
    assert "Er ontbreekt een sleutel die nu geldt" not in told


def test_who_judges_a_change_without_a_document_reads_that_there_is_none(
    member: Client, keys: Keys, assessor: Client
) -> None:
    number = begun(member)
    walking.hand_in(member, number)
    assert "Er zijn nog geen metadata gegeven." in assessor.get(f"/bureau/dossier/{number}/").text


def test_where_one_employee_is_enough_the_pages_say_so_and_nobody_waits_for_a_second(
    member: Client, keys: Keys, assessor: Client
) -> None:
    colleague, _ = an_employee(StaffRole.ASSESSOR, name="Bert Beoordelaar")
    number = handed_in(member, walking.metadata(walking.all_keys(member, begun(member))))
    address = f"/bureau/dossier/{number}/"
    assert "Keur goed" in assessor.get(address).text
    before = assessor.get(f"{address}goedkeuren/").text
    assert "één beoordelaar genoeg" in before
    assert "meteen uitgevoerd" in before
    told = walking.shown(assessor, assessor.post(f"{address}goedkeuren/"))
    assert state(number) == "done"
    assert "U hebt de wijziging goedgekeurd. Zij is uitgevoerd." in told
    for page in (told, colleague.get(address).text, member.get(f"/organisatie/dossiers/{number}/").text):
        assert "Goedgekeurd en uitgevoerd" in page
        assert "voorgesteld" not in page
        assert "moet het bevestigen" not in page


def give_back(assessor: Client, number: str, what: str, why: str) -> None:
    """Return it with one reason."""
    address = f"/bureau/dossier/{number}/teruggeven/"
    assert f'value="{what}"' in assessor.get(address).text
    done = assessor.post(f"{address}redenen/?veld={what}", {what: why})
    assert done.status_code == 302, done["Location"]


def test_metadata_are_given_back_with_a_reason_that_goes_with_another_document(
    member: Client, keys: Keys, assessor: Client
) -> None:
    number = handed_in(member, walking.metadata(walking.all_keys(member, begun(member))))
    give_back(assessor, number, "change/change/metadata", "De oude sleutel moet er nog bij.")
    assert state(number) == "form"
    case, page = f"/organisatie/dossiers/{number}/", f"/organisatie/dossiers/{number}/metadata/"
    assert "Teruggegeven: geef een nieuw document" in member.get(case).text
    assert "De oude sleutel moet er nog bij." in member.get(page).text
    assert "De oude sleutel moet er nog bij." not in member.get(f"{case}formulier/change/change/").text
    new = walking.metadata(walking.all_keys(member, number))
    told = walking.give_metadata(member, number, new)
    assert "De oude sleutel moet er nog bij." not in told
    assert "Teruggegeven: geef een nieuw document" not in member.get(case).text
    walking.hand_in(member, number)
    history = assessor.get(f"/bureau/dossier/{number}/").text.partition("Wat er gebeurde")[2]
    assert "De oude sleutel moet er nog bij." in history
    assert "Het document met metadata" in history
    assert "niet veranderd" not in history
    assert history.count("SHA-256") == 2


def test_a_return_of_metadata_that_are_not_mended_stands_still(
    member: Client, keys: Keys, assessor: Client
) -> None:
    document = walking.metadata(walking.all_keys(member, begun(member)))
    number = handed_in(member, document)
    give_back(assessor, number, "change/change/metadata", "De oude sleutel moet er nog bij.")
    answers = {"change_of": "metadata", "reason": "Toch iets anders."}
    walking.good(walking.fill_in(member, number, "change", "change", answers, version=2), number)
    assert "De oude sleutel moet er nog bij." in walking.give_metadata(member, number, document)


def test_a_form_for_pre_production_is_given_back_for_its_metadata(
    member: Client, organisation: UUID, authority: Path, assessor: Client
) -> None:
    number = walking.start(member)
    walking.first_form(member, number)
    walking.add_service(member, number)
    connection = {"connection_kind": "own", "entity_id": walking.entity_id()}
    walking.good(walking.fill_in(member, number, "preproduction", "connection", connection), number)
    walking.sign(member, number)
    walking.hand_in(member, number)
    give_back(assessor, number, "preproduction/connection/metadata", "Er zijn nog geen metadata.")
    page = member.get(f"/organisatie/dossiers/{number}/").text
    assert "ding om te verbeteren" not in page
    assert "Er zijn nog geen metadata." in member.get(f"/organisatie/dossiers/{number}/metadata/").text


def test_while_it_is_judged_the_organisation_reads_what_was_found_and_gives_nothing(
    member: Client, keys: Keys
) -> None:
    number = handed_in(member, walking.metadata(keys, index=9002))
    address = f"/organisatie/dossiers/{number}/metadata/"
    assert address in member.get(f"/organisatie/dossiers/{number}/").text
    page = member.get(address)
    assert page.status_code == 200
    assert "Dit document is nog niet goed" in page.text
    assert "Geven wij het terug, dan kunt u een nieuw document geven." in page.text
    assert "Geef daarna het nieuwe document." not in page.text
    assert 'id="nakijken"' not in page.text


def test_a_document_that_is_not_good_is_not_approved_and_the_desk_reads_why(
    member: Client, keys: Keys, assessor: Client
) -> None:
    number = handed_in(member, walking.metadata(keys, index=9002))
    told = walking.shown(assessor, assessor.post(f"/bureau/dossier/{number}/goedkeuren/"))
    assert state(number) == "review"
    assert "De metadata zijn niet goed" in told
    assert "Geef de metadata terug, met de reden." in told


PRODUCTION_ID = walking.entity_id(1)


@pytest.fixture
def live(keys: Keys) -> Keys:
    """The same organisation runs in production too."""
    runs = Configuration.objects.get(environment="preproduction", state="published")
    Configuration.objects.create(
        id=uuid4(),
        case=runs.case,
        connection=PRODUCTION_ID,
        environment="production",
        number=1,
        state="published",
        content=runs.content,
        created_at=runs.created_at,
        published_at=runs.published_at,
    )
    return keys


def test_a_change_says_for_which_environment_its_document_is_before_and_after(
    member: Client, live: Keys
) -> None:
    number = begun(member)
    address = f"/organisatie/dossiers/{number}/metadata/"
    before = member.get(address).text
    assert "Geef het document van de omgeving die verandert." in before
    assert walking.entity_id() in before
    assert PRODUCTION_ID in before
    told = walking.give_metadata(member, number, walking.metadata(live))
    assert "Dit document is voor preproductie. In productie verandert niets." in told
    after = walking.hand_in(member, number)
    assert state(number) == "done"
    assert "De metadata gelden nu in preproductie. In productie is niets veranderd." in after


def test_the_desk_reads_where_what_it_approved_counts(member: Client, live: Keys, assessor: Client) -> None:
    number = handed_in(member, walking.metadata(walking.all_keys(member, begun(member))))
    assessor.post(f"/bureau/dossier/{number}/goedkeuren/")
    told = assessor.get(f"/bureau/dossier/{number}/").text
    assert "De metadata gelden nu in preproductie. In productie is niets veranderd." in told


def test_a_document_for_production_says_so(member: Client, live: Keys) -> None:
    number = begun(member)
    told = walking.give_metadata(member, number, walking.metadata(live, index=1))
    assert "Dit document is voor productie. In preproductie verandert niets." in told


def test_nothing_is_called_ready_while_its_metadata_are_missing_or_not_good(
    member: Client, keys: Keys
) -> None:
    number = begun(member)
    case = f"/organisatie/dossiers/{number}/"
    assert "de metadata ontbreken nog" in member.get(case).text
    walking.give_metadata(member, number, walking.metadata(keys, index=9002))
    assert "de metadata zijn nog niet goed" in member.get(case).text
    assert "Alles is klaar" not in member.get(case).text
    walking.give_metadata(member, number, walking.metadata(keys))
    assert "Alles is klaar" in member.get(case).text


def test_after_a_good_document_the_page_leads_on_and_after_a_bad_one_it_does_not(
    member: Client, keys: Keys
) -> None:
    number = begun(member)
    onwards = f'id="verder" href="/organisatie/dossiers/{number}/nakijken/"'
    assert onwards not in walking.give_metadata(member, number, walking.metadata(keys, index=9002))
    assert onwards in walking.give_metadata(member, number, walking.metadata(keys))


def test_the_documents_say_which_counts_and_the_history_which_was_added(
    member: Client, keys: Keys, assessor: Client
) -> None:
    number = begun(member)
    walking.give_metadata(member, number, walking.metadata(keys), name="nieuw.xml")
    walking.hand_in(member, number)
    assert state(number) == "done"
    other = begun(member)
    told = walking.give_metadata(member, other, walking.metadata(keys, index=9002), name="fout.xml")
    assert "Nu geldt in deze omgeving het document van" in told
    for page in (
        member.get(f"/organisatie/dossiers/{number}/").text,
        assessor.get(f"/bureau/dossier/{number}/").text,
    ):
        assert page.count("<strong>geldt nu in preproductie</strong>") == 1
        assert page.count("nieuw.xml") == 2
        assert "nieuw.xml" in page.partition("Bestand toegevoegd")[2]
    old = member.get(f"/organisatie/dossiers/{other}/").text
    assert "fout.xml" in old
    assert "geldt nu in" not in old


def test_who_tests_a_connection_reads_its_data_its_forms_and_the_verdict_on_what_counts(
    member: Client, keys: Keys, assessor: Client
) -> None:
    application = Case.objects.get(kind="application")
    Case.objects.filter(id=application.id).update(state="acceptance")
    member_page = f"/organisatie/dossiers/{application.number}/gegevens/preproductie/"
    shown = member.get(member_page).context["services"]
    page = assessor.get(f"/bureau/dossier/{application.number}/").text
    assert "Metadata die nu gelden, vandaag nagekeken" in page
    assert "De metadata zijn goed." in page
    assert "een stap die voorbij is" not in page
    assert walking.entity_id() in page
    for form in ("application", "preproduction"):
        assert f"/bureau/dossier/{application.number}/antwoorden/{form}/" in page
    assert "/antwoorden/production/" not in page
    (service,) = shown
    assert str(service.service.uuid) in page
    assert len(service.mandates) > 5
    for mandate in service.mandates:
        assert mandate.bsn in page
        assert mandate.code in page


def test_each_certificate_is_called_after_what_it_is_for_and_shows_how_much_time_is_left(
    member: Client, keys: Keys
) -> None:
    told = walking.give_metadata(member, begun(member), walking.metadata(keys))
    rows = told.partition("<h2>Certificaten</h2>")[2].partition("</ul>")[0]
    for use in ("tekenen", "verbinden (TLS)", "versleutelen"):
        assert rows.count(f'<p class="cases__name">{use}</p>') == 1
    assert 'value="100"' in rows, "they are new"
