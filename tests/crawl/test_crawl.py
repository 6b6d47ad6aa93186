"""The whole site, walked as every kind of visitor: no dead end, no error, no page that is nowhere linked."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import translation

from tests.crawl.conftest import Browser, code_of_mother, log_ins_for_a_provider, party_of
from tests.crawl.walking import Walk, in_dutch
from volmacht.audience import Audience, audience_of
from volmacht.demo.connecting import desk
from volmacht.logins.publishing import Published
from volmacht.onboarding import queries
from volmacht.onboarding.queries import QueueFilter
from volmacht.parties import queries as parties
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseState

pytestmark = pytest.mark.database

NOBODY_WITH_MANDATES = "999922749"
STARTS = {
    "nl": ("/", "/proef/", "/mijn/machtigingen/", "/preprod/", "/preprod/mijn/machtigingen/"),
    "en": ("/en/", "/en/proef/", "/en/mijn/machtigingen/"),
}
WALKERS = ("anonymous", "mother", "daughter", "bookkeeper", "minor", NOBODY_WITH_MANDATES)
OF_ACCOUNTS = {  # each walk in one language: the public pages lead from one to the other
    "nl": ("/account/", "/organisatie/", "/bureau/"),
    "en": ("/en/account/", "/en/organisatie/", "/en/bureau/"),
}
# Who has an account: by the address with which they log in, and for which organisation where they have several.
WITH_ACCOUNTS = {
    "nl": (
        "floor@gemeente-voorbeeld.example",  # signs
        "daan@gemeente-voorbeeld.example",  # leads the project
        "marit@koppelwerk.example",  # supplies
        "olaf@berkenrode.example",  # reads
        "wieke@regio-noord.example Gemeente Lindenhaven",
        "jurre@regio-zuid.example Gemeente Hazelaarschot",
        "wieke@regio-noord.example Gemeente Iepenzijl",
        "hanneke@studiebeurs.example",  # is not proven
        "nadia@volmacht.example",  # judges
        "thijs@volmacht.example",  # confirms
        "henk@volmacht.example",  # helps
        "yara@volmacht.example",  # looks
        "joost@volmacht.example",  # manages
        "lieke@volmacht.example",  # judges what Ravi proposed for the catalogue
    ),
    "en": (
        "floor@gemeente-voorbeeld.example",
        "wieke@regio-noord.example Gemeente Lindenhaven",
        "thijs@volmacht.example",
        "mariam@volmacht.example",
    ),
}
# Pages that nobody on this walk comes to, each with how people get there.
REACHED_OTHERWISE = {
    "accounts:came-from-eherkenning": "eHerkenning sends a browser back",
    "accounts:code": "after a password that is right",
    "accounts:drop-claim": "for who claims an organisation that somebody else signed up",
    "accounts:invitation": "a link in an e-mail",
    "accounts:link": "a link in an e-mail",
    "accounts:new-passkey-question": "asked by the page's script, when somebody makes a passkey",
    "accounts:remove-app": "for who has an app; the demo's people have none",
    "accounts:remove-passkey": "for who has a passkey",
    "accounts:passkey-question": "asked by the page's script, when somebody logs in with a passkey",
    ":production-entrance-consumer": "an authentication service sends a browser back",
    ":preproduction-entrance-consumer": "an authentication service sends a browser back",
    ":production-portal-consumer": "an authentication service sends a browser back",
    ":preproduction-portal-consumer": "an authentication service sends a browser back",
    "bvd_rest:production-choose": "a client of the REST calls sends a browser here",
    "bvd_rest:preproduction-choose": "a client of the REST calls sends a browser here",
    "granting:confirm-email": "a link in an e-mail",
    "granting:email-confirmed": "after a link in an e-mail",
    "mandates:closed-requests": "a link for who has more closed requests than fit beside the open ones",
    "organisation:fetch-metadata": "a form for who gave an address of metadata; it would be fetched",
    "public:former-guide": "an address that was kept from before",
    "staff:propose-import": "a form for who just gave a file",
    "shared:session-state": "asked by the page itself, in the background",
    "trying_out:clock": "a form that would move the clock for everybody",
}
FOR_PEOPLE = set(Audience) - {Audience.PROVIDER, Audience.OPERATIONS}
MACHINE_DOORS = {
    ":live",
    ":ready",
    ":robots-txt",
    ":security-txt",
    *(
        f"saml:{environment}-{what}"
        for environment in Environment
        for what in ("levels", *(f"metadata-{which.value}" for which in Published))
    ),
}


def _named(
    patterns: list[URLPattern | URLResolver], space: str = ""
) -> Iterator[tuple[str, Audience | None]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern.url_patterns, pattern.namespace or space)
        elif pattern.callback is not None:
            yield f"{space}:{pattern.name}", audience_of(pattern.callback)


def _route(address: str) -> str:
    with translation.override("nl"):
        try:
            return resolve(in_dutch(address)).view_name
        except Resolver404:
            return ""  # an address that a form made up


def _starts_with_account(holder: str, language: str) -> tuple[str, ...]:
    """Their own page, and the one on which they begin: the desk, or that of the organisation."""
    own = "/bureau/" if "@volmacht.example" in holder else "/organisatie/"
    before = "/en" if language == "en" else ""
    return f"{before}/account/", f"{before}{own}", *(before + path for path in _far_pages(holder))


def _far_pages(holder: str) -> list[str]:
    """What stands too far down a list: an organisation that is not proven, a dispute that was closed."""
    if holder.startswith("nadia"):
        found = [one for one in parties.connecting_organisations() if not one.proven]
        return [reverse("staff:organisation", args=[one.id]) for one in found]
    if holder.startswith("henk"):
        disputes = queries.queue(desk().helpdesk, QueueFilter(turn=None, states=(CaseState.CLOSED,))).rows
        return [reverse("staff:case", args=[one.number]) for one in disputes]
    return []


def _known_to(visitor: str) -> dict[str, str]:
    """Right answers: the mother has a known representative; the daughter has a code, also in her log-in for a provider,
    where nobody is logged in to the portal."""
    known: dict[str, Callable[[], dict[str, str]]] = {
        "anonymous": code_of_mother,
        "mother": lambda: {"gemachtigde": str(party_of("daughter"))},
        "daughter": code_of_mother,
    }
    return known[visitor]() if visitor in known else {}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On PostgreSQL in Dutch alone: what the database holds does not depend on the language, and walking takes long."""
    if "language" in metafunc.fixturenames:
        on_postgresql = metafunc.config.getoption("database") == "postgresql"
        metafunc.parametrize("language", ["nl"] if on_postgresql else list(STARTS))


def test_every_link_and_form_leads_somewhere_and_every_page_is_reached(
    browser: Browser, language: str
) -> None:
    reached: set[str] = set()
    problems: list[str] = []
    for visitor in WALKERS:
        walk = Walk(browser(visitor), visitor, _known_to(visitor))
        # Who logs in for a provider is not logged in here yet, and may be anybody.
        log_ins = log_ins_for_a_provider(language) if visitor == "anonymous" else ()
        walk.from_addresses(*STARTS[language], *log_ins)
        assert (walk.client.get("/mijn/machtigingen/").status_code == 200) is (visitor != "anonymous")
        assert len(walk.seen) > 20, visitor
        assert len(walk.posted) > 5, visitor
        problems += walk.problems
        reached |= {_route(address) for address in walk.seen | walk.posted}
    for holder in WITH_ACCOUNTS[language]:
        walk = Walk(browser(holder), holder, within=OF_ACCOUNTS[language])
        walk.from_addresses(*_starts_with_account(holder, language))
        assert len(walk.seen) > 8, holder
        problems += walk.problems
        reached |= {_route(address) for address in walk.seen | walk.posted}
    # In English some of them walk: which pages there are, the walk in Dutch finds.
    whom = (
        FOR_PEOPLE if language == "nl" else FOR_PEOPLE - {Audience.ACCOUNT, Audience.MEMBER, Audience.STAFF}
    )
    pages = {name for name, who in _named(get_resolver().url_patterns) if who in whom}

    assert problems == []
    assert pages - reached - MACHINE_DOORS == set(REACHED_OTHERWISE) & pages
