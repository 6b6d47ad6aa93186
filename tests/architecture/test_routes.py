"""Every address declares who may open it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from volmacht.audience import DECLARED, Audience


def routes(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its view, included ones too."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        else:
            yield address, pattern


def all_routes() -> list[tuple[str, URLPattern]]:
    """Every address of Volmacht."""
    return list(routes(get_resolver().url_patterns))


def test_every_address_declares_who_may_open_it() -> None:
    found = [
        address
        for address, route in all_routes()
        if not isinstance(getattr(route.callback, DECLARED, None), Audience)
    ]
    assert found == []


def test_every_address_has_a_name_to_find_it_by() -> None:
    assert [address for address, route in all_routes() if not route.name] == []


def test_every_kind_of_audience_is_used() -> None:
    used = {getattr(route.callback, DECLARED, None) for _, route in all_routes()}
    assert set(Audience) - used == set()


def test_no_address_asks_for_a_citizen_service_number() -> None:
    assert [address for address, _ in all_routes() if "bsn" in address.lower()] == []
