"""Reading fields of a proposed change, one by one, with an error that names the field. Pure.

Values come from JSON or TOML: identifiers, days and moments may be text or the thing itself.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

Choice = TypeVar("Choice", bound=Enum)
LONGEST_ADDRESS = 200


class InvalidContent(ValueError):
    """A proposed change cannot be; `field` says where, `problem` what, both for an employee."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


class Fields:
    """The fields of one change. Every method takes a field away; `finish` refuses what is left over."""

    def __init__(self, content: Mapping[str, object]) -> None:
        self._left = dict(content)

    def finish(self) -> None:
        """Refuse fields that nobody asked for: a typing error must not go by in silence."""
        for name in self._left:
            raise InvalidContent(name, "is not a field of this change")

    def given(self, name: str) -> bool:
        """Whether a field has a value; an empty one is taken away."""
        if self._left.get(name) is None:
            self._left.pop(name, None)
            return False
        return True

    def text(self, name: str, *, longest: int, needed: bool = False, lines: bool = False) -> str:
        """Text without control signs, and with line breaks only where `lines` may be; absent is empty."""
        value = self._left.pop(name, None)
        if value is None:
            value = ""
        if not isinstance(value, str):
            raise InvalidContent(name, "must be text")
        value = value.strip()
        if any(ord(sign) < ord(" ") and not (lines and sign == "\n") for sign in value):
            raise InvalidContent(name, "holds a sign that cannot be shown")
        if len(value) > longest:
            raise InvalidContent(name, f"is {len(value)} signs long, but may be {longest}")
        if needed and not value:
            raise InvalidContent(name, "may not be empty")
        return value

    def address(self, name: str) -> str:
        """A web address that starts with http:// or https://; absent is empty."""
        value = self.text(name, longest=LONGEST_ADDRESS)
        if value and not _is_web_address(value):
            raise InvalidContent(name, "must be a web address that starts with https:// or http://")
        return value

    def whole(self, name: str, *, lowest: int, highest: int, otherwise: int) -> int:
        """A whole number within bounds, both included."""
        value = self._left.pop(name, None)
        if value is None:
            return otherwise
        if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
            raise InvalidContent(name, f"must be a whole number from {lowest} to {highest}")
        return value

    def flag(self, name: str, *, otherwise: bool) -> bool:
        """True or false."""
        value = self._left.pop(name, None)
        if value is None:
            return otherwise
        if not isinstance(value, bool):
            raise InvalidContent(name, "must be true or false")
        return value

    def choice(self, name: str, choices: type[Choice]) -> Choice:
        """A member of a closed vocabulary, by its value; needed."""
        value = self._left.pop(name, None)
        try:
            return choices(value)
        except ValueError:
            allowed = ", ".join(str(member.value) for member in choices)
            raise InvalidContent(name, f"must be one of: {allowed}") from None

    def identifier(self, name: str) -> UUID:
        """A UUID; needed."""
        return _identifier(name, self._left.pop(name, None))

    def identifiers(self, name: str) -> tuple[UUID, ...]:
        """Several different UUIDs; absent is none."""
        values = self._left.pop(name, None) or []
        if not isinstance(values, list | tuple):
            raise InvalidContent(name, "must be a list")
        return tuple(dict.fromkeys(_identifier(name, value) for value in values))

    def texts(self, name: str, *, longest: int, most: int) -> tuple[str, ...]:
        """Several different texts without control signs, none empty; absent is none."""
        values = self._left.pop(name, None) or []
        if not isinstance(values, list | tuple):
            raise InvalidContent(name, "must be a list")
        if len(values) > most:
            raise InvalidContent(name, f"may hold {most} values")
        texts = [Fields({name: value}).text(name, longest=longest, needed=True) for value in values]
        return tuple(dict.fromkeys(texts))

    def day(self, name: str) -> date | None:
        """A calendar day, as yyyy-mm-dd; absent is None."""
        value = self._left.pop(name, None)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if not value:
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise InvalidContent(name, "must be a day, like 2027-07-01") from None

    def moment(self, name: str) -> datetime | None:
        """A moment with its time zone; absent is None."""
        value = self._left.pop(name, None)
        if not value:
            return None
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        except ValueError:
            raise InvalidContent(name, "must be a moment, like 2027-07-01T00:00:00+02:00") from None
        if moment.tzinfo is None:
            raise InvalidContent(name, "must name its time zone, like +02:00")
        return moment.astimezone(UTC)


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:  # such as a bracket that is not closed
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _identifier(name: str, value: object) -> UUID:
    if isinstance(value, UUID):
        return value
    try:
        return UUID(str(value))
    except ValueError:
        raise InvalidContent(name, "must be a UUID") from None
