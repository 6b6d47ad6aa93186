"""What the frame of every page shows: who is logged in, languages, navigation, demo. Asks no database."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse, translate_url
from django.utils.translation import get_language, gettext_lazy

from volmacht import clock
from volmacht.portals.shared.account_session import AccountLogin, account_login
from volmacht.portals.shared.audience import account_log_in_address, log_in_address
from volmacht.portals.shared.environments import address_once, test_mark
from volmacht.portals.shared.login_session import LoggedIn, logged_in
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.request_log import request_id

Links = tuple[tuple[str, Text], ...]
EVERYBODY: Links = (
    ("granting:home", gettext_lazy("Home")),
    ("granting:services", gettext_lazy("Iemand machtigen")),
    ("mandates:enter-code", gettext_lazy("Code invoeren")),
    ("shared:help", gettext_lazy("Hulp")),
)
WHEN_LOGGED_IN: Links = (
    ("mandates:mine", gettext_lazy("Mijn machtigingen")),
    ("granting:services", gettext_lazy("Iemand machtigen")),
    ("mandates:enter-code", gettext_lazy("Code invoeren")),
    ("shared:help", gettext_lazy("Hulp")),
)
FOR_ORGANISATIONS: Links = tuple(link for link in WHEN_LOGGED_IN if link[0] != "granting:services")
FOR_ACCOUNTS: Links = (
    ("accounts:own", gettext_lazy("Mijn account")),
    ("shared:help", gettext_lazy("Hulp")),
)
FOR_MEMBERS: Links = (("organisation:home", gettext_lazy("Aansluiten")), *FOR_ACCOUNTS)
FOR_STAFF: Links = (("staff:home", gettext_lazy("Werkbank")), *FOR_ACCOUNTS)
OF_ACCOUNTS = frozenset({"accounts", "organisation", "staff"})
TRYING_OUT: Links = (
    ("trying_out:start", gettext_lazy("Word iemand anders, lees de e-mail of verzet de klok")),
)
FOOTER: Links = (
    ("shared:help", gettext_lazy("Hulp")),
    ("shared:privacy", gettext_lazy("Privacy")),
    ("shared:accessibility", gettext_lazy("Toegankelijkheid")),
    ("shared:cookies", gettext_lazy("Cookies")),
    ("public:checkpoints", gettext_lazy("Controlepunten")),
    ("public:overview", gettext_lazy("Aansluiten")),
)


@dataclass(frozen=True, slots=True)
class FrameLink:
    """A link in header or footer; `here` when it leads to the page that is shown."""

    address: str
    text: Text
    here: bool = False


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in one of the languages."""

    code: str
    name: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything `shared/base.html` needs besides its blocks."""

    logged_in: LoggedIn | AccountLogin | None
    ends_at: datetime | None
    seconds_left: int
    seconds_warning: int
    home: str
    log_in: str
    here: str
    languages: list[LanguageLink]
    navigation: list[FrameLink]
    footer: list[FrameLink]
    test: str
    demo: bool
    trying_out: list[FrameLink]
    moved_to: date | None
    operator: str
    reference: str


def _links(request: HttpRequest, links: Links) -> list[FrameLink]:
    """The links whose page is part of this installation (not every test or profile has every portal)."""
    found = []
    for name, text in links:
        try:
            address = _address(name)
        except NoReverseMatch:
            continue
        found.append(FrameLink(address, text, request.path == address))
    return found


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:  # not in this environment, because it exists once
        return address_once(name)


def _languages(request: HttpRequest) -> list[LanguageLink]:
    """The same page in each language; a page that does not exist leads to where the site begins.

    None on a page whose address has no language, such as that of a door: the browser decides there, and what was
    posted, or brought in the address, is not for a second time.
    """
    now, here = get_language(), request.get_full_path_info()  # without prefix: `translate_url` adds it
    known = request.resolver_match is not None
    addresses = {
        code: translate_url(here, code) if known else home_address(code) for code, _ in settings.LANGUAGES
    }
    if len(set(addresses.values())) == 1:
        return []
    return [LanguageLink(code, name, addresses[code], code == now) for code, name in settings.LANGUAGES]


def home_address(language: str | None = None) -> str:
    """Where the site begins, in a language or else that of the page."""
    language = language or get_language()
    root = get_script_prefix()
    return root if language == settings.LANGUAGE_CODE else f"{root}{language}/"


def _navigation(login: LoggedIn | AccountLogin | None) -> Links:
    if login is None:
        return EVERYBODY
    if isinstance(login, AccountLogin):
        return FOR_STAFF if login.staff_id else FOR_MEMBERS if login.organisation_id else FOR_ACCOUNTS
    return FOR_ORGANISATIONS if login.is_organisation else WHEN_LOGGED_IN


def _is_for_accounts(request: HttpRequest) -> bool:
    """Whether the page belongs to a portal that one enters with an account."""
    return request.resolver_match is not None and request.resolver_match.app_name in OF_ACCOUNTS


def page_frame(request: HttpRequest) -> dict[str, object]:
    """The context processor: adds `frame`."""
    login = logged_in(request) or account_login(request)
    warning = settings.SESSION_IDLE_END - settings.SESSION_IDLE_WARNING
    demo = settings.VOLMACHT.demo
    moved = demo and abs(clock.now() - clock.wall_clock()) > settings.SESSION_IDLE_END
    languages = _languages(request)
    here = request.get_full_path() if languages else home_address()  # nobody goes on at a door
    try:
        log_in = account_log_in_address(here) if _is_for_accounts(request) else log_in_address(here)
    except NoReverseMatch:
        log_in = ""
    return {
        "frame": Frame(
            logged_in=login,
            ends_at=login.ends_at if login else None,
            seconds_left=login.seconds_left if login else 0,
            seconds_warning=int(warning.total_seconds()),
            home=home_address(),
            log_in=log_in,
            here=here,
            languages=languages,
            navigation=_links(request, _navigation(login)),
            footer=_links(request, FOOTER),
            test=test_mark(request),
            demo=demo,
            trying_out=_links(request, TRYING_OUT) if demo else [],
            moved_to=clock.today() if moved else None,
            operator=settings.VOLMACHT.operator_name,
            reference=request_id(request),
        )
    }
