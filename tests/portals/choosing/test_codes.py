"""A code entered during a log-in, with which the log-in goes on (FL-08, BV-13, CN-16, DM-17, DM-22)."""

import re
from datetime import date, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.logins.provider import Heard, let_pass, said_who, started
from tests.mandates import scene
from tests.mandates.scene import INCOME_TAX, LEVEL, LOCAL_TAXES, PENSION, OpenRequest, Someone
from tests.portals.choosing.visit import Visit, choices_on, id_in, text_of
from tests.portals.citizen.mandates.browsing import logged_in_browser
from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_about
from volmacht.catalogue.kinds import ChangeKind
from volmacht.limits import operations as limits
from volmacht.limits.operations import Limit, Limited
from volmacht.logins.models import Transaction
from volmacht.logins.saml_logins import TERM
from volmacht.logins.states import Representation
from volmacht.mandates.models import Mandate, Request, Use
from volmacht.mandates.operations import withdraw_request
from volmacht.portals.choosing.own_login import code_slot
from volmacht.protocols.saml.handling.requests import Way
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.activating import RequestState
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

NOT_TOGETHER = "Deze gegevens horen niet bij elkaar"


def entering(visit: Visit, person: Someone, *, language: str = "nl") -> str:
    """From the provider to the page where a code is entered, by the link for who has none; its address."""
    page = visit.get(visit.choosing(person, language=language))
    address: str
    (address,) = set(re.findall(r'href="(/[^"]*/code/)"', page.content.decode().partition("<main")[2]))
    assert visit.get(address).status_code == 200
    return address


def enters(visit: Visit, address: str, made: OpenRequest, whose: Someone) -> "Response":
    """Send code and BSN; the answer leads elsewhere."""
    return visit.post(address, code=made.code.display, bsn=whose.bsn.value)


def told(visit: Visit, address: str, code: str, bsn: str) -> str:
    """What the page says after code and BSN were sent."""
    return text_of(visit.get(visit.post(address, code=code, bsn=bsn)["Location"]))


def checking(visit: Visit, address: str, made: OpenRequest, whose: Someone) -> str:
    """Enter a code that is right; the address where it is accepted."""
    then: str = enters(visit, address, made, whose)["Location"]
    assert then == f"{address}controleren/"
    return then


def test_who_accepts_a_code_goes_on_at_once_on_behalf_of_whom_it_is_from(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    made = scene.request(mother)
    check = checking(visit, entering(visit, daughter), made, mother)
    page = text_of(visit.get(check))
    for part in (
        mother.name,
        "Gemeentelijke belastingen",
        "Uw gemachtigde mag uw rekeningnummer niet veranderen.",
        "Dan gaat u meteen verder naar Gemeente Voorbeeld.",
    ):
        assert part in page
    assert not Mandate.objects.exists()
    assert visit.hears(visit.post(check)) == Heard(Outcome.SUCCEEDED, mother.id, daughter.id, LEVEL)
    mandate = Mandate.objects.get()
    assert (mandate.represented_id, mandate.representative_id) == (mother.id, daughter.id)
    assert not Use.objects.exists()  # recorded when the provider fetches it
    (event,) = [one for one in history_about(mother.id) if one.kind is EventKind.MANDATE_ACTIVATED]
    assert event.actor.id == daughter.id


def test_a_code_of_a_set_goes_on_when_the_set_holds_this_service(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    check = checking(visit, entering(visit, daughter), scene.request(mother, LOCAL_TAXES), mother)
    assert "Deze diensten horen erbij" in text_of(visit.get(check))
    assert visit.hears(visit.post(check)).represented == mother.id


def test_a_code_for_another_service_is_accepted_and_this_log_in_does_not_go_on_with_it(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    address = entering(visit, daughter)
    check = checking(visit, address, scene.request(mother, INCOME_TAX), mother)
    assert "Deze code is niet voor Gemeentelijke belastingen." in text_of(visit.get(check))
    done = visit.get(visit.post(check)["Location"])
    text = text_of(done)
    assert f"U mag dit nu regelen voor {mother.name}" in text
    assert "U bent nog niet ingelogd bij Gemeente Voorbeeld" in text
    assert "Ga dan op de website van Belastingdienst Voorbeeld naar Aangifte inkomstenbelasting." in text
    assert Mandate.objects.count() == 1
    assert not Use.objects.exists()
    assert choices_on(visit.get(address.replace("/code/", "/wie/"))) == []
    # The same log-in still takes another code.
    check = checking(visit, address, scene.request(mother), mother)
    assert visit.hears(visit.post(check)).represented == mother.id


def test_a_mandate_that_begins_later_is_accepted_and_does_not_open_this_log_in(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    made = scene.request(mother, first_day=clock.today() + timedelta(days=3))
    check = checking(visit, entering(visit, daughter), made, mother)
    assert "Deze machtiging begint op 26 november 2026." in text_of(visit.get(check))
    text = text_of(visit.get(visit.post(check)["Location"]))
    assert f"U mag dit straks regelen voor {mother.name}" in text
    assert "De machtiging begint op 26 november 2026." in text
    assert not Use.objects.exists()
    assert visit.hears(visit.post(f"/inloggen/voor/{id_in(check)}/stoppen/")) == Heard(Outcome.CANCELLED)


def test_who_does_not_accept_is_back_where_they_choose_and_nothing_changed(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    made = scene.request(mother)
    address = entering(visit, daughter)
    check = checking(visit, address, made, mother)
    assert visit.post(check, stoppen="ja")["Location"] == address.replace("/code/", "/wie/")
    assert visit.get(check)["Location"] == address  # what was typed is gone
    assert Request.objects.get().state == RequestState.OPEN
    assert visit.hears(visit.post(f"/inloggen/voor/{id_in(check)}/stoppen/")) == Heard(Outcome.CANCELLED)


def test_who_has_mandates_may_enter_one_more(visit: Visit, mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    neighbour = scene.main_character("neighbour")
    check = checking(visit, entering(visit, daughter), scene.request(neighbour), neighbour)
    assert visit.hears(visit.post(check)).represented == neighbour.id


def test_a_shorter_mandate_in_place_of_a_longer_one_is_said_with_both_last_days(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    made = scene.request(mother, last_day=date(2026, 12, 31))
    check = checking(visit, entering(visit, daughter), made, mother)
    page = text_of(visit.get(check))
    assert "Let op: de nieuwe machtiging stopt eerder dan de oude" in page
    assert "De oude loopt tot en met 22 november 2029, de nieuwe tot en met 31 december 2026." in page
    assert visit.hears(visit.post(check)).represented == mother.id


def test_a_service_that_does_not_want_it_sends_people_to_the_portal(visit: Visit, daughter: Someone) -> None:
    begin = visit.enter(started(Way.MANDATORY, PENSION))
    said_who(id_in(begin), daughter)
    page = visit.get(f"{begin}wie/")
    assert 'href="/code/"' in page.content.decode().partition("<main")[2]
    assert "Begin daarna opnieuw bij de website van de dienst." in text_of(page)
    for address in (f"{begin}code/", f"{begin}code/controleren/", f"{begin}code/klaar/"):
        assert visit.get(address)["Location"] == f"{begin}wie/"


def test_a_provider_that_does_not_want_it_any_more_gets_it_no_more(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    check = checking(visit, entering(visit, daughter), scene.request(mother), mother)
    entry = scene.service(scene.MUNICIPAL_TAXES)
    scene.change_catalogue(ChangeKind.CHANGE_SERVICE, id=str(entry.id), code_at_login=False)
    assert visit.post(check)["Location"] == check.replace("/code/controleren/", "/wie/")
    assert not Mandate.objects.exists()


def test_a_typing_error_is_named_and_costs_no_try(visit: Visit, mother: Someone, daughter: Someone) -> None:
    made = scene.request(mother)
    address = entering(visit, daughter)
    for _ in range(6):
        page = visit.answers(address, code=made.code.display[:-1], bsn=mother.bsn.value)
        assert page.status_code == 400
        assert "Een code heeft 12 letters en cijfers. U vulde 11 tekens in." in text_of(page)
    page = visit.answers(address, code=made.code.display, bsn=mother.bsn.value[:-1])
    assert "Een BSN heeft 9 cijfers. U vulde 8 cijfers in." in text_of(page)
    assert visit.hears(visit.post(checking(visit, address, made, mother))).represented == mother.id


def test_a_wrong_code_and_a_wrong_bsn_look_exactly_the_same(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    neighbour, made = scene.main_character("neighbour"), scene.request(mother)
    address = entering(visit, daughter)
    wrong_bsn = told(visit, address, made.code.display, neighbour.bsn.value)
    wrong_code = told(visit, address, scene.wrong_code().display, neighbour.bsn.value)
    assert NOT_TOGETHER in wrong_bsn
    assert wrong_bsn == wrong_code
    assert visit.get(f"{address}controleren/")["Location"] == address


def test_the_fifth_wrong_bsn_locks_the_code_wherever_it_is_entered(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    made = scene.request(mother)
    others = [person for person in scene.crowd(6) if person.id not in (mother.id, daughter.id)]
    for person in others[:2]:  # in the portal
        scene.try_code(daughter, person.bsn, made.code)
    address = entering(visit, daughter)
    for person in others[2:5]:
        assert NOT_TOGETHER in told(visit, address, made.code.display, person.bsn.value)
    assert Request.objects.get().state == RequestState.LOCKED
    assert "Deze code zit op slot" in told(visit, address, made.code.display, mother.bsn.value)


def test_who_guessed_ten_times_sees_no_form_here_either(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    address = entering(visit, daughter)
    for _ in range(10):
        scene.try_code(daughter, mother.bsn, scene.wrong_code())
    page = visit.get(address)
    assert "U kunt nu geen code invoeren" in text_of(page)
    assert "id_code" not in page.content.decode()


@pytest.mark.parametrize("limited", [Limited.CODE_PER_PERSON, Limited.CODE_PER_ADDRESS])
def test_many_tries_are_slowed_down_together_with_those_in_the_portal(
    visit: Visit, mother: Someone, daughter: Someone, monkeypatch: pytest.MonkeyPatch, limited: Limited
) -> None:
    monkeypatch.setitem(limits.LIMITS, limited, Limit(1, timedelta(hours=1)))
    made, portal = scene.request(mother), logged_in_browser(daughter)
    portal.post("/code/", {"code": scene.wrong_code().display, "bsn": mother.bsn.value})
    page = visit.answers(entering(visit, daughter), code=made.code.display, bsn=mother.bsn.value)
    assert page.status_code == 429
    assert "U hebt het te vaak geprobeerd" in text_of(page)


def test_a_code_that_was_withdrawn_before_accepting_says_so(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    made = scene.request(mother)
    address = entering(visit, daughter)
    check = checking(visit, address, made, mother)
    withdraw_request(request_id=made.id, represented=mother.id, environment=Environment.PRODUCTION)
    assert visit.post(check)["Location"] == address
    assert "ingetrokken" in text_of(visit.get(address))
    assert not Mandate.objects.exists()


def test_both_halves_of_a_double_click_make_one_mandate_and_one_answer(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    check = checking(visit, entering(visit, daughter), scene.request(mother), mother)
    assert visit.hears(visit.post(check)).represented == mother.id
    assert visit.post(check).status_code == 400
    assert Mandate.objects.count() == 1


def test_what_was_accepted_while_the_log_in_ended_elsewhere_is_a_mandate_all_the_same(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    """Two windows: in the other one a person is chosen between activating and answering."""
    made = scene.request(mother)
    check = checking(visit, entering(visit, daughter), made, mother)
    scene.activate(daughter, mother, made.code)  # the first half, of which the answer was lost
    assert visit.hears(visit.post(check)).represented == mother.id


@pytest.mark.parametrize("page", ["code/", "code/controleren/", "code/klaar/"])
def test_nothing_of_it_opens_in_another_browser_or_after_twenty_minutes(
    visit: Visit, mother: Someone, daughter: Someone, page: str
) -> None:
    made, attacker = scene.request(mother), Visit(Client())
    address = entering(visit, daughter)
    checking(visit, address, made, mother)
    attacker.begin()  # in a log-in of its own
    place = address.removesuffix("code/") + page
    for browser, time in ((attacker, timedelta(0)), (visit, TERM)):
        let_pass(time)
        answers = [browser.get(place)]
        if page != "code/klaar/":
            answers.append(browser.post(place, code=made.code.display, bsn=mother.bsn.value))
        assert {answer.status_code for answer in answers} == {400}
        assert all("Het duurde te lang, of u was al klaar" in text_of(answer) for answer in answers)
    assert not Mandate.objects.exists()
    assert Request.objects.get().wrong_tries == 0
    assert code_slot(id_in(address)) not in visit.client.session  # code and BSN are forgotten with the log-in


def test_before_logging_in_and_for_oneself_there_is_no_such_page(visit: Visit, daughter: Someone) -> None:
    begin = visit.begin()
    assert visit.get(f"{begin}code/").status_code == 400
    begin = visit.begin(Way.OWN)
    said_who(id_in(begin), daughter)
    assert Transaction.objects.get(id=id_in(begin)).representation == Representation.NONE
    assert visit.get(f"{begin}code/").status_code == 400


def test_forms_from_other_sites_try_and_accept_nothing(mother: Someone, daughter: Someone) -> None:
    made, visit = scene.request(mother), Visit(Client(enforce_csrf_checks=True))
    address = visit.choosing(daughter).replace("/wie/", "/code/")
    assert enters(visit, address, made, mother).status_code == 403
    assert visit.post(f"{address}controleren/").status_code == 403
    assert Request.objects.get().wrong_tries == 0


def test_who_enters_it_is_who_logged_in_for_the_provider_not_who_is_logged_in_to_the_portal(
    mother: Someone, daughter: Someone
) -> None:
    neighbour = scene.main_character("neighbour")
    visit = Visit(logged_in_browser(neighbour))
    check = checking(visit, entering(visit, daughter), scene.request(mother), mother)
    assert visit.get("/code/controleren/")["Location"] == "/code/"  # nothing of it shows in the portal
    assert visit.hears(visit.post(check)).acting == daughter.id
    assert {mandate.representative_id for mandate in Mandate.objects.all()} == {daughter.id}


def test_two_log_ins_in_one_browser_each_keep_their_own_code(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    neighbour = scene.main_character("neighbour")
    first = checking(visit, entering(visit, daughter), scene.request(mother), mother)
    second = checking(visit, entering(visit, daughter), scene.request(neighbour), neighbour)
    assert mother.name in text_of(visit.get(first))
    assert neighbour.name in text_of(visit.get(second))
    assert visit.hears(visit.post(second)).represented == neighbour.id
    assert visit.hears(visit.post(first)).represented == mother.id


def test_no_address_and_no_title_holds_a_number_or_a_code(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    made = scene.request(mother)
    address = entering(visit, daughter)
    page = visit.answers(address, code=made.code.display, bsn=mother.bsn.value[:-1])
    assert mother.bsn.value[:-1] in page.content.decode()  # shown again, in its box
    check = checking(visit, address, made, mother)
    shown = visit.get(check).content.decode()
    returned = visit.post(check)["Location"]
    for secret in (mother.bsn.value, made.code.display, made.code.symbols):
        assert not any(secret in seen for seen in [*visit.addresses, returned])
        assert secret not in shown


def test_the_pages_are_there_in_english(visit: Visit, mother: Someone, daughter: Someone) -> None:
    address = entering(visit, daughter, language="en")
    assert "You are going to Municipal taxes of Gemeente Voorbeeld." in text_of(visit.get(address))
    check = checking(visit, address, scene.request(mother, INCOME_TAX), mother)
    assert "This code is not for Municipal taxes." in text_of(visit.get(check))
    done = unescape(text_of(visit.get(visit.post(check)["Location"])))
    assert "You are not logged in to Gemeente Voorbeeld yet" in done


def test_a_code_that_asks_a_safer_log_in_leads_to_where_one_can_log_in_so(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    """The code is for a service that asks more than the one that this log-in is for."""
    begin = visit.begin()
    said_who(id_in(begin), daughter, LevelOfAssurance.MIDDLE)
    made = scene.request(mother, "Langdurige zorg en pgb")
    page = visit.get(enters(visit, f"{begin}code/", made, mother)["Location"])
    assert "U moet op een veiligere manier inloggen" in text_of(page)
    assert "Stop met dit inloggen, en voer de code apart in . Log daarvoor veiliger in." in text_of(page)
    assert '<a href="/code/">' in page.content.decode()
    assert "Log uit" not in text_of(page)
