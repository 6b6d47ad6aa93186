"""For whom do you act? From the provider, through logging in and choosing, back to the provider (DM-36, DM-40)."""

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.logins.provider import CONSUMER, Heard, said_who
from tests.mandates import scene
from tests.mandates.scene import BENEFITS, INCOME_TAX, LEVEL, LOCAL_TAXES, PENSION, WATER_TAX, Someone
from tests.population_register import PopulationRegisterControl
from tests.portals.choosing.visit import Visit, choices_on, id_in, key_for, text_of
from volmacht.logins.queries import login_in_progress
from volmacht.logins.states import Representation
from volmacht.mandates.models import Use
from volmacht.mandates.operations import end_mandate, restrict_mandate
from volmacht.parties.operations import refresh_person
from volmacht.posting import origin
from volmacht.protocols.saml.handling.requests import Way
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refusal

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response


def refusals() -> list[str]:
    """The answers that were recorded."""
    return list(Use.objects.order_by("moment").values_list("refusal", flat=True))


def test_a_daughter_acts_for_her_mother(visit: Visit, mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    explained = visit.get(visit.begin())
    assert "Log in met uw eigen DigiD" in text_of(explained)
    assert "Gemeente Voorbeeld" in explained.content.decode()
    address = visit.choosing(daughter)
    assert address.endswith("/wie/")
    page = visit.get(address)
    assert choices_on(page) == [str(mother.id)]  # one choice is not chosen by itself
    assert "Maria Johanna de Vries-Jansen, geboren op 14 maart 1948" in text_of(page)
    assert refusals() == []
    told = visit.hears(visit.choose(address, mother))
    assert told == Heard(Outcome.SUCCEEDED, mother.id, daughter.id, LEVEL)
    assert refusals() == []  # recorded when the provider fetches it


def test_no_page_and_no_address_holds_a_bsn(visit: Visit, mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    pages = [visit.get(visit.begin())]
    address = visit.choosing(daughter)
    pages.append(visit.get(address))
    returned = visit.choose(address, mother)
    for bsn in (mother.bsn.value, daughter.bsn.value):
        assert not any(bsn in seen for seen in [*visit.addresses, returned["Location"]])
        assert not any(bsn in page.content.decode() for page in pages)


WAYS = [
    ("mijzelf", Representation.NONE, "Log in met uw eigen DigiD."),
    ("iemand-anders", Representation.MANDATORY, "ook als u iets voor iemand anders regelt"),
]


@pytest.mark.parametrize(("way", "chosen", "told"), WAYS)
def test_who_may_choose_does_so_before_logging_in(
    visit: Visit, way: str, chosen: Representation, told: str
) -> None:
    address = visit.begin(Way.OPTIONAL)
    assert address.endswith("/kiezen/")
    assert "Voor mijzelf" in text_of(visit.get(address))
    assert "Kies voor wie u inlogt" in text_of(visit.answers(address))
    assert "Kies voor wie u inlogt" in text_of(visit.answers(address, voor="x"))
    assert "Kies voor wie u inlogt" not in text_of(visit.get(address))  # where going back leads
    begin = visit.post(address, voor=way)["Location"]
    assert begin == address.removesuffix("kiezen/")
    assert told in text_of(visit.get(begin))
    login = login_in_progress(id_in(address))
    assert login
    assert login.representation is chosen
    for other in ("mijzelf", "iemand-anders"):  # another choice is another log-in
        assert visit.post(address, voor=other)["Location"] == begin


def test_who_must_act_for_another_cannot_choose_themselves(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    begin = visit.begin()
    assert visit.post(f"{begin}kiezen/", voor="mijzelf")["Location"] == begin
    address = visit.choosing(daughter)
    assert visit.get(address.replace("/wie/", "/kiezen/"))["Location"] == address
    assert visit.post(address.replace("/wie/", "/kiezen/"), voor="mijzelf")["Location"] == address


def test_who_acts_for_themselves_is_shown_nobody(visit: Visit, mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    begin = visit.begin(Way.OWN)
    said_who(id_in(begin), daughter)
    for page in (visit.get(f"{begin}wie/"), visit.post(f"{begin}wie/", persoon="x")):
        assert page.status_code == 400
        assert mother.name not in text_of(page)


def test_who_has_no_mandate_reads_what_to_do(visit: Visit, daughter: Someone) -> None:
    page = visit.get(visit.choosing(daughter))
    text = text_of(page)
    assert "Niemand heeft u nu gemachtigd voor Gemeentelijke belastingen" in text
    assert "Voer de code in" in text
    assert choices_on(page) == []
    assert 'name="zoek"' not in page.content.decode()


def test_only_mandates_for_this_service_are_offered(visit: Visit, mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter, INCOME_TAX)
    page = visit.get(visit.choosing(daughter))
    assert choices_on(page) == []
    # Nothing is amiss with what was given for another service.
    assert "Staat iemand er niet bij?" not in text_of(page)


def test_who_is_mandated_for_something_else_reads_for_what(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    """Only what is in the representative's own list; and not where there is somebody to choose."""
    scene.mandate(mother, daughter, INCOME_TAX)
    wide = scene.mandate(mother, daughter, LOCAL_TAXES)
    left = frozenset({scene.service(WATER_TAX).id})
    assert (
        restrict_mandate(mandate_id=wide, by=mother.id, keep=left, environment=Environment.PRODUCTION) is None
    )
    scene.mandate(daughter, mother, BENEFITS)
    end_mandate(
        mandate_id=scene.mandate(mother, daughter, PENSION), by=mother.id, environment=Environment.PRODUCTION
    )
    text = text_of(visit.get(visit.choosing(daughter)))
    assert "U bent wel gemachtigd, maar voor iets anders." in text
    assert f"van {mother.name}: {INCOME_TAX}" in text
    assert f"van {mother.name}: {WATER_TAX}" in text
    assert PENSION not in text
    assert BENEFITS not in text
    english = text_of(visit.get(visit.choosing(daughter, language="en")))
    assert f"from {mother.name}: Income tax return" in english
    scene.mandate(mother, daughter)
    assert "voor iets anders" not in text_of(visit.get(visit.choosing(daughter)))


def test_of_many_mandates_for_something_else_the_first_are_shown(visit: Visit, at_noon: None) -> None:
    bookkeeper, people = scene.main_character("bookkeeper"), scene.crowd(7)
    for person in people:
        scene.mandate(person, bookkeeper, INCOME_TAX)
    text = text_of(visit.get(visit.choosing(bookkeeper)))
    assert text.count(f": {INCOME_TAX}") == 5
    assert "U ziet hier de eerste 5 van 7 machtigingen." in text


def test_who_is_registered_as_deceased_hears_so_before_choosing_or_entering(
    visit: Visit,
    mother: Someone,
    daughter: Someone,
    population_register: PopulationRegisterControl,
) -> None:
    """DM-04; on own behalf it is not ours to say (decision 0034)."""
    scene.mandate(mother, daughter)
    address = visit.choosing(daughter)
    population_register.die(daughter.bsn.value)
    refresh_person(daughter.id)
    for page in (
        visit.get(address),
        visit.choose(address, mother),
        visit.get(address.replace("/wie/", "/code/")),
        visit.get(address.replace("/wie/", "/code/controleren/")),
    ):
        assert page.status_code == 403
        assert "U staat geregistreerd als overleden" in text_of(page)
        assert mother.name not in text_of(page)
        assert "Stoppen en terug naar Gemeente Voorbeeld" in text_of(page)
    assert refusals() == []


def test_a_guardianship_does_not_keep_somebody_from_acting(
    visit: Visit,
    mother: Someone,
    daughter: Someone,
    population_register: PopulationRegisterControl,
) -> None:
    """DM-04 asks of a representative to be alive and sixteen: guardianship counts for whom it protects."""
    scene.mandate(mother, daughter)
    population_register.place_under_guardianship(daughter.bsn.value)
    refresh_person(daughter.id)
    assert choices_on(visit.get(visit.choosing(daughter))) == [str(mother.id)]


@pytest.fixture
def many(at_noon: None) -> tuple[Someone, list[Someone]]:
    """Somebody who may act for 23 people."""
    bookkeeper = scene.main_character("bookkeeper")
    people = scene.crowd(23)
    scene.bulk([person.id for person in people], [bookkeeper.id] * len(people))
    return bookkeeper, people


def test_a_long_list_comes_in_pages_with_a_search_box(
    visit: Visit, many: tuple[Someone, list[Someone]]
) -> None:
    bookkeeper, people = many
    address = visit.choosing(bookkeeper)
    seen = [choices_on(visit.get(f"{address}?pagina={number}")) for number in (1, 2, 3)]
    assert [len(page) for page in seen] == [10, 10, 3]
    assert {choice for page in seen for choice in page} == {str(person.id) for person in people}
    assert 'name="zoek"' in visit.get(address).content.decode()
    for nonsense in ("0", "-1", "abc", "99999999999", "4"):
        assert choices_on(visit.get(f"{address}?pagina={nonsense}"))


def test_searching_finds_by_any_word_and_keeps_the_page(
    visit: Visit, many: tuple[Someone, list[Someone]]
) -> None:
    bookkeeper, people = many
    address = visit.choosing(bookkeeper)
    wanted = people[17]
    found = visit.get(f"{address}?zoek={wanted.name.upper()}")
    assert str(wanted.id) in choices_on(found)
    assert len(choices_on(found)) < 5
    last = visit.get(f"{address}?zoek={wanted.name}&pagina=9")
    assert str(wanted.id) in choices_on(last)
    told = visit.hears(visit.choose(f"{address}?zoek={wanted.name}", wanted))
    assert told.represented == wanted.id


@pytest.mark.parametrize(
    "text", ["zzzzqqq", "%", "_", "' OR 1=1", "<script>alert(1)</script>", "x" * 5000, "😀"]
)
def test_whatever_is_searched_for_is_shown_as_text(
    visit: Visit, many: tuple[Someone, list[Someone]], text: str
) -> None:
    address = visit.choosing(many[0])
    visit.addresses.append(address)
    page = visit.client.get(address, {"zoek": text})
    assert page.status_code == 200
    assert choices_on(page) == []
    assert "Wij vinden niemand" in text_of(page)
    assert "<script>alert" not in page.content.decode()
    assert 'name="zoek"' in page.content.decode()  # to search again


def test_ten_people_need_no_search_box(visit: Visit, at_noon: None) -> None:
    bookkeeper = scene.main_character("bookkeeper")
    people = scene.crowd(10)
    scene.bulk([person.id for person in people], [bookkeeper.id] * 10)
    page = visit.get(visit.choosing(bookkeeper))
    assert len(choices_on(page)) == 10
    assert 'name="zoek"' not in page.content.decode()


@pytest.mark.parametrize("nonsense", ["", "abc", "999900006", "0" * 40, "😀"])
def test_choosing_nobody_asks_again(visit: Visit, mother: Someone, daughter: Someone, nonsense: str) -> None:
    scene.mandate(mother, daughter)
    address = visit.choosing(daughter)
    page = visit.answers(address, persoon=nonsense)
    assert page.status_code == 400
    assert "Kies voor wie u dit doet" in text_of(page)
    assert choices_on(page) == [str(mother.id)]
    assert refusals() == []


def test_a_forged_choice_is_refused_in_words_and_recorded(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    neighbour = scene.main_character("neighbour")
    scene.mandate(mother, neighbour)
    address = visit.choosing(daughter)
    for forged in (mother.id, neighbour.id, daughter.id, uuid4()):
        page = visit.answers(address, persoon=key_for(address, forged))
        assert page.status_code == 403
        assert "U bent niet gemachtigd om dit voor deze persoon te doen" in text_of(page)
        assert mother.name not in text_of(page)
    assert refusals() == [Refusal.NO_MANDATE] * 4


def test_a_mandate_revoked_while_choosing_is_refused_with_its_reason(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    mandate = scene.mandate(mother, daughter)
    address = visit.choosing(daughter)
    assert choices_on(visit.get(address)) == [str(mother.id)]
    end_mandate(mandate_id=mandate, by=mother.id, environment=Environment.PRODUCTION)
    page = visit.answers(address, persoon=key_for(address, mother.id))
    assert page.status_code == 403
    text = text_of(page)
    assert f"{mother.name}: De machtiging is gestopt" in text
    assert text.count("De reden: ingetrokken") == 1
    assert "Staat iemand er niet bij?" not in text
    assert choices_on(page) == []
    # Who looks again, without having chosen, finds it where such things stand.
    assert "Staat iemand er niet bij?" in text_of(visit.get(address))
    assert refusals() == [Refusal.MANDATE_ENDED]


def test_a_no_that_is_a_yes_by_now_is_not_shown_again(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    """The page asks once more (decision 0027); what was refused stays recorded, once."""
    address = visit.choosing(daughter)
    refused = visit.choose(address, mother)["Location"]
    assert "U bent niet gemachtigd" in text_of(visit.get(refused))
    scene.mandate(mother, daughter)
    page = visit.get(refused)
    assert (page.status_code, choices_on(page)) == (200, [str(mother.id)])
    assert "U bent niet gemachtigd" not in text_of(page)
    assert refusals() == [Refusal.NO_MANDATE]
    assert visit.hears(visit.choose(refused, mother)).represented == mother.id


def test_stopping_goes_back_and_says_so_from_every_page(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    addresses = [visit.begin(), visit.begin(Way.OWN), visit.begin(Way.OPTIONAL), visit.choosing(daughter)]
    for address in addresses:
        stop = f"/inloggen/voor/{id_in(address)}/stoppen/"
        assert f'action="{stop}"' in visit.get(address).content.decode()
        assert visit.get(stop).status_code == 405
        assert visit.hears(visit.post(stop)) == Heard(Outcome.CANCELLED)
        assert visit.post(stop).status_code == 400


HEADINGS = {
    "nl": [
        "Voor wie logt u in?",
        "Inloggen bij Gemeente Voorbeeld",
        "Voor wie doet u dit?",
    ],
    "en": [
        "For whom do you log in?",
        "Log in to Gemeente Voorbeeld",
        "For whom do you do this?",
    ],
}
DUTCH = re.compile(r"\b(voor|inloggen|kies|stoppen|machtiging|gemachtigd|geboren)\b", re.IGNORECASE)


def heading(page: "Response") -> str:
    """The main heading."""
    (found,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page.content.decode(), re.DOTALL)
    return " ".join(found.split())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_speaks_the_language_that_was_asked_for(
    visit: Visit, mother: Someone, daughter: Someone, language: str
) -> None:
    scene.mandate(mother, daughter)
    own_or_other = visit.begin(Way.OPTIONAL, language=language)
    pages = [visit.get(own_or_other)]
    begin = visit.post(own_or_other, voor="iemand-anders")["Location"]
    pages.append(visit.get(begin))
    said_who(id_in(begin), daughter)
    pages.append(visit.get(f"{begin}wie/"))
    assert [heading(page) for page in pages] == HEADINGS[language]
    assert {"nl": "Gemeentelijke belastingen", "en": "Municipal taxes"}[language] in text_of(pages[0])
    for page in pages:
        assert f'<html lang="{language}"' in page.content.decode()
        told = text_of(page)
        assert language == "nl" or "Gemeentelijke" not in told
        assert bool(DUTCH.search(told)) is (language == "nl"), told
    assert visit.hears(visit.choose(f"{begin}wie/", mother)).represented == mother.id


def test_the_pages_may_lead_to_the_provider_and_to_nobody_else(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    pages = [visit.get(visit.begin())]
    address = visit.choosing(daughter)
    pages += [visit.get(address), visit.answers(address, persoon="x")]
    for page in pages:
        policy = dict(part.strip().partition(" ")[::2] for part in page["Content-Security-Policy"].split(";"))
        assert set(policy["form-action"].split()) == {"'self'", origin(CONSUMER)}
        assert "no-store" in page["Cache-Control"]
