"""Text that was made to break things: it is shown as text, or refused in plain words."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.mandates import scene
from tests.mandates.scene import Someone
from tests.portals.citizen.mandates.browsing import text_of
from volmacht.parties.models import Party

HTML = '<script>alert("x")</script>'
FORMS = {
    "mandates:enter-code": ["code", "bsn"],
    "mandates:email-give": ["email"],
    "mandates:my-data": ["language"],
    "mandates:propose-renewals": ["machtiging"],
}


@pytest.mark.parametrize(
    "text",
    [HTML, "🧓🏽‍🦯" * 50, "\u202egnp.exe", "' OR 1=1 --", "{{ settings }}", "%(name)s %s %", "é" * 5000],
)
@pytest.mark.parametrize("name", list(FORMS))
def test_a_form_gives_hostile_text_back_as_text(mothers: Client, name: str, text: str) -> None:
    response = mothers.post(reverse(name), dict.fromkeys(FORMS[name], text), follow=True)
    assert response.status_code == 400
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("name", list(FORMS))
def test_a_null_byte_is_refused_in_plain_words(mothers: Client, name: str) -> None:
    response = mothers.post(reverse(name), dict.fromkeys(FORMS[name], "a\x00b"))
    assert response.status_code == 400
    assert "Dit kunnen wij niet lezen" in text_of(response)


@pytest.mark.parametrize("name", list(FORMS))
def test_ten_megabytes_are_refused_in_plain_words(mothers: Client, name: str) -> None:
    response = mothers.post(reverse(name), dict.fromkeys(FORMS[name], "x" * 10_000_000))
    assert response.status_code == 413
    assert "Dit is te groot" in text_of(response)


@pytest.mark.parametrize("text", [HTML, "a" * 5000, "%_", "🙂", "\u202e", "' OR 1=1 --", "zq " * 2000])
def test_any_text_can_be_searched_for(mothers: Client, mother: Someone, daughter: Someone, text: str) -> None:
    scene.mandate(mother, daughter)
    response = mothers.get(reverse("mandates:mine"), {"zoek": text})
    assert response.status_code == 200
    assert "0 machtigingen gevonden" in text_of(response)
    assert "<script>alert" not in response.content.decode()


def test_hostile_dates_are_named(mothers: Client, mother: Someone, daughter: Someone) -> None:
    address = reverse("mandates:restrict", args=[scene.mandate(mother, daughter)])
    for day, month, year in (
        ("31", "2", "2027"),
        ("1", "13", "2027"),
        ("٣", "1", "2027"),
        ("1", "1", "9999999999"),
    ):
        typed = {"last_day_day": day, "last_day_month": month, "last_day_year": year, "seen": "x"}
        response = mothers.post(address, typed, follow=True)
        assert response.status_code == 400
        assert "Er is iets niet goed ingevuld" in text_of(response)


def test_the_last_day_that_there_is_does_no_harm(mothers: Client, mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter)
    last = {"last_day_day": "31", "last_day_month": "12", "last_day_year": "9999"}
    first = {"last_day_day": "1", "last_day_month": "1", "last_day_year": "0001"}
    for name in ("mandates:restrict", "mandates:renew"):
        for day in (last, first):
            response = mothers.post(reverse(name, args=[mandate_id]), {**day, "until": "zelf"}, follow=True)
            assert response.status_code == 400


def test_a_name_is_never_markup(mothers: Client, mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter)
    Party.objects.filter(id=daughter.id).update(name=HTML)
    for name in ("mandate", "restrict", "renew", "end", "dispute"):
        content = mothers.get(reverse(f"mandates:{name}", args=[mandate_id])).content.decode()
        assert "<script>alert" not in content
        assert "&lt;script&gt;" in content
    for name in ("mine", "my-data-print"):
        assert "<script>alert" not in mothers.get(reverse(f"mandates:{name}")).content.decode()
    for name, said in (("end", "De machtiging is gestopt"), ("dispute", "Goed dat u het zegt")):
        answer = mothers.post(reverse(f"mandates:{name}", args=[mandate_id]), follow=True)
        assert said in answer.content.decode()
        assert "<script>alert" not in answer.content.decode()


def test_somebody_whose_name_was_erased_is_still_readable(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    Party.objects.filter(id=daughter.id).update(name="", search_name="")
    text = text_of(mothers.get(reverse("mandates:mandate", args=[mandate_id])))
    assert "iemand van wie wij de naam niet meer hebben" in text
