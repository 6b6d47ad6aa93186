"""Values for property tests: days, moments close to where things change, codes, mandates."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from volmacht.rules.codes import ALPHABET, AuthorisationCode
from volmacht.rules.ends import EndReason
from volmacht.rules.kinds import PartyKind
from volmacht.rules.periods import Period, start_of
from volmacht.rules.representation import MandateFacts, PartyFacts
from volmacht.rules.routes import Route

days = st.dates(date(1980, 1, 1), date(2099, 12, 31))
_NUDGES = [
    timedelta(0),
    timedelta(microseconds=1),
    timedelta(microseconds=-1),
    timedelta(hours=1),
    timedelta(hours=-1),
    timedelta(hours=12),
]


def code_of(body: str) -> AuthorisationCode:
    """The code that begins with these 11 symbols."""
    symbols = iter(body)
    return AuthorisationCode.generate(lambda _: next(symbols))


codes = st.text(ALPHABET, min_size=11, max_size=11).map(code_of)
moments = st.datetimes(datetime(1980, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds


@st.composite
def periods(draw: st.DrawFn, near: date | None = None) -> Period:
    """A period; with `near` one that begins or ends within some days of that day."""
    first_day = draw(days) if near is None else near + timedelta(days=draw(st.integers(-4, 3)))
    return Period(first_day, first_day + timedelta(days=draw(st.integers(0, 4 if near else 800))))


@st.composite
def moments_near(draw: st.DrawFn, day: date) -> datetime:
    """A moment on, just before or just after the turn of a day close to this one, in Amsterdam."""
    turn = start_of(day + timedelta(days=draw(st.integers(-3, 3))))
    return turn + draw(st.sampled_from(_NUDGES))


@st.composite
def mandates(draw: st.DrawFn, near: date) -> MandateFacts:
    """A mandate in any phase around this day, ended early or not."""
    period = draw(periods(near))
    ended_at = draw(st.none() | moments_near(near))
    return MandateFacts(
        mandate_id=draw(st.uuids(version=4)),
        first_day=period.first_day,
        last_day=period.last_day,
        ended_at=ended_at,
        end_reason=None if ended_at is None else draw(st.sampled_from(EndReason)),
        covered=draw(st.booleans()),
        route=draw(st.sampled_from(Route)),
    )


@st.composite
def parties(draw: st.DrawFn, near: date) -> PartyFacts:
    """A person who lives or died around this day, under guardianship or not, blocked or not."""
    died_on = draw(st.none() | st.just(near))
    return PartyFacts(PartyKind.PERSON, died_on, draw(st.booleans()), draw(st.booleans()))
