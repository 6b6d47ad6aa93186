"""What differs between two states of an entry, field by field. Pure.

A state is JSON: field to value. Used for the history of an entry, for proposals and for the verdicts of an import.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder

State = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with what it was and what it becomes; None where there was or will be nothing."""

    field: str
    before: object
    after: object


class _Encoder(DjangoJSONEncoder):
    def default(self, o: object) -> object:
        return sorted(map(str, o)) if isinstance(o, set | frozenset) else super().default(o)


def as_json(state: Mapping[str, object]) -> dict[str, object]:
    """A state as it is stored and compared."""
    stored: dict[str, object] = json.loads(json.dumps(state, cls=_Encoder))
    return stored


def differences_between(before: State | None, after: State | None) -> tuple[FieldChange, ...]:
    """The fields of `after` that are otherwise in `before`, in order; fields that only `before` has do not count."""
    was, becomes = before or {}, after or {}
    return tuple(
        FieldChange(name, was.get(name), value) for name, value in becomes.items() if was.get(name) != value
    )
