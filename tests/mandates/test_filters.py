"""What the database filters and what the rules say is the same, for any mandate at any moment (DM-30, DM-32)."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.mandates import scene
from tests.mandates.scene import Someone
from volmacht import clock
from volmacht.mandates.filters import in_phase
from volmacht.mandates.models import Coverage, Mandate
from volmacht.mandates.queries import MandateFilter, decide_for, list_mandates, mandate_counts, representable
from volmacht.notifications.kinds import Side
from volmacht.rules.environment import Environment
from volmacht.rules.periods import Period, start_of
from volmacht.rules.representation import Allowed
from volmacht.rules.validity import Phase, phase

DAYS = st.dates(date(2026, 3, 20), date(2026, 11, 10))  # both changes of the clock, ends of months
NEAR_MIDNIGHT = st.builds(
    lambda day, shift: start_of(day) + shift,
    DAYS,
    st.sampled_from(
        [timedelta(microseconds=-1), timedelta(), timedelta(microseconds=1), timedelta(hours=-1)]
    ),
)
ANY_TIME = st.builds(
    lambda seconds: datetime(2026, 3, 20, tzinfo=UTC) + timedelta(seconds=seconds),
    st.integers(0, 235 * 86_400),
)
MOMENTS = NEAR_MIDNIGHT | ANY_TIME
PERIODS = st.builds(
    lambda first, length: Period(first, first + timedelta(days=length)), DAYS, st.integers(0, 40)
)
LIVES = st.lists(st.tuples(PERIODS, st.none() | MOMENTS), min_size=1, max_size=8)
MANY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Life = tuple[Period, datetime | None]


def write(mother: Someone, daughter: Someone, lives: list[Life]) -> dict[UUID, Life]:
    """Mandates with these lives; several may be valid at once, which only a test can make."""
    entry = scene.service(scene.MUNICIPAL_TAXES)
    rows = [
        Mandate(
            environment=Environment.PRODUCTION,
            represented_id=mother.id,
            representative_id=daughter.id,
            service_id=entry.id,
            first_day=period.first_day,
            last_day=period.last_day,
            route="direct",
            level_granted=20,
            level_activated=20,
            registered_by_kind="person",
            registered_at=period.starts_at,
            ended_at=ended_at,
            end_reason="revoked" if ended_at else "",
            holds_place=False,
        )
        for period, ended_at in lives
    ]
    Mandate.objects.bulk_create(rows)
    Coverage.objects.bulk_create(Coverage(mandate=row, service_id=entry.id) for row in rows)
    return {row.id: life for row, life in zip(rows, lives, strict=True)}


@MANY
@given(lives=LIVES, moment=MOMENTS)
def test_every_phase_holds_the_same_mandates_in_the_database_as_by_the_rule(
    mother: Someone, daughter: Someone, lives: list[Life], moment: datetime
) -> None:
    with transaction.atomic():
        written = write(mother, daughter, lives)
        for wanted in Phase:
            by_rule = {id_ for id_, life in written.items() if phase(*life, moment) is wanted}
            found = Mandate.objects.filter(in_phase(wanted, moment)).values_list("id", flat=True)
            assert set(found) == by_rule
        transaction.set_rollback(True)


@MANY
@given(lives=LIVES, moment=MOMENTS)
def test_lists_counts_choices_and_the_decision_agree_with_the_rule(
    mother: Someone, daughter: Someone, lives: list[Life], moment: datetime
) -> None:
    question = scene.asked(mother, daughter)
    with transaction.atomic(), clock.stopped_at(moment):
        written = write(mother, daughter, lives)
        valid = {id_ for id_, life in written.items() if phase(*life, moment) is Phase.ACTIVE}
        decision = decide_for(question)
        assert isinstance(decision, Allowed) is bool(valid)
        assert not isinstance(decision, Allowed) or decision.mandate_id in valid
        assert representable(daughter.id, question.service_id).total == (1 if valid else 0)
        counts = mandate_counts(daughter.id, environment=Environment.PRODUCTION)
        for wanted in Phase:
            listed = list_mandates(
                daughter.id, MandateFilter(Side.REPRESENTATIVE, wanted), environment=Environment.PRODUCTION
            )
            assert listed.total == counts[Side.REPRESENTATIVE, wanted]
            assert {entry.id for entry in listed.entries} == {
                id_ for id_, life in written.items() if phase(*life, moment) is wanted
            }
            assert {entry.phase for entry in listed.entries} <= {wanted}
        transaction.set_rollback(True)
