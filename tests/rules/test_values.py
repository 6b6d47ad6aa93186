"""The values that rules take and give cannot be changed by whoever holds them."""

import pkgutil
from dataclasses import FrozenInstanceError, fields, is_dataclass
from importlib import import_module

import pytest

from volmacht import rules


def dataclasses_of_the_rules() -> list[type]:
    modules = [
        import_module(found.name) for found in pkgutil.walk_packages(rules.__path__, "volmacht.rules.")
    ]
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and is_dataclass(value) and value.__module__ == module.__name__
    ]


@pytest.mark.parametrize("kind", dataclasses_of_the_rules(), ids=lambda kind: kind.__name__)
def test_a_value_cannot_be_changed_and_has_no_room_for_more(kind: type) -> None:
    value: object = object.__new__(kind)
    for field in fields(kind):
        with pytest.raises(FrozenInstanceError):
            setattr(value, field.name, None)
    assert not hasattr(value, "__dict__")
