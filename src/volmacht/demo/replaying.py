"""Carries out the lines of the scenario, each at its own moment, with the operations that people use.

A refusal means that the scenario asks for what nobody could do: it stops the loading, and names the line.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID, uuid4

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.demo.moments import moment_of
from volmacht.mandates import operations
from volmacht.mandates.queries import Asked
from volmacht.parties.operations import refresh_person
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn
from volmacht.rules.periods import day_of, longest_last_day
from volmacht.rules.refusals import Refused

if TYPE_CHECKING:
    from volmacht.rules.codes import AuthorisationCode

TRIES = 5
Result = TypeVar("Result")


class ScenarioProblem(RuntimeError):
    """A line of the scenario could not be carried out."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the scenario: who the register says they are, their BSN for entering codes, how they log in."""

    id: UUID
    bsn: Bsn
    level: LevelOfAssurance


@dataclass(frozen=True, slots=True)
class Helper:
    """Who acts: a person of the scenario, or an employee for an organisation, under the pseudonym they log in with."""

    id: UUID
    level: LevelOfAssurance
    employee: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """Where the scenario plays: people by handle or BSN, employees by handle, services by name, and who guesses codes.

    `happen(bsn, died=…, guardianship=…)` changes what the population register says.
    """

    person: Callable[[str], Someone]
    helper: Callable[[str], Helper]
    service: Callable[[str], ServiceEntry]
    stranger: Someone
    other_bsn: Bsn
    now: datetime
    happen: Callable[..., None]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do at one moment; steps are carried out in order of time over the whole scenario."""

    moment: datetime
    line: int
    do: Callable[[], None]


def done(result: Result | Refused, line: int) -> Result:
    """The result, unless it was refused. Raises ScenarioProblem."""
    if isinstance(result, Refused):
        raise ScenarioProblem(f"line {line} of the scenario was refused: {result.refusal}")
    return result


class Line:
    """One line: a mandate or request, and what happened to it."""

    def __init__(self, number: int, content: Mapping[str, Any], world: World) -> None:
        self.number = number
        self.content = content
        self.world = world
        self.represented = world.person(content["represented"])
        self.representative = world.helper(content["representative"]) if "representative" in content else None
        self.service = world.service(content["service"])
        self.mandate_id: UUID | None = None
        self.request_id: UUID | None = None
        self.code: AuthorisationCode | None = None

    def steps(self) -> Sequence[Step]:
        """Everything this line says, not yet in order."""
        granted = float(self.content["granted"])
        steps = [
            self._step(
                granted, "granted", self._grant_directly if self.content.get("direct") else self._request
            )
        ]
        if self.representative and not self.content.get("direct"):
            activated = float(self.content.get("activated", max(granted - 1, 0)))
            steps.append(self._step(activated, "activated", self._activate))
        for order, (days_ago, what) in enumerate(self.content.get("then", ())):
            steps.append(
                self._step(float(days_ago), f"{what}{order}", getattr(self, f"_{what.replace('-', '_')}"))
            )
        return steps

    def _step(self, days_ago: float, what: str, do: Callable[[], None]) -> Step:
        return Step(moment_of(days_ago, self.world.now, f"{self.number} {what}"), self.number, do)

    def _period(self) -> tuple[date, date]:
        first = day_of(clock.now()) + timedelta(days=int(self.content.get("starts", 0)))
        months = min(int(self.content.get("months", 12)), self.service.longest_months)
        return first, longest_last_day(first, months)

    def _request(self) -> None:
        first, last = self._period()
        made = done(
            operations.request_mandate(
                represented=self.represented.id,
                level=self.represented.level,
                service_id=self.service.id,
                first_day=first,
                last_day=last,
                once=uuid4(),
                environment=Environment.PRODUCTION,
            ),
            self.number,
        )
        self.request_id, self.code = made.request_id, made.code

    def _grant_directly(self) -> None:
        first, last = self._period()
        made = done(
            operations.grant_directly(
                represented=self.represented.id,
                level=self.represented.level,
                service_id=self.service.id,
                representative=self._other().id,
                first_day=first,
                last_day=last,
                once=uuid4(),
                environment=Environment.PRODUCTION,
            ),
            self.number,
        )
        self.mandate_id = made.mandate_id

    def _other(self) -> Helper:
        if self.representative is None:
            raise ScenarioProblem(f"line {self.number} of the scenario needs a representative")
        return self.representative

    def _mandate(self) -> UUID:
        if self.mandate_id is None:
            raise ScenarioProblem(f"line {self.number} of the scenario has no mandate yet")
        return self.mandate_id

    def _activate(self) -> None:
        if self.code is None:
            raise ScenarioProblem(f"line {self.number} of the scenario has no code")
        made = operations.activate(
            representative=self._other().id,
            level=self._other().level,
            code=self.code,
            bsn=self.represented.bsn,
            employee=self._other().employee,
            environment=Environment.PRODUCTION,
        )
        self.mandate_id = done(made, self.number).mandate_id

    def _revoked(self) -> None:
        done(
            operations.end_mandate(
                mandate_id=self._mandate(), by=self.represented.id, environment=Environment.PRODUCTION
            ),
            self.number,
        )

    def _disputed(self) -> None:
        done(
            operations.end_mandate(
                mandate_id=self._mandate(),
                by=self.represented.id,
                disputed=True,
                environment=Environment.PRODUCTION,
            ),
            self.number,
        )

    def _given_up(self) -> None:
        helper = self._other()
        done(
            operations.end_mandate(
                mandate_id=self._mandate(),
                by=helper.id,
                employee=helper.employee,
                environment=Environment.PRODUCTION,
            ),
            self.number,
        )

    def _restricted(self) -> None:
        until = clock.today() + timedelta(days=int(self.content["restricted_to"]))
        done(
            operations.restrict_mandate(
                mandate_id=self._mandate(),
                by=self.represented.id,
                last_day=until,
                environment=Environment.PRODUCTION,
            ),
            self.number,
        )

    def _renewal_proposed(self) -> None:
        helper = self._other()
        (answer,) = operations.propose_renewal(
            mandate_ids=[self._mandate()],
            by=helper.id,
            employee=helper.employee,
            environment=Environment.PRODUCTION,
        )
        if answer.refused:
            done(answer.refused, self.number)

    def _renewal_declined(self) -> None:
        done(
            operations.decline_renewal(
                mandate_id=self._mandate(), by=self.represented.id, environment=Environment.PRODUCTION
            ),
            self.number,
        )

    def _renewed(self) -> None:
        until = longest_last_day(clock.today(), self.service.longest_months)
        done(
            operations.renew_mandate(
                mandate_id=self._mandate(),
                represented=self.represented.id,
                level=self.represented.level,
                last_day=until,
                environment=Environment.PRODUCTION,
            ),
            self.number,
        )

    def _withdrawn(self) -> None:
        if self.request_id is None:
            raise ScenarioProblem(f"line {self.number} of the scenario has no request")
        done(
            operations.withdraw_request(
                request_id=self.request_id,
                represented=self.represented.id,
                environment=Environment.PRODUCTION,
            ),
            self.number,
        )

    def _locked(self) -> None:
        """Somebody has the code but not the BSN, and tries too often."""
        if self.code is None:
            raise ScenarioProblem(f"line {self.number} of the scenario has no code")
        for _ in range(TRIES):
            operations.try_code(
                representative=self.world.stranger.id,
                level=self.world.stranger.level,
                code=self.code,
                bsn=self.world.other_bsn,
                environment=Environment.PRODUCTION,
            )

    def _used(self) -> None:
        """The provider asks; whether it is allowed follows from what happened before."""
        service_id = self.service.members[0] if self.service.is_set else self.service.id
        service = catalogue.service(service_id)
        if service is None or service.connection_id is None:
            raise ScenarioProblem(f"line {self.number} of the scenario uses a service without a connection")
        operations.answer_provider(
            Asked(
                self._other().id, self.represented.id, service_id, service.connection_id, self._other().level
            ),
            employee=self._other().employee,
        )

    def _died(self) -> None:
        self.world.happen(self.represented.bsn, died=f"{clock.today()}")
        refresh_person(self.represented.id)

    def _guardianship(self) -> None:
        self.world.happen(self.represented.bsn, guardianship=True)
        refresh_person(self.represented.id)
