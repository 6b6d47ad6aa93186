"""The seam to the catalogue: making it as an approved configuration says (CN-2, CN-6, CN-15)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from volmacht.catalogue.kinds import NotJudged
from volmacht.catalogue.operations import NotStaff
from volmacht.catalogue.operations.configurations import NotCarriedOut, carry_out_configuration
from volmacht.rules.environment import Environment


@dataclass(frozen=True, slots=True)
class Done:
    """It runs; how many changes that took."""

    changes: int


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing was changed; `reason` is for employees."""

    reason: str


def carry_out(
    content: Mapping[str, object],
    environment: Environment,
    *,
    proposed_by: UUID | None,
    approved_by: UUID | None,
    suppliers: Collection[str] = (),
) -> Done | Failed:
    """Carry out one configuration. Nobody is named for one that passed all automatic checks, in pre-production."""
    try:
        outcome = carry_out_configuration(
            content,
            environment=environment,
            proposed_by=proposed_by,
            approved_by=approved_by,
            suppliers=suppliers,
        )
    except (NotCarriedOut, NotStaff) as error:
        return Failed(str(error))
    return Failed(str(outcome.objection)) if isinstance(outcome, NotJudged) else Done(outcome)
