"""Proving an organisation by logging in at eHerkenning, over real messages; and who tries with what is not theirs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from tests.accounts import Somebody, join, log_in, make_account, make_organisation
from tests.interfaces.saml.authentication_service import AuthenticationService, Says
from tests.portals.choosing.visit import text_of
from tests.portals.citizen.entering.visiting import Visitor, employee
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_about
from volmacht.limits.operations import LIMITS, Limited
from volmacht.logins.entities import PORTAL_SERVICE
from volmacht.logins.models import Visit
from volmacht.parties import operations, queries
from volmacht.parties.models import Party
from volmacht.portals.shared.parked_work import ACCOUNT
from volmacht.protocols.saml.messages import Status
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.identifiers import KvkNumber
from volmacht.rules.kinds import PartyKind
from volmacht.rules.roles import MemberRole

if TYPE_CHECKING:
    from uuid import UUID

    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.database
PROOF = "/account/organisatie/bewijs/"
TO, BACK = f"{PROOF}eherkenning/", f"{PROOF}eherkenning/terug/"
OWN, OTHER = KvkNumber("90000001"), KvkNumber("99990012")
ELZENDAM = {
    "soort": "aanbieder",
    "oin": "00000009000100001000",
    "kvk_number": "99992002",
    "alb_name": "Gemeente Elzendam",
    "public_task": "Zorg",
    "legal_basis": "Gemeentewet",
    "tekent": "on",
}


@dataclass
class Prover(Visitor):
    """A member with a browser, who goes from the page of the proof instead of logging in."""

    def leave(self, query: str = "") -> "Answer":
        """Press the button."""
        return self.client.post(f"{TO}{query}", {"bij": self.service.entity_id})

    def come_back(self, question: object, says: Says) -> "Answer":
        """Come back, and go on to the page that the answer is sent on to."""
        sent_on = self.open(self.service.log_in(question, says))  # type: ignore[arg-type]  # a Question
        assert sent_on["Location"].startswith(BACK), sent_on["Location"]
        return self.client.get(sent_on["Location"], follow=True)


@pytest.fixture
def signatory(eherkenning: AuthenticationService) -> Somebody:
    return make_account("teken@gemeente.example", "Tess Tekent")


@pytest.fixture
def organisation(signatory: Somebody) -> "UUID":
    return make_organisation(signatory, proven=False)


@pytest.fixture
def prover(eherkenning: AuthenticationService, signatory: Somebody, organisation: "UUID") -> Prover:
    return browser(eherkenning, signatory)


def browser(eherkenning: AuthenticationService, who: Somebody) -> Prover:
    """Logged in with an account."""
    prover = Prover(eherkenning)
    log_in(prover.client, who)
    return prover


def for_it(level: LevelOfAssurance = LevelOfAssurance.SUBSTANTIAL, kvk: KvkNumber = OWN) -> Says:
    """An employee of the organisation logs in."""
    return employee("P7", kvk, level=level)


def is_proven(organisation: "UUID") -> bool:
    known = queries.connecting_organisation(organisation)
    assert known is not None
    return known.proven


def test_the_member_goes_to_eherkenning_and_comes_back_proven(
    prover: Prover, organisation: "UUID", signatory: Somebody
) -> None:
    assert "Bewijs het met eHerkenning" in text_of(prover.client.get(PROOF))
    question = prover.ask()
    assert question.request.services == (PORTAL_SERVICE,)
    assert question.request.force_authn
    page = prover.come_back(question, for_it())
    assert page.redirect_chain[-1][0] == PROOF
    assert "Dit is aangetoond." in page.text
    assert is_proven(organisation)
    proven = history_about(organisation)[-1]
    assert (proven.kind, proven.actor.id) == (EventKind.ORGANISATION_PROVEN, signatory.id)
    assert proven.data == {"how": "eherkenning", "employee": "P7"}


def test_in_english_one_comes_back_in_english(prover: Prover) -> None:
    page = prover.client.get(f"/en{PROOF}")
    assert "Prove it with eHerkenning" in page.text
    sent = prover.client.post(f"/en{TO}", {"bij": prover.service.entity_id})
    question = prover.service.receive(prover.form(sent).fields)
    answer = prover.open(prover.service.log_in(question, for_it()))
    assert answer["Location"].startswith(f"/en{BACK}")
    assert "This has been shown" in prover.client.get(answer["Location"], follow=True).text


def test_a_proof_logs_nobody_in_at_the_portal_for_citizens(
    prover: Prover, signatory: Somebody, organisation: "UUID"
) -> None:
    prover.log_in(for_it())
    assert not prover.is_logged_in
    session = prover.client.session
    assert "login" not in session
    assert session[ACCOUNT]["account"] == str(signatory.id), "and the account stays logged in"
    assert EventKind.LOGGED_IN not in {one.kind for one in history_about(organisation)}
    assert not Party.objects.filter(kind=PartyKind.PERSON, name__startswith="P7").exists()


def test_a_log_in_to_the_portal_proves_nothing(
    prover: Prover, organisation: "UUID", signatory: Somebody
) -> None:
    """The answer to a question of the log-in page, given to the page of the proof, in the same browser."""
    visitor = Visitor(prover.service, client=prover.client)
    question = visitor.ask()
    address = prover.service.log_in(question, for_it())
    query = urlsplit(address).query
    page = prover.client.get(f"{BACK}?{query}", follow=True)
    assert "Dit inloggen telt niet meer" in page.text
    assert not is_proven(organisation)
    assert visitor.open(address)["Location"] == "/mijn/machtigingen/", "where it belongs it still counts"
    assert ACCOUNT not in prover.client.session, "one browser has one log-in"
    assert not is_proven(organisation)


def test_the_answer_to_a_proof_is_no_log_in_wherever_it_is_brought(
    prover: Prover, organisation: "UUID"
) -> None:
    address = prover.service.log_in(prover.ask(), for_it())
    for prefix in ("/saml/portal/acs", "/preprod/saml/portal/acs"):
        elsewhere = Client().get(f"{prefix}?{urlsplit(address).query}")
        assert elsewhere.status_code == 400, "another browser waits for nothing"
    here = prover.client.get(f"/preprod/saml/portal/acs?{urlsplit(address).query}")
    assert here.status_code == 400, "nor is it an answer of pre-production"
    assert not prover.is_logged_in
    assert not is_proven(organisation)


def test_an_answer_for_another_account_proves_nothing(
    prover: Prover, eherkenning: AuthenticationService, organisation: "UUID", signatory: Somebody
) -> None:
    """A colleague opens the address with which somebody else would come back."""
    colleague = make_account("collega@gemeente.example")
    join(colleague, organisation, MemberRole.TECHNICAL, by=signatory)
    address = prover.service.log_in(prover.ask(), for_it())
    other = browser(eherkenning, colleague)
    page = other.client.get(f"{BACK}?{urlsplit(address).query}", follow=True)
    assert "Dit inloggen telt niet meer" in page.text
    assert not is_proven(organisation)


def test_a_visit_counts_for_the_organisation_it_was_begun_for(
    prover: Prover, signatory: Somebody, organisation: "UUID"
) -> None:
    """Of two organisations with one signatory: the answer for one is not taken for the other, with the same number."""
    other = make_organisation(
        signatory, oin="00000003900000020000", name="Gemeente Anderdam", kvk=OTHER.value, proven=False
    )
    prover.client.post("/account/kiezen/", {"als": f"organisation-{organisation}"})
    question = prover.ask()
    session = prover.client.session
    session[ACCOUNT] = {**session[ACCOUNT], "organisation": str(other)}  # as another window would have it
    session.save()
    page = prover.come_back(question, for_it(kvk=OTHER))
    assert "Dit inloggen telt niet meer" in page.text
    assert (is_proven(organisation), is_proven(other)) == (False, False)


def test_who_is_thrown_out_meanwhile_proves_nothing(
    prover: Prover, signatory: Somebody, organisation: "UUID", eherkenning: AuthenticationService
) -> None:
    colleague = make_account("collega@gemeente.example")
    join(colleague, organisation, MemberRole.TECHNICAL, by=signatory)
    leaving = browser(eherkenning, colleague)
    address = eherkenning.log_in(leaving.ask(), for_it())
    operations.remove_member(by=signatory.id, organisation_id=organisation, account_id=colleague.id)
    leaving.client.get(leaving.open(address)["Location"], follow=True)
    assert not is_proven(organisation)


def test_a_reader_and_who_is_not_logged_in_do_not_get_to_go(
    prover: Prover, signatory: Somebody, organisation: "UUID", eherkenning: AuthenticationService
) -> None:
    reader = make_account("lezer@gemeente.example")
    join(reader, organisation, MemberRole.READER, by=signatory)
    reading = browser(eherkenning, reader)
    assert reading.leave().status_code == 403
    assert reading.client.get(f"{BACK}?SAMLart=x&RelayState=y").status_code == 403
    anonymous = Client().post(TO, {"bij": eherkenning.entity_id})
    assert anonymous["Location"].startswith("/account/inloggen/")
    assert not Visit.objects.exists()


def test_an_answer_counts_once(prover: Prover, organisation: "UUID") -> None:
    address = prover.service.log_in(prover.ask(), for_it(kvk=OTHER))
    sent_on = prover.open(address)["Location"]
    assert "voor een andere organisatie" in prover.client.get(sent_on, follow=True).text
    assert "Dit inloggen telt niet meer" in prover.client.get(sent_on, follow=True).text
    assert prover.open(address).status_code == 400
    assert not is_proven(organisation)


def test_an_assertion_that_came_before_is_refused(prover: Prover, organisation: "UUID") -> None:
    """The service gives the same signed assertion for a second question."""
    kept: list[bytes] = []
    first = Says(
        employee=("P7", OTHER),
        change_signed=lambda signed: kept.append(signed) or signed,  # type: ignore[func-returns-value]  # appends
    )
    prover.come_back(prover.ask(), first)
    again = Says(employee=("P7", OWN), change_signed=lambda _signed: kept[0])
    page = prover.come_back(prover.ask(), again)
    assert "eHerkenning werkt nu niet" in page.text
    assert not is_proven(organisation)


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (for_it(LevelOfAssurance.MIDDLE), "te laag niveau"),
        (for_it(LevelOfAssurance.BASIC), "te laag niveau"),
        (for_it(kvk=OTHER), "voor een andere organisatie"),
        (Says(status=Outcome.CANCELLED.status()), "U bent gestopt met inloggen"),
        (Says(status=Outcome.AUTHENTICATION_FAILED.status()), "kon niet vaststellen wie u bent"),
        (Says(status=Outcome.LEVEL_TOO_LOW.status()), "te laag niveau"),
        (Says(status=Status("urn:oasis:names:tc:SAML:2.0:status:Responder", None, None)), "werkt nu niet"),
    ],
)
def test_what_does_not_prove_it_is_told_with_a_way_out(
    says: Says, words: str, prover: Prover, organisation: "UUID"
) -> None:
    page = prover.log_in(says)
    assert words in page.text
    assert "Bewijs het met eHerkenning" in page.text, "one can begin again"
    assert not is_proven(organisation)
    assert words not in prover.client.get(PROOF).text, "told once"


def test_a_person_who_logs_in_there_proves_nothing(prover: Prover, organisation: "UUID") -> None:
    from tests.portals.citizen.entering.visiting import person

    assert "werkt nu niet" in prover.log_in(person()).text
    assert not is_proven(organisation)


def test_only_a_service_that_is_for_organisations_can_be_named(prover: Prover, organisation: "UUID") -> None:
    from tests.interfaces.saml import parties

    for named in (parties.AD, "", "https://elders.example"):
        assert prover.client.post(TO, {"bij": named})["Location"] == PROOF
    assert "eHerkenning werkt nu niet" in prover.client.get(PROOF).text
    assert not Visit.objects.exists()


def test_it_is_offered_also_where_representatives_do_not_log_in_with_it(
    prover: Prover, settings: Settings
) -> None:
    settings.REPRESENTATIVES_THAT_LOG_IN = frozenset({PartyKind.PERSON})
    assert "Bewijs het met eHerkenning" in prover.client.get(PROOF).text
    assert "Dit is aangetoond." in prover.log_in(for_it()).text


def test_where_no_eherkenning_is_pinned_a_certificate_is_left(client: Client, db: None) -> None:
    signatory = make_account("teken@gemeente.example")
    make_organisation(signatory, proven=False)
    log_in(client, signatory)
    page = client.get(PROOF)
    assert "eHerkenning" not in page.text
    assert "Geef mij een tekst" in page.text


def test_nobody_tries_it_all_day(prover: Prover) -> None:
    for _time in range(LIMITS[Limited.SIGN_UP_PER_ACCOUNT].count):
        prover.client.post(TO, {"bij": ""})
    assert prover.leave()["Location"] == PROOF
    assert "te vaak geprobeerd" in prover.client.get(PROOF).text


# --- an organisation that somebody else signed up ---


@pytest.fixture
def claimant(eherkenning: AuthenticationService) -> Prover:
    """Somebody who signs up what a stranger signed up before."""
    stranger = browser(eherkenning, make_account("eerder@elders.example", "Erik Eerder"))
    stranger.client.post("/account/organisatie/", {**ELZENDAM, "public_task": "Verzonnen taak"})
    newcomer = browser(eherkenning, make_account("secretaris@elzendam.example", "Sanne Secretaris"))
    assert newcomer.client.post("/account/organisatie/", ELZENDAM)["Location"] == PROOF
    return newcomer


def test_who_claims_it_sees_what_to_prove_and_nobody_of_before(claimant: Prover) -> None:
    page = claimant.client.get(PROOF)
    assert "Gemeente Elzendam" in page.text
    assert "Iemand anders heeft deze organisatie aangemeld" in page.text
    for of_before in ("Erik", "eerder@", "Verzonnen"):
        assert of_before not in page.text
    own = claimant.client.get("/account/")
    assert "U werkt nog niet voor een organisatie" in own.text
    assert "Toon aan dat u voor uw organisatie werkt" in own.text
    for path in ("/organisatie/", "/organisatie/medewerkers/"):
        assert claimant.client.get(path)["Location"].startswith("/account/kiezen/")


def test_by_proof_it_is_theirs_and_nobody_of_before_gets_in(claimant: Prover) -> None:
    page = claimant.log_in(for_it(kvk=KvkNumber(ELZENDAM["kvk_number"])))
    assert "Dit is aangetoond." in page.text
    people = claimant.client.get("/organisatie/medewerkers/")
    assert "Sanne Secretaris" in people.text
    assert "Erik" not in people.text
    before = browser(claimant.service, _account("eerder@elders.example"))
    assert before.client.get("/organisatie/")["Location"].startswith("/account/kiezen/")
    assert before.client.get(PROOF)["Location"].startswith("/account/kiezen/")


def _account(email: str) -> Somebody:
    """Who made an account before, with a new app."""
    from tests.accounts import code_of
    from volmacht.parties.models import Account

    known = queries.account_with_email(email)
    assert known is not None
    key = operations.new_totp_secret()
    assert operations.set_totp(known.id, secret=key, code=code_of(key)) is None
    Account.objects.filter(id=known.id).update(totp_step=0)
    return Somebody(known.id, email, known.name, key)


def test_a_session_of_before_ends_with_the_proof_of_another(
    claimant: Prover, eherkenning: AuthenticationService
) -> None:
    before = browser(eherkenning, _account("eerder@elders.example"))
    assert before.client.get("/organisatie/").status_code == 200
    claimant.log_in(for_it(kvk=KvkNumber(ELZENDAM["kvk_number"])))
    assert before.client.get("/organisatie/")["Location"].startswith("/account/kiezen/")


def test_who_came_second_is_told_to_ask_for_an_invitation(
    claimant: Prover, eherkenning: AuthenticationService
) -> None:
    late = browser(eherkenning, make_account("late@elzendam.example"))
    late.client.post("/account/organisatie/", ELZENDAM)
    question = late.ask()
    claimant.log_in(for_it(kvk=KvkNumber(ELZENDAM["kvk_number"])))
    page = late.come_back(question, for_it(kvk=KvkNumber(ELZENDAM["kvk_number"])))
    assert "om een uitnodiging" in page.text
    assert "Sanne" not in page.text
    assert "Bewijs het met eHerkenning" not in page.text
    late.client.post(f"{PROOF}niet/")
    assert late.client.get(PROOF)["Location"].startswith("/account/kiezen/")


def test_no_address_says_which_organisation_it_is_about(claimant: Prover) -> None:
    sent = claimant.leave()
    form = claimant.form(sent)
    assert "99992002" not in str(form.fields)
    answer = claimant.open(claimant.service.log_in(claimant.service.receive(form.fields), for_it()))
    assert set(parse_qs(urlsplit(answer["Location"]).query)) == {"SAMLart", "RelayState"}
