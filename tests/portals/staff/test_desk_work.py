"""The queue, what is written, what the desk keeps, and the record of who looked at what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from pytest_django import Settings

from tests.onboarding.filled_in import handed_in, prepared
from tests.portals.staff.desk import a_town, an_employee
from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.models import Event
from volmacht.config.options import Profile
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import THE_SYSTEM, CaseActor
from volmacht.onboarding.models import Case, Report
from volmacht.onboarding.moving import open_case
from volmacht.rules.onboarding.cases import CaseKind, Objection
from volmacht.rules.roles import StaffRole
from volmacht.rules.tariffs import Tariff

pytestmark = pytest.mark.usefixtures("db")
MONDAY = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def again(client: Client, answer: Any) -> Any:
    """The page of a form that was not accepted."""
    return client.get(answer["Location"])


def test_the_queue_says_in_words_what_is_overdue_and_what_nearly_is(
    clock_at: Callable[[datetime], None],
) -> None:
    clock_at(MONDAY)
    client, _ = an_employee(StaffRole.ASSESSOR)
    assert "Er wacht niets op ons" in client.get("/bureau/").text
    body, signatory, _somebody = a_town()
    case_id = handed_in(body, signatory)
    assert "Te laat" not in client.get("/bureau/").text.partition('class="queue"')[2]
    Case.objects.filter(id=case_id).update(due_on="2020-01-02")
    page = client.get("/bureau/").text
    assert "1 dossier is te laat" in page
    assert "Te laat" in page.partition('class="queue"')[2]
    assert "Uiterlijk: 2 januari 2020" in strip_tags(page), "also for who copies it, or has it read"
    tomorrow = clock.today() + timedelta(days=1)
    Case.objects.filter(id=case_id).update(due_on=tomorrow)
    assert "Bijna te laat" in client.get("/bureau/").text.partition('class="queue"')[2]
    assert "2 januari" not in client.get("/bureau/?welke=dringend").text


def test_the_queue_is_filtered_and_searched() -> None:
    client, actor = an_employee(StaffRole.ASSESSOR)
    body, signatory, _somebody = a_town()
    first = Case.objects.get(id=handed_in(body, signatory)).number
    question = open_case(
        CaseKind.QUESTION,
        by=THE_SYSTEM,
        organisation_id=None,
        organisation_name="Waterschap Vecht",
        oin="123",
    )
    operations.assign(case_id=question.id, to=actor.id, actor=actor)

    def found(query: str) -> set[str]:
        page = client.get(f"/bureau/?{query}").text
        return {one for one in (first, question.number) if f"{one} · " in page}

    both = {first, question.number}
    assert found("") == both
    assert found("welke=van-mij") == {question.number}
    assert found("welke=van-niemand") == {first}
    assert found("soort=application") == {first}
    assert found("stand=open") == {question.number}
    assert found("stap=CN-2") == {first}
    assert found("stap=CN-3&stand=open") == set()
    assert found("zoek=vecht") == {question.number}
    assert found("zoek=00000001999900000000") == {first}
    assert found(f"zoek={first.lower()}") == {first}
    assert found(f"organisatie={body}") == {first}
    assert found("organisatie=onzin&stand=nergens") == both, "what cannot be is not filtered on"
    assert "Geen dossier past" in client.get("/bureau/?zoek=nergens").text
    assert client.get("/bureau/?pagina=999").status_code == 200


def test_a_longer_queue_asks_the_database_no_more() -> None:
    client, _ = an_employee(StaffRole.ASSESSOR)
    counts = []
    for size in (1, 30):
        for _number in range(size):
            open_case(CaseKind.QUESTION, by=THE_SYSTEM, organisation_id=None, organisation_name="Gemeente")
        client.get("/bureau/")
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/bureau/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "Pagina 1 van 2" in page.text


def test_a_case_is_assigned_to_me_to_a_colleague_and_to_nobody() -> None:
    client, actor = an_employee(StaffRole.ASSESSOR)
    _, colleague = an_employee(StaffRole.ASSESSOR, name="Bert Beoordelaar")
    _, auditor = an_employee(StaffRole.AUDITOR, name="Ada Auditor")
    body, signatory, _somebody = a_town()
    case = Case.objects.get(id=handed_in(body, signatory))
    address = f"/bureau/dossier/{case.number}/toewijzen/"
    page = client.get(address).text
    assert "Bert Beoordelaar" in page
    assert "Ada Auditor" not in page
    for chosen, whose in (("mij", actor.id), (str(colleague.id), colleague.id), ("niemand", None)):
        assert client.post(address, {"wie": chosen}).status_code == 302
        case.refresh_from_db()
        assert case.assigned_to == whose
    assert again(client, client.post(address, {"wie": str(auditor.id)})).status_code == 400


def test_messages_go_to_the_organisation_and_notes_do_not() -> None:
    client, _ = an_employee(StaffRole.ASSESSOR)
    body, signatory, _somebody = a_town()
    case_id = handed_in(body, signatory)
    address = f"/bureau/dossier/{Case.objects.get(id=case_id).number}/"
    assert client.post(f"{address}bericht/", {"tekst": "Stuur nog iets."}).status_code == 302
    assert client.post(f"{address}notitie/", {"tekst": "Let op de wet."}).status_code == 302
    page = client.get(address).text
    assert "Stuur nog iets." in page
    assert "Let op de wet." in page
    theirs = queries.case_page(case_id, signatory)
    assert theirs is not None
    assert [one.text for one in theirs.messages] == ["Stuur nog iets."]


def test_a_standard_sentence_is_added_to_what_was_typed_without_a_script() -> None:
    client, _ = an_employee(StaffRole.ASSESSOR)
    _, manager = an_employee(StaffRole.SERVICE_MANAGER, name="Mia Manager")
    kept = operations.keep_sentence(
        title="Wet", text_nl="Noem het artikel.", text_en="Name the article.", actor=manager
    )
    body, signatory, _somebody = a_town()
    number = Case.objects.get(id=handed_in(body, signatory)).number
    for address, text in (
        (f"/bureau/dossier/{number}/bericht/", "Noem het artikel."),
        (f"/en/bureau/dossier/{number}/bericht/", "Name the article."),
    ):
        answer = client.post(address, {"tekst": "Beste,", "zin": str(kept), "invoegen": "tekst"})
        page = again(client, answer)
        assert page.status_code == 200
        assert f"Beste,\n{text}" in page.text.replace("\r", "")
        assert 'id="fouten"' not in page.text
    reasons = f"/bureau/dossier/{number}/teruggeven/redenen/?veld=application/organisation/legal_basis"
    answer = client.post(
        reasons,
        {
            "application/organisation/legal_basis": "",
            "zin": str(kept),
            "invoegen": "application/organisation/legal_basis",
        },
    )
    assert "Noem het artikel.</textarea>" in again(client, answer).text
    assert not Case.objects.get(number=number).messages.exists()


@pytest.mark.parametrize("length", [4001, 10_000_000])
def test_a_text_that_is_far_too_long_gets_a_clear_answer(length: int) -> None:
    client, _ = an_employee(StaffRole.ASSESSOR)
    body, signatory, _somebody = a_town()
    number = Case.objects.get(id=handed_in(body, signatory)).number
    answer = client.post(f"/bureau/dossier/{number}/bericht/", {"tekst": "x" * length})
    if answer.status_code == 303:
        answer = again(client, answer)
        assert "Dit is te lang" in answer.text
    assert answer.status_code in {400, 413}
    assert not Case.objects.get(number=number).messages.exists()


def test_verdicts_are_kept_per_family_and_nothing_typed_is_lost() -> None:
    one, judge = an_employee(StaffRole.ASSESSOR)
    other, second = an_employee(StaffRole.ASSESSOR, name="Bert Beoordelaar")
    body, signatory, _somebody = a_town()
    case_id = handed_in(body, signatory)
    operations.propose_approval(case_id=case_id, actor=judge)
    operations.confirm_approval(case_id=case_id, actor=second)
    operations.offer_for_test(case_id=case_id, actor=signatory)
    number = Case.objects.get(id=case_id).number
    address = f"/bureau/dossier/{number}/rapport/"
    family = f"{address}M/"
    answer = one.post(
        family,
        {
            "oordeel-CK-M1": "pass",
            "oordeel-CK-M2": "fail",
            "reden-CK-M2": "",
            "reden-CK-M3": "Zonder oordeel",
        },
    )
    page = again(one, answer)
    assert page.status_code == 400
    assert "Schrijf op waarom." in page.text
    assert "Kies een oordeel." in page.text
    assert "Zonder oordeel" in page.text
    assert set(Report.objects.get().verdicts) == {"CK-M1"}, "what was good is kept at once"
    assert (
        other.post(family, {"oordeel-CK-M2": "fail", "reden-CK-M2": "Geen handtekening."}).status_code == 302
    )
    assert set(Report.objects.get().verdicts) == {"CK-M1", "CK-M2"}, "a colleague goes on with the same draft"
    overview = one.get(address).text
    assert "Geen handtekening." in overview
    assert one.get(f"{address}Z/").status_code == 404


def test_a_report_cannot_be_finished_while_checks_have_no_verdict() -> None:
    one, judge = an_employee(StaffRole.ASSESSOR)
    _, second = an_employee(StaffRole.ASSESSOR, name="Bert Beoordelaar")
    body, signatory, _somebody = a_town()
    case_id = handed_in(body, signatory)
    number = Case.objects.get(id=case_id).number
    address = f"/bureau/dossier/{number}/rapport/"
    assert one.get(address).status_code == 404, "nobody tests this now"
    operations.propose_approval(case_id=case_id, actor=judge)
    operations.confirm_approval(case_id=case_id, actor=second)
    operations.offer_for_test(case_id=case_id, actor=signatory)
    assert "doe-het" not in one.get(address).text
    page = again(one, one.post(address, {"tekst": ""}))
    assert page.status_code == 409
    assert "Niet elk punt heeft een oordeel" in page.text


def test_all_that_has_no_verdict_passes_at_once_for_trying_out_only(settings: Settings) -> None:
    one, judge = an_employee(StaffRole.ASSESSOR)
    _, second = an_employee(StaffRole.ASSESSOR, name="Bert Beoordelaar")
    body, signatory, _somebody = a_town()
    case_id = handed_in(body, signatory)
    operations.propose_approval(case_id=case_id, actor=judge)
    operations.confirm_approval(case_id=case_id, actor=second)
    operations.offer_for_test(case_id=case_id, actor=signatory)
    address = f"/bureau/dossier/{Case.objects.get(id=case_id).number}/rapport/"
    one.post(f"{address}M/", {"oordeel-CK-M1": "warning", "reden-CK-M1": "Zwak."})
    settings.VOLMACHT = replace(settings.VOLMACHT, profile=Profile.STANDARD)
    assert "de-rest" not in one.get(address).text
    one.post(address, {"de-rest": "1"})
    assert set(Report.objects.get().verdicts) == {"CK-M1"}, "for real every check is judged"
    settings.VOLMACHT = replace(settings.VOLMACHT, profile=Profile.DEMO)
    one.post(address, {"de-rest": "1"})
    given = Report.objects.get().verdicts
    assert len(given) > 100
    assert given["CK-M1"]["outcome"] == "warning", "what somebody judged stays"


def test_each_look_at_a_case_or_organisation_is_recorded_once_an_hour_with_why(
    clock_at: Callable[[datetime], None],
) -> None:
    client, judge = an_employee(StaffRole.ASSESSOR)
    helper, _ = an_employee(StaffRole.HELPDESK, name="Hanna Helpdesk")
    auditor, _ = an_employee(StaffRole.AUDITOR, name="Ada Auditor")
    body, signatory, _somebody = a_town()
    number = Case.objects.get(id=handed_in(body, signatory)).number

    def seen() -> int:
        return Event.objects.filter(kind=EventKind.STAFF_READ).count()

    client.get("/bureau/")
    assert seen() == 0, "a list is no reading of one case"
    for _time in range(2):
        client.get(f"/bureau/dossier/{number}/")
        client.get(f"/bureau/dossier/{number}/antwoorden/application/")
    assert seen() == 1
    client.get(f"/bureau/organisaties/{body}/")
    helper.get(f"/bureau/dossier/{number}/")
    assert seen() == 3
    page = auditor.get("/bureau/inzage/").text
    for text in ("Anna Beoordelaar", "Hanna Helpdesk", "Gemeente Dorp", number, "Beoordelen", "Helpen"):
        assert text in page
    only = auditor.get("/bureau/inzage/?waarvoor=support").text.partition("<tbody>")[2]
    assert "Hanna Helpdesk" in only
    assert "Anna Beoordelaar" not in only
    assert "<tbody>" in auditor.get(f"/bureau/inzage/?zoek={number}").text
    assert "<tbody>" in auditor.get(f"/bureau/inzage/?zoek=dorp&wie={judge.id}").text
    assert "Er is niets gevonden" in auditor.get("/bureau/inzage/?zoek=nergens").text
    assert "Er is niets gevonden" in auditor.get("/bureau/inzage/?dag_day=2&dag_month=1&dag_year=2020").text
    assert auditor.get("/bureau/inzage/?dag_day=31&dag_month=2&dag_year=2026").status_code == 400


def test_after_an_hour_a_look_is_recorded_again(clock_at: Callable[[datetime], None]) -> None:
    from volmacht.rules.reading import ReadPurpose

    _, judge = an_employee(StaffRole.ASSESSOR)
    body, signatory, _somebody = a_town()
    case_id = prepared(body, signatory)

    def look() -> bool:
        return operations.note_reading(
            about=case_id, organisation_id=body, purpose=ReadPurpose.JUDGING, thing="case", actor=judge
        )

    clock_at(MONDAY)
    assert look()
    clock_at(MONDAY + timedelta(minutes=59))
    assert not look()
    clock_at(MONDAY + timedelta(minutes=61))
    assert look()


def test_the_proof_of_organisation_and_signatory_is_recorded_from_a_closed_list() -> None:
    client, _ = an_employee(StaffRole.ASSESSOR)
    body, _signatory, somebody = a_town(proven=False)
    address = f"/bureau/organisaties/{body}/"
    page = client.get(address).text
    assert somebody.email not in page, "no more personal data than needed"
    assert "Leg vast dat de organisatie bewezen is" in page
    assert again(client, client.post(f"{address}bewijs/", {"hoe": "certificate"})).status_code == 400
    assert client.post(f"{address}bewijs/", {"hoe": "letter"}).status_code == 302
    assert client.post(f"{address}bewijs/{somebody.id}/", {"hoe": "video_call"}).status_code == 302
    from volmacht.parties import queries as parties

    known = parties.connecting_organisation(body)
    assert known is not None
    assert known.proven
    assert known.signatory_proven
    assert "Leg vast" not in client.get(address).text


def test_organisations_are_found_by_name_and_number() -> None:
    client, _ = an_employee(StaffRole.HELPDESK, name="Hanna Helpdesk")
    assert "nog geen organisatie" in client.get("/bureau/organisaties/").text
    a_town()
    for text in ("dorp", "DORP gemeente", "00000001999900000000"):
        assert "Gemeente Dorp" in client.get("/bureau/organisaties/", {"zoek": text}).text
    assert "Geen organisatie past" in client.get("/bureau/organisaties/?zoek=elders").text
    assert "Gemeente Dorp" not in client.get("/bureau/organisaties/?pagina=99").text


@pytest.mark.parametrize("nothing", ["A-2026-9999", "%00", "a%0Ab", "x" * 500, "%F0%9F%92%A9", "' OR 1=1 --"])
def test_a_number_that_is_no_number_is_not_there(nothing: str) -> None:
    client, _ = an_employee(StaffRole.ASSESSOR)
    assert client.get(f"/bureau/dossier/{nothing}/").status_code in {400, 404}
    assert client.get(f"/bureau/?zoek={nothing}").status_code in {200, 400}
    auditor, _ = an_employee(StaffRole.AUDITOR, name="Ada Auditor")
    assert auditor.get(f"/bureau/inzage/?zoek={nothing}").status_code in {200, 400}


def test_sentences_are_added_changed_and_switched_off() -> None:
    client, _ = an_employee(StaffRole.SERVICE_MANAGER, name="Mia Manager")
    data = {"titel": "Groet", "nederlands": "Dag.", "engels": "", "gebruiken": "on"}
    assert client.post("/bureau/zinnen/nieuw/", data).status_code == 302
    (one,) = queries.standard_sentences()
    client.post("/bureau/zinnen/nieuw/", {**data, "nederlands": "Anders."})
    assert queries.standard_sentences() == (one,), "a title that exists is not overwritten by adding"
    address = f"/bureau/zinnen/{one.id}/"
    assert client.post(address, {"titel": "Anders", "nederlands": "Goedendag."}).status_code == 302
    assert queries.standard_sentences() == ()
    (kept,) = queries.standard_sentences(all_of_them=True)
    assert (kept.title, kept.text_nl, kept.active) == ("Groet", "Goedendag.", False)
    assert Event.objects.filter(kind=EventKind.SENTENCE_KEPT).count() == 2


def test_a_tariff_is_an_amount_or_centrally_funded() -> None:
    client, _ = an_employee(StaffRole.SERVICE_MANAGER, name="Mia Manager")
    new = "/bureau/tarieven/nieuw/"
    for wrong in (
        {"jaar": "2028", "wie": "bedrag", "bedrag": ""},
        {"jaar": "2028", "wie": "bedrag", "bedrag": "-1"},
        {"jaar": "2028", "wie": "rijk", "bedrag": "0,25"},
        {"jaar": "1999", "wie": "rijk", "bedrag": ""},
        {"jaar": "", "wie": "", "bedrag": ""},
    ):
        assert again(client, client.post(new, wrong)).status_code == 400, wrong
    assert client.post(new, {"jaar": "2028", "wie": "bedrag", "bedrag": "0,25"}).status_code == 302
    assert Tariff(2028, 25, centrally_funded=False) in queries.tariffs()
    assert client.post("/bureau/tarieven/2028/", {"wie": "rijk", "bedrag": ""}).status_code == 302
    assert Tariff(2028, None, centrally_funded=True) in queries.tariffs()
    assert Event.objects.filter(kind=EventKind.TARIFF_SET).count() == 2
    assert client.post(new, {"jaar": "2028", "wie": "bedrag", "bedrag": "1"})["Location"].endswith("/2028/")
    assert client.get("/bureau/tarieven/2099/").status_code == 404


def test_only_who_manages_tariffs_sets_one() -> None:
    _, judge = an_employee(StaffRole.ASSESSOR)
    nobody = CaseActor(judge.side, UUID(int=7))
    for actor in (judge, nobody):
        refused = operations.set_tariff(tariff=Tariff(2028, 1, centrally_funded=False), actor=actor)
        assert refused is Objection.NO_RIGHT


def test_a_question_is_answered_and_closed_and_a_helper_judges_nothing() -> None:
    helper, _ = an_employee(StaffRole.HELPDESK, name="Hanna Helpdesk")
    body, signatory, _somebody = a_town()
    asked = operations.ask_question(
        organisation_id=body, actor=signatory, subject="Certificaat", text="Welk certificaat?"
    )
    case = Case.objects.get(id=asked)
    address = f"/bureau/dossier/{case.number}/"
    page = helper.get(address).text
    assert "Beantwoord de vraag" in page
    assert "Certificaat" in page
    assert "Stel goedkeuring voor" not in page
    assert helper.post(f"{address}bericht/", {"tekst": "Een van PKIoverheid."}).status_code == 302
    case.refresh_from_db()
    assert case.state == "answered"
    assert helper.post(f"{address}sluiten/", {"tekst": ""}).status_code == 302
    case.refresh_from_db()
    assert case.state == "closed"


def test_who_is_not_proven_is_not_approved_and_the_desk_reads_what_to_do() -> None:
    client, _ = an_employee(StaffRole.ASSESSOR)
    body, signatory, _somebody = a_town(proven=False)
    number = Case.objects.get(id=handed_in(body, signatory)).number
    page = again(client, client.post(f"/bureau/dossier/{number}/goedkeuren/"))
    assert page.status_code == 409
    assert "leg vast wat u hebt vastgesteld" in page.text
    assert Case.objects.get(number=number).state == "preproduction_review"
