"""The forms of connecting as data: pages, their fields, what each field accepts, and its chapter of the guide. Pure.

One source for the portal that shows them, the operation that judges them, the desk that returns them field by field,
and the documents (CN-24). Words for a field live in the portals; `form_fields` holds the fields themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, auto


class FormKey(StrEnum):
    """Which form. Values are stored: never rename one."""

    APPLICATION = auto()  # CN-1 and who we are
    PREPRODUCTION = auto()  # CN-2
    PRODUCTION = auto()  # CN-5
    NEW_SERVICE = auto()  # CN-20
    CHANGE = auto()  # CN-21


class Chapter(StrEnum):
    """The chapters of the guide: one for each choice of step 1, and one for each other subject of the forms."""

    RESPONSIBLE = auto()
    SERVICES_PER_CODE = auto()
    CODE_MOMENT = auto()
    VALIDITY = auto()
    MESSAGE_BOX = auto()
    SURVIVORS = auto()
    SUPPLIER = auto()
    ORGANISATION = auto()
    CONTACTS = auto()
    SERVICES = auto()
    METADATA = auto()
    CERTIFICATES = auto()
    SECURITY = auto()
    CONDITIONS = auto()
    TESTING = auto()
    GOING_LIVE = auto()
    CHANGES = auto()


class FieldKind(StrEnum):
    """What a field accepts."""

    LINE = auto()  # one line of text
    LINES = auto()  # several
    EMAIL = auto()
    PHONE = auto()
    ADDRESS = auto()  # https, on the web
    OIN = auto()
    KVK = auto()
    ENTITY_ID = auto()
    DAY = auto()
    NUMBER = auto()  # whole, from `lowest` to `highest`
    CHOICE = auto()  # one of `options`
    FLAG = auto()  # yes or no


class PageKey(StrEnum):
    """One page, one task."""

    CHOICES = auto()
    ORGANISATION = auto()
    CONTACTS = auto()
    SERVICES = auto()
    CONNECTION = auto()
    SECURITY = auto()
    GOING_LIVE = auto()
    CHANGE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question, with its lengths in characters.

    `asked_when` names another field of the page, and the answers that ask this one.
    """

    key: str
    kind: FieldKind
    chapter: Chapter
    required: bool = True
    longest: int = 255
    lowest: int = 0
    highest: int = 0
    options: tuple[str, ...] = ()
    asked_when: tuple[str, ...] | None = None

    def is_asked(self, answers: dict[str, object]) -> bool:
        """Whether this is asked, given the other answers on its page."""
        return self.asked_when is None or answers.get(self.asked_when[0]) in self.asked_when[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The questions of one page; with `most` above 1 there are that many of them at most, such as services."""

    key: PageKey
    fields: tuple[Field, ...]
    most: int = 1

    @property
    def is_list(self) -> bool:
        """Whether its answers are a list."""
        return self.most > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """All pages, in the order in which they are filled in."""

    key: FormKey
    pages: tuple[Page, ...]

    def page(self, key: PageKey) -> Page:
        """The page with this key. Raises KeyError."""
        for page in self.pages:
            if page.key is key:
                return page
        raise KeyError(key)

    def fields(self) -> Iterator[tuple[Page, Field]]:
        """Every field with its page."""
        return ((page, field) for page in self.pages for field in page.fields)
