"""A browser on its way: from a provider to the entrance, to the authentication service, and back with an artifact."""

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from django.test import Client

from tests.crawl.pages import Form, Page, read
from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import BVD, ENTRANCE, Answered
from tests.interfaces.saml.authentication_service import AuthenticationService, Question, Says
from tests.interfaces.saml.catalogue import World
from tests.mandates.scene import Someone
from volmacht.keystore import OwnEntity, ring
from volmacht.logins.entities import entity_id
from volmacht.protocols.saml.keys import PublishedKey, RecipientKey
from volmacht.protocols.saml.messages import AuthnRequest, Scoping, Status
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

BOTH = Scoping((parties.AD, BVD), ())
MANDATORY = Scoping(None, (BVD,))
OWN_SITE = "http://localhost:8000"
OWNERS = {ENTRANCE: OwnEntity.ENTRANCE, BVD: OwnEntity.BVD}


def own_keys(own_id: str = ENTRANCE) -> tuple[PublishedKey, ...]:
    """The keys with which our own signatures verify."""
    return ring(Environment.PRODUCTION, OWNERS[own_id]).published_signing


def recipients_of(reader: str) -> tuple[RecipientKey, ...]:
    """For whom the authentication service encrypts: a DV, or our own BVD."""
    if reader == entity_id(Environment.PRODUCTION, OwnEntity.BVD):
        published = ring(Environment.PRODUCTION, OwnEntity.BVD).published_encryption
        return tuple(RecipientKey(reader, key) for key in published)
    return parties.recipient_keys(reader)


@dataclass
class Browser:
    """One browser; `seen` are all answers that it got."""

    world: World
    ad: AuthenticationService
    language: str = ""
    client: Client = field(init=False)
    seen: list["Answer"] = field(default_factory=list)

    def __post_init__(self) -> None:
        headers = {"Accept-Language": self.language} if self.language else {}
        self.client = Client(raise_request_exception=False, headers=headers)

    # --- as a browser does ---

    def get(self, address: str) -> "Answer":
        """Go somewhere on our site."""
        parts = urlsplit(address)
        return self._keep(self.client.get(f"{parts.path}?{parts.query}" if parts.query else parts.path))

    def post(self, address: str, fields: dict[str, str]) -> "Answer":
        """Send a form to our site."""
        return self._keep(self.client.post(urlsplit(address).path, fields))

    def send(self, message: bytes, relay_state: str | None = None, *, at: str = ENTRANCE) -> "Answer":
        """A provider's page posts its question, from its own site."""
        fields = {"SAMLRequest": base64.b64encode(message).decode()}
        if relay_state is not None:
            fields["RelayState"] = relay_state
        return self.post_form(asking.SIGN_ON[at], fields)

    def post_form(self, address: str, fields: dict[str, str] | str) -> "Answer":
        """A form as browsers encode it."""
        body = fields if isinstance(fields, str) else urlencode(fields)
        return self._keep(
            self.client.post(urlsplit(address).path, body, content_type="application/x-www-form-urlencoded")
        )

    def follow(self, answer: "Answer") -> "Answer":
        """Follow redirects within our site."""
        while answer.status_code in {302, 303} and is_ours(answer["Location"]):
            answer = self.get(answer["Location"])
        return answer

    def press(self, answer: "Answer", name: str = "", value: str = "", *, action: str = "") -> "Answer":
        """Press a button: by name and value, or the first of the form with this address."""
        form = _form(page_of(answer), name, value, action)
        fields = dict(form.fields)
        if name:
            fields[name] = value
        return self.follow(self.post(form.action or self._here(), fields))

    def _here(self) -> str:
        request = self.seen[-1].wsgi_request
        return request.get_full_path()

    def _keep(self, answer: "Answer") -> "Answer":
        self.seen.append(answer)
        return answer

    # --- steps of a log-in ---

    def begin(self, value: AuthnRequest, relay_state: str | None = None) -> "Answer":
        """From the provider to the first page."""
        at = next(own for own, address in asking.SIGN_ON.items() if address == value.destination)
        return self.follow(self.send(asking.written(value), relay_state, at=at))

    def to_ad(self, first: "Answer") -> Question:
        """From the page that explains to the authentication service."""
        return self.ad.receive(self.posted_away(self.press(first, action="")))

    def posted_away(self, answer: "Answer") -> dict[str, str]:
        """The fields of the form that posts itself to another site."""
        form = next(form for form in page_of(answer).forms if form.action.startswith("https://"))
        return form.fields

    def come_back(self, question: Question, says: Says) -> "Answer":
        """From the authentication service to what follows."""
        return self.follow(self.get(self.ad.log_in(question, says)))

    def log_in(
        self,
        value: AuthnRequest,
        says: Says | None = None,
        *,
        way: str = "",
        relay_state: str | None = None,
    ) -> "Answer":
        """Up to the page on which to choose for whom, or back at the provider on own behalf."""
        first = self.begin(value, relay_state)
        if way:
            first = self.press(first, "voor", way)
        return self.come_back(self.to_ad(first), says or self.daughter())

    def choose(self, answer: "Answer", whom: Someone | None = None) -> "Answer":
        """Choose the only person in the list, or the one with this name."""
        page = page_of(answer)
        form = next(form for form in page.forms if any(name == "persoon" for name, _ in form.buttons))
        keys = [value for name, value in form.buttons if name == "persoon"]
        assert whom is None or len(keys) == 1
        return self.press(answer, "persoon", keys[0])

    def daughter(self, level: LevelOfAssurance = LevelOfAssurance.SUBSTANTIAL, name_id: str = "") -> Says:
        """The daughter logs in."""
        return Says(bsn=self.world.daughter.bsn, level=level, name_id=name_id)

    # --- the provider's side ---

    def hand_in(self, answer: "Answer", own_id: str = parties.TOWN, *, at: str = ENTRANCE) -> Answered:
        """The provider resolves the artifact with which the browser came back."""
        assert answer.status_code in {302, 303}, answer.status_code
        return self.resolve(asking.artifact_in(answer["Location"]), own_id, at=at)

    def resolve(self, artifact: str, own_id: str = parties.TOWN, *, at: str = ENTRANCE) -> Answered:
        """Hand in an artifact."""
        body = asking.resolve_message(asking.resolve_value(own_id, artifact, at=at))
        answer = asking.call(body, asking.certificate_of(own_id), at=at)
        assert answer.status_code == 200, answer.content
        return asking.read_answer(answer.content, own_keys(at))

    def refusal(self, value: AuthnRequest, **how: object) -> Status:
        """How a question is answered without a log-in."""
        message = asking.written(value, **how)  # type: ignore[arg-type]  # as `written` takes them
        return self.status_of(message, value)

    def status_of(self, message: bytes, value: AuthnRequest) -> Status:
        """How this message is answered, by artifact."""
        at = next(own for own, address in asking.SIGN_ON.items() if address == value.destination)
        return self.hand_in(self.send(message, at=at), value.issuer, at=at).status


def is_ours(address: str) -> bool:
    """Whether an address is on our site."""
    return address.startswith(("/", OWN_SITE))


def page_of(answer: "Answer") -> Page:
    """What is on the screen."""
    return read(answer.content.decode())


def text_of(answer: "Answer") -> str:
    """What is read on the screen; spaces are single."""
    return " ".join(page_of(answer).text.split())


def _form(page: Page, name: str, value: str, action: str) -> Form:
    for form in page.forms:
        if name and (name, value) in form.buttons:
            return form
        if not name and form.method == "post" and form.action.endswith(action) and form.buttons:
            return form
    raise AssertionError(f"no such button: {[form.buttons for form in page.forms]}")
