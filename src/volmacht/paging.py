"""Lists in pages: which part is shown and which parts there are. Pure; the query fetches its own rows."""

from dataclasses import dataclass

from django.http import HttpRequest

PARAMETER = "pagina"
SIZE = 20
HIGHEST = 100_000


def page_number(request: HttpRequest) -> int:
    """The page that was asked for, from 1; nonsense is page 1."""
    text = request.GET.get(PARAMETER, "")
    return max(1, min(int(text), HIGHEST)) if text.isascii() and text.isdigit() and len(text) < 10 else 1  # noqa: PLR2004 - digits that surely fit


@dataclass(frozen=True, slots=True)
class Page:
    """One part of a list: `number` counts from 1, `total` is how many items there are in all."""

    number: int
    total: int
    size: int = SIZE

    @property
    def last(self) -> int:
        """The number of the last part; an empty list has one part."""
        return max(1, -(-self.total // self.size))

    @property
    def start(self) -> int:
        """How many items come before this part: the offset for the query."""
        return (self.number - 1) * self.size

    @property
    def has_next(self) -> bool:
        """Whether more items follow."""
        return self.number < self.last

    @property
    def has_previous(self) -> bool:
        """Whether items come before."""
        return self.number > 1

    @property
    def next(self) -> int:
        """The number of the next part."""
        return self.number + 1

    @property
    def previous(self) -> int:
        """The number of the part before; from beyond the end, that is the last part."""
        return min(self.number - 1, self.last)
