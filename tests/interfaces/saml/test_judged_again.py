"""What changed between the log-in and the moment at which the provider fetches the answer (DM-33, BV-14, ST-26)."""

import pytest

from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import extended, request
from tests.interfaces.saml.browsing import MANDATORY, Browser, own_keys
from tests.interfaces.saml.representation_service import RepresentationService, stated
from volmacht.audit.kinds import EventKind
from volmacht.audit.models import Event
from volmacht.catalogue.kinds import ChangeKind
from volmacht.logins.models import Federation
from volmacht.mandates.models import Use
from volmacht.protocols.saml.messages import Status
from volmacht.protocols.saml.status import Outcome, ResolveOutcome
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.refusals import Refusal

NOT_ACTIVE = Outcome.NOT_ACTIVE.status()
NO_LONGER_VALID = Outcome.NO_LONGER_VALID.status()
OFF = [
    (ChangeKind.SWITCH_SERVICE, parties.TAXES, {"active": False}),
    (ChangeKind.SWITCH_PROVIDER, parties.TOWN_OIN, {"active": False}),
    (ChangeKind.SWITCH_PROVIDER, parties.TOWN_OIN, {"role_active": False}),
]
Switch = tuple[ChangeKind, str, dict[str, bool]]
LC_MEMBER = f"{parties.LC} {parties.WATER}"


def heard(browser: Browser, back: object, switch: Switch, own_id: str = parties.TOWN) -> Status:
    """What the provider hears after this was switched off."""
    kind, what, content = switch
    browser.world.switch(kind, what, **content)
    return browser.hand_in(back, own_id).status  # type: ignore[arg-type]  # the answer of a test client


@pytest.mark.parametrize("switch", OFF, ids=["service", "organisation", "role"])
def test_nobody_is_named_to_a_provider_whose_registration_ended(browser: Browser, switch: Switch) -> None:
    assert heard(browser, browser.log_in(request()), switch) == NOT_ACTIVE
    assert not Federation.objects.exists()


def test_nobody_is_named_over_a_connection_that_ended(browser: Browser) -> None:
    """ST-69 comes first."""
    artifact = asking.artifact_in(browser.log_in(request())["Location"])
    browser.world.switch(ChangeKind.SWITCH_CONNECTION, parties.TOWN, active=False)
    body = asking.resolve_message(asking.resolve_value(parties.TOWN, artifact))
    answer = asking.call(body, asking.certificate_of(parties.TOWN))
    status = asking.read_answer(answer.content, own_keys()).message.status
    assert status == ResolveOutcome.NOT_ACTIVE.status()


def test_nobody_is_named_for_a_service_that_is_no_longer_the_provider_s(browser: Browser) -> None:
    back = browser.log_in(request())
    browser.world.switch(
        ChangeKind.CHANGE_SERVICE,
        parties.TAXES,
        providers=[browser.world.ids[parties.TAX_OIN]],
        connection=browser.world.ids[parties.TAX],
    )
    assert browser.hand_in(back).status == Outcome.NOT_REGISTERED.status()


def test_a_level_that_was_raised_meanwhile_counts(browser: Browser) -> None:
    back = browser.log_in(request(), browser.daughter(LevelOfAssurance.MIDDLE))
    browser.world.switch(ChangeKind.CHANGE_SERVICE, parties.TAXES, minimum_level=25)
    assert browser.hand_in(back).status == Outcome.LEVEL_TOO_LOW.status()


def test_that_a_service_can_be_mandated_no_more_does_not_matter_on_own_behalf(browser: Browser) -> None:
    back = browser.log_in(request())
    browser.world.switch(ChangeKind.CHANGE_SERVICE, parties.TAXES, mandatable=False)
    assert browser.hand_in(back).status.succeeded


def second_member(browser: Browser) -> None:
    """The town uses the connection of the supplier too, for the same service."""
    world = browser.world
    providers = [world.ids[parties.WATER_OIN], world.ids[parties.TOWN_OIN]]
    world.switch(ChangeKind.CHANGE_SERVICE, parties.WATER_TAX, providers=providers)
    world.building.change(
        ChangeKind.ADD_CLUSTER_MEMBER,
        connection=world.ids[parties.LC],
        dv_entity_id=parties.TOWN,
        provider=world.ids[parties.TOWN_OIN],
        service=world.ids[parties.WATER_TAX],
    )


LEFT: Switch = (ChangeKind.SWITCH_CLUSTER_MEMBER, LC_MEMBER, {"active": False})
CLOSED: Switch = (ChangeKind.SWITCH_PROVIDER, parties.WATER_OIN, {"active": False})


@pytest.mark.parametrize("switch", [LEFT, CLOSED], ids=["left-the-supplier", "organisation"])
def test_over_a_supplier_the_provider_that_asked_counts_on_own_behalf(
    browser: Browser, switch: Switch
) -> None:
    second_member(browser)
    back = browser.log_in(extended(parties.LC, parties.WATER, parties.WATER_TAX))
    assert heard(browser, back, switch, parties.LC) == NOT_ACTIVE


@pytest.mark.parametrize(
    ("switch", "refusal"),
    [(LEFT, Refusal.CONNECTION_INACTIVE), (CLOSED, Refusal.ORGANISATION_INACTIVE)],
    ids=["left-the-supplier", "organisation"],
)
def test_over_a_supplier_the_provider_that_asked_counts_for_who_acts_for_another(
    browser: Browser, switch: Switch, refusal: Refusal
) -> None:
    """Another provider of the same supplier has this service too, in force: that does not help."""
    second_member(browser)
    value = extended(parties.LC, parties.WATER, parties.WATER_TAX, scoping=MANDATORY)
    back = browser.choose(browser.log_in(value))
    assert heard(browser, back, switch, parties.LC) == NO_LONGER_VALID
    assert Use.objects.get().refusal == refusal


def test_over_a_supplier_that_is_told_on_the_page_already(browser: Browser) -> None:
    second_member(browser)
    value = extended(parties.LC, parties.WATER, parties.WATER_TAX, scoping=MANDATORY)
    page = browser.log_in(value)
    browser.world.switch(ChangeKind.SWITCH_CLUSTER_MEMBER, LC_MEMBER, active=False)
    assert browser.choose(page).status_code == 403


@pytest.mark.parametrize("switch", OFF, ids=["service", "organisation", "role"])
def test_what_an_outside_service_stated_is_judged_again_by_the_catalogue(
    browser: Browser, og: RepresentationService, switch: Switch
) -> None:
    assert heard(browser, stated(og, browser), switch) == NOT_ACTIVE
    assert not Event.objects.filter(kind=EventKind.STATEMENT_PASSED_ON).exists()


@pytest.mark.parametrize("why", ["not-mandatable", "for-firms", "service-switched-off"])
def test_what_an_outside_service_stated_may_count_no_more(
    browser: Browser, og: RepresentationService, why: str
) -> None:
    back = stated(og, browser)
    if why == "not-mandatable":
        browser.world.switch(ChangeKind.CHANGE_SERVICE, parties.TAXES, mandatable=False)
    elif why == "for-firms":
        browser.world.switch(ChangeKind.CHANGE_SERVICE, parties.TAXES, representative_kind="organisatie")
    else:
        browser.world.switch(ChangeKind.SWITCH_PEER, parties.OG, active=False)
    assert browser.hand_in(back).status == NO_LONGER_VALID
    assert not Event.objects.filter(kind=EventKind.STATEMENT_PASSED_ON).exists()
    assert not Federation.objects.exists()
