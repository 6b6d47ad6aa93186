"""*This is not right* of what is over, while the other can still log in: it stops what can be used now (DM-39a)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.mandates import scene
from tests.mandates.scene import Someone
from tests.portals.citizen.mandates.browsing import text_of
from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_of
from volmacht.mandates.operations import answer_provider, end_mandate
from volmacht.mandates.queries import list_uses, mandate_for
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refusal

USES = "/mijn/gebruik/"
STOP = "Dit klopt niet: stop de machtiging van"
STOP_OTHER = "Dit klopt niet: stop de machtiging die er nu is"
ADVICE = "Kijk bij mijn machtigingen of de andere wel kloppen."


def dispute_address(mandate_id: UUID) -> str:
    """Where the button leads."""
    return reverse("mandates:dispute", args=[mandate_id])


def used(mother: Someone, daughter: Someone, name: str = scene.MUNICIPAL_TAXES) -> UUID:
    """A mandate with which the daughter logged in."""
    mandate_id = scene.mandate(mother, daughter, name)
    answer_provider(scene.asked(mother, daughter))
    return mandate_id


def end_of(mandate_id: UUID, mother: Someone) -> EndReason | None:
    """Why a mandate ended."""
    entry = mandate_for(mandate_id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    return entry.end_reason


@pytest.mark.parametrize("name", [scene.MUNICIPAL_TAXES, scene.LOCAL_TAXES])
def test_one_click_on_an_older_use_stops_the_mandate_that_can_be_used_now(
    mothers: Client, mother: Someone, daughter: Someone, name: str
) -> None:
    """The same service again, or a set that holds it."""
    first = used(mother, daughter)
    second = scene.mandate(mother, daughter, name)
    if name == scene.LOCAL_TAXES:
        end_mandate(mandate_id=first, by=daughter.id, environment=Environment.PRODUCTION)
    assert scene.allowed(scene.asked(mother, daughter)) == second
    page = mothers.get(USES).content.decode()
    assert STOP_OTHER in page
    assert f'action="{dispute_address(second)}"' in page
    assert f'name="over" value="{first}"' in page
    for _ in range(2):
        text = text_of(mothers.post(dispute_address(second), {"over": str(first)}, follow=True))
        assert "Goed dat u het zegt. De machtiging is gestopt" in text
        assert ADVICE in text
        assert "Er is nog niet ingelogd met deze machtiging." in text
        assert "Kijk hieronder" not in text
        assert "Kijk bij wanneer er is ingelogd of iemand voor u inlogde" in text
    assert end_of(second, mother) is EndReason.DISPUTED
    assert scene.refused(scene.asked(mother, daughter)) is Refusal.MANDATE_ENDED
    assert [one.kind for one in history_of(first)].count(EventKind.MANDATE_DISPUTED) == 1
    after = mothers.get(USES).content.decode()
    assert "U hebt gezegd dat dit niet klopt. Wij hebben dat opgeschreven." in after
    assert "klopt-niet" not in after


def test_a_mandate_that_goes_on_is_stopped_itself_also_beside_a_set(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    first = used(mother, daughter)
    wide = scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    page = mothers.get(USES).content.decode()
    assert "Dit klopt niet: stop de machtiging<" in page
    assert f'action="{dispute_address(first)}"' in page
    response = mothers.post(dispute_address(first), follow=True)
    assert f"{daughter.name} heeft nu een andere machtiging, en kan daarmee voor u inloggen:" in text_of(
        response
    )
    assert f'action="{dispute_address(wide)}"' in response.content.decode()


@pytest.mark.parametrize("later", [False, True])
def test_the_page_of_a_replaced_mandate_names_what_stands_and_stops_that(
    mothers: Client, mother: Someone, daughter: Someone, *, later: bool
) -> None:
    first = used(mother, daughter)
    end_mandate(mandate_id=first, by=daughter.id, environment=Environment.PRODUCTION)
    second = scene.mandate(mother, daughter, first_day=clock.today() + timedelta(days=3 if later else 0))
    said = (
        "heeft nog een machtiging. Die begint op 26 november 2026:"
        if later
        else "heeft nu een andere machtiging"
    )
    for address in (reverse("mandates:mandate", args=[first]), dispute_address(first)):
        response = mothers.get(address)
        assert f"{daughter.name} {said}" in text_of(response)
        assert scene.MUNICIPAL_TAXES in text_of(response)
        html = response.content.decode()
        assert f'action="{dispute_address(second)}"' in html
        assert 'id="klopt-niet"' not in html
        assert "Niemand kan de machtiging nog gebruiken" not in html
    # Pressed in a window of before the second was given: it is noted, and the page tells.
    text = text_of(mothers.post(dispute_address(first), follow=True))
    assert "Niemand kan de machtiging nog gebruiken" not in text
    assert "Er is wel een andere: die staat hieronder." in text
    assert f"{daughter.name} {said}" in text
    assert ADVICE in text


def test_where_nothing_stands_the_button_does_not_promise_to_stop_anything(
    mothers: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    first = used(mother, daughter)
    end_mandate(mandate_id=first, by=daughter.id, environment=Environment.PRODUCTION)
    scene.mandate(mother, daughter, scene.PENSION)
    scene.mandate(mother, neighbour)
    page = mothers.get(USES).content.decode()
    assert "stop de machtiging" not in page
    assert f'action="{dispute_address(first)}"' in page
    text = text_of(mothers.post(dispute_address(first), follow=True))
    assert "Niemand kan de machtiging nog gebruiken." in text
    assert ADVICE in text


def test_a_set_that_lost_the_service_does_not_count(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    end_mandate(mandate_id=used(mother, daughter), by=daughter.id, environment=Environment.PRODUCTION)
    scene.mandate(mother, daughter, scene.LOCAL_TAXES)
    assert STOP_OTHER in mothers.get(USES).content.decode()
    scene.end_relation(scene.service(scene.LOCAL_TAXES).id, scene.service(scene.MUNICIPAL_TAXES).id)
    assert "stop de machtiging" not in mothers.get(USES).content.decode()


def test_a_refused_attempt_that_was_noted_has_no_button_any_more(
    mothers: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    answer_provider(scene.asked(mother, neighbour))
    scene.mandate(mother, daughter)
    answer_provider(scene.asked(mother, daughter, scene.PENSION))
    for use in list_uses(mother.id, environment=Environment.PRODUCTION).entries:
        address = reverse("mandates:dispute-use", args=[use.id])
        assert f'action="{address}"' in mothers.get(USES).content.decode()
        text = text_of(mothers.post(address, follow=True))
        assert "Iemand anders logde in met een eigen DigiD" in text
        assert "Misschien kent iemand anders uw DigiD" not in text
        knows = "Wij kunnen nagaan wie het was." in text
        assert knows is (use.representative_id == neighbour.id)
        assert f'action="{address}"' not in mothers.get(USES).content.decode()
    assert mothers.get(USES).content.decode().count("U hebt gezegd dat dit niet klopt.") == 2


def test_nobody_notes_anything_about_a_mandate_of_others(
    mothers: Client, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    mine, foreign = scene.mandate(mother, daughter), scene.mandate(neighbour, daughter)
    before = history_of(foreign)
    mothers.post(dispute_address(mine), {"over": str(foreign)})
    assert history_of(foreign) == before
    for strange, status in ((str(uuid4()), 302), ("x", 400)):
        assert mothers.post(dispute_address(mine), {"over": strange}).status_code == status


def test_the_representative_hears_nothing_of_it(
    daughters: Client, mothers: Client, mother: Someone, daughter: Someone
) -> None:
    first = used(mother, daughter)
    mothers.post(dispute_address(scene.mandate(mother, daughter)), {"over": str(first)})
    assert "niet klopt" not in text_of(daughters.get(USES))
    assert all(
        use.stands is None and not use.disputed
        for use in list_uses(daughter.id, environment=Environment.PRODUCTION).entries
    )
