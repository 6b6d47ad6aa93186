"""Everything about one mandate, as each of its two parties sees it (DM-30, DM-41)."""

from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.scene import Someone
from tests.mandates.test_trying import Clock
from tests.portals.citizen.mandates.browsing import logged_in_browser, text_of
from volmacht.mandates.operations import (
    ActivationDone,
    MandateMade,
    answer_provider,
    end_mandate,
    renew_mandate,
    restrict_mandate,
)
from volmacht.mandates.queries import mandate_for
from volmacht.rules.environment import Environment


def page(browser: Client, mandate_id: object, **query: str) -> str:
    """The text of the page of a mandate."""
    response = browser.get(reverse("mandates:mandate", args=[mandate_id]), query)
    assert response.status_code == 200
    return text_of(response)


def test_every_fact_of_the_mandate_is_there(
    mothers: Client, daughters: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    for browser, who in (
        (mothers, f"Wie dit voor u regelt {daughter.name}"),
        (daughters, f"Voor wie u dit regelt {mother.name}"),
    ):
        text = page(browser, mandate_id)
        for part in (
            who,
            "Geldig",
            scene.LOCAL_TAXES,
            "Gemeente Voorbeeld, Waterschap Voorbeeldstroom",
            "Begint 23 november 2026",
            "Laatste dag 22 november 2029",
            f"Voor deze diensten {scene.MUNICIPAL_TAXES} {scene.WATER_TAX}",
            "Uw gemachtigde mag uw rekeningnummer niet veranderen.",
            "online gegeven, met een code",
            "Ingelogd bij het geven DigiD-app met ID-check",
            "Ingelogd bij het aannemen DigiD-app met ID-check",
            "Bij ons vastgelegd 23 november 2026 om 12.00 uur",
            str(mandate_id),
        ):
            assert part in text


def test_the_history_tells_each_step_and_who_took_it(
    clock_at: Clock, mothers: Client, daughters: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    clock_at(NOON + timedelta(days=1))
    entry = mandate_for(mandate_id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    restrict_mandate(
        mandate_id=mandate_id,
        by=daughter.id,
        last_day=date(2027, 1, 31),
        keep=entry.covered[:1],
        environment=Environment.PRODUCTION,
    )
    clock_at(NOON + timedelta(days=2))
    renew_mandate(
        mandate_id=mandate_id,
        represented=mother.id,
        level=scene.LEVEL,
        last_day=date(2027, 6, 30),
        environment=Environment.PRODUCTION,
    )
    clock_at(NOON + timedelta(days=3))
    end_mandate(mandate_id=mandate_id, by=daughter.id, environment=Environment.PRODUCTION)
    given = page(mothers, mandate_id).partition("Wat er is gebeurd")[2]
    noon = "november 2026 om 12.00 uur"
    shorter = f"({daughter.name}) 24 {noon} Tot en met 31 januari 2027 Zonder: {scene.WATER_TAX}"
    steps = [
        f"De machtiging is aangevraagd (u) 23 {noon} Van 23 november 2026 tot en met 22 november 2029",
        f"De machtiging is geactiveerd met de code ({daughter.name})",
        f"De machtiging is korter of kleiner gemaakt {shorter}",
        f"De machtiging is verlengd (u) 25 {noon} Tot en met 30 juni 2027",
        f"De machtiging is gestopt ({daughter.name}) 26 {noon} gestopt door de gemachtigde",
    ]
    assert [given.index(step) for step in steps] == sorted(given.index(step) for step in steps)
    assert "De machtiging is korter of kleiner gemaakt (u)" in page(daughters, mandate_id)


def test_a_mandate_given_directly_says_so(mothers: Client, mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    made = scene.grant_directly(mother, daughter)
    assert isinstance(made, MandateMade)
    text = page(mothers, made.mandate_id)
    assert "De machtiging is gegeven, zonder code (u)" in text
    assert "online gegeven aan iemand die al eerder was gemachtigd" in text
    assert "Ingelogd bij het aannemen" not in text


def test_only_who_made_the_code_sees_what_others_did_with_it(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    made = scene.request(mother)
    scene.try_code(scene.main_character("widow"), neighbour.bsn, made.code)
    done = scene.activate(daughter, mother, made.code)
    assert isinstance(done, ActivationDone)
    failed = "Er is een code ingevuld met een burgerservicenummer (BSN) dat er niet bij hoort (iemand anders)"
    assert failed in page(logged_in_browser(mother), done.mandate_id)
    assert "dat er niet bij hoort" not in page(logged_in_browser(daughter), done.mandate_id)


def test_an_ended_mandate_says_when_and_why_and_cannot_be_changed(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    end_mandate(mandate_id=mandate_id, by=daughter.id, environment=Environment.PRODUCTION)
    text = page(mothers, mandate_id)
    assert "Geëindigd op 23 november 2026 om 12.00 uur: gestopt door de gemachtigde." in text
    assert f"{daughter.name} regelde dit voor u" in text
    for action in ("Verlengen", "Korter maken", "Intrekken", "stopt de machtiging meteen"):
        assert action not in text
    assert "Opnieuw iemand machtigen" in text


def test_each_side_has_its_own_actions(
    mothers: Client, daughters: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=date(2027, 3, 1))
    given, received = page(mothers, mandate_id), page(daughters, mandate_id)
    for action in (
        "Verlengen Dit kan nu tot en met 22 november 2029.",
        "Korter maken",
        "Intrekken",
        "Dit klopt niet",
    ):
        assert action in given
    assert "Korter maken" in received
    assert "Stoppen met deze machtiging" in received
    for action in ("Verlengen", "Intrekken", "Dit klopt niet"):
        assert action not in received


def test_renewing_is_offered_only_when_it_would_be_longer(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    assert "Verlengen" not in page(mothers, scene.mandate(mother, daughter))


def test_the_uses_of_the_mandate_come_in_pages_for_both(
    clock_at: Clock, mothers: Client, daughters: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    for hours in range(1, 8):
        clock_at(NOON + timedelta(hours=hours))
        answer_provider(scene.asked(mother, daughter))
    given = page(mothers, mandate_id)
    assert "Wanneer is er ingelogd? (7)" in given
    assert f"23 november 2026 om 19.00 uur {daughter.name}, voor u" in given
    assert (
        "om 13.00 uur" not in given.partition("Wanneer is er ingelogd?")[2].partition("Wat er is gebeurd")[0]
    )
    assert f"om 13.00 uur U, voor {mother.name}" in page(daughters, mandate_id, pagina="2")


def test_a_mandate_that_was_never_used_says_so(mothers: Client, mother: Someone, daughter: Someone) -> None:
    assert "Er is nog niet ingelogd met deze machtiging." in page(mothers, scene.mandate(mother, daughter))


def test_an_address_cannot_say_that_something_was_just_done(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    for happened in ("beperkt", "verlengd", "gestopt", "klopt-niet", "te-laat", "onzin", "e-mail"):
        assert page(mothers, mandate_id, gedaan=happened) == page(mothers, mandate_id)


def test_what_was_done_is_said_once_and_on_the_page_of_that_mandate(
    mothers: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    renewed, other = (
        scene.mandate(mother, daughter, last_day=date(2027, 6, 1)),
        scene.mandate(mother, neighbour),
    )
    answer = mothers.post(reverse("mandates:renew", args=[renewed]), {"until": "langst"})
    assert answer["Location"] == reverse("mandates:mandate", args=[renewed])
    assert "De laatste dag is nu" not in page(mothers, other)
    assert "De laatste dag is nu" in page(mothers, renewed)
    assert "De laatste dag is nu" not in page(mothers, renewed)


def test_the_page_is_there_in_english(mothers: Client, mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter)
    text = text_of(mothers.get(f"/en/mijn/machtigingen/{mandate_id}/"))
    assert f"{daughter.name} arranges this for you" in text
    assert "The mandate was activated with the code" in text
    assert "This is not right" in text
