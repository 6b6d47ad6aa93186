"""What is exported is imported as unchanged, whatever stands in the catalogue (DM-63)."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.catalogue.building import Building
from tests.catalogue.csv_files import ENTITY, PRODUCTION
from volmacht.catalogue import queries
from volmacht.catalogue.kinds import RelationKind
from volmacht.catalogue.models import Provider, Relation, Service
from volmacht.catalogue.queries import ImportKind, RowOutcome
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.kinds import RepresentativeKind

SIGNS = st.characters(blacklist_categories=("Cs", "Cc"))
FORMULA = st.sampled_from(["", "=", "+", "-", "@", "'", "'=", "''-", ";", ",", '"', "#"])


def texts(longest: int, *, needed: bool = False) -> st.SearchStrategy[str]:
    """Text as the catalogue keeps it: stripped, and not too long."""
    begins = st.tuples(FORMULA, st.text(SIGNS, max_size=20)).map("".join).map(str.strip)
    return begins.map(lambda text: text[:longest].strip()).filter(lambda text: bool(text) or not needed)


DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
TIMES = st.times(timezones=st.just(UTC))
MOMENTS = st.none() | st.builds(datetime.combine, DAYS, TIMES)
TERMS = st.tuples(st.booleans(), MOMENTS, MOMENTS).filter(lambda t: not (t[1] and t[2]) or t[2] > t[1])
LEVELS = st.sampled_from(LevelOfAssurance).map(int)
ANNOUNCED = st.none() | st.tuples(LEVELS, DAYS)
SERVICES = st.fixed_dictionaries(
    {
        "name": texts(255, needed=True),
        "description": texts(300),
        "explanation": st.lists(texts(60), max_size=3).map("\n".join).map(str.strip),
        "permission_question": texts(255),
        "announced_message": texts(300),
        "minimum_level": LEVELS,
        "digid_allowed": st.booleans(),
        "mandatable": st.booleans(),
        "position": st.integers(0, 100_000),
        "request_days": st.integers(1, 365),
        "representative_kind": st.sampled_from(RepresentativeKind).map(str),
    }
)
ORGANISATIONS = st.fixed_dictionaries(
    {"name": texts(255, needed=True), "description": texts(300), "role_active": st.booleans()}
)


def term(value: tuple[bool, datetime | None, datetime | None]) -> dict[str, object]:
    return dict(zip(("active", "active_from", "active_until"), value, strict=True))


@pytest.fixture
def filled(building: Building) -> None:
    """A set with a member, a Message Box beside it, and an organisation that offers nothing."""
    provider = building.provider()
    link = building.connection(provider, entity_id=ENTITY)
    member, box, asker = (building.service(provider, link) for _ in range(3))
    building.service_set(member)
    building.relation(asker, box, kind=RelationKind.MESSAGE_BOX)
    building.provider()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    service=SERVICES, organisation=ORGANISATIONS, terms=st.tuples(TERMS, TERMS, TERMS), announced=ANNOUNCED
)
def test_what_was_exported_is_unchanged(
    filled: None,
    service: dict[str, object],
    organisation: dict[str, object],
    terms: tuple[tuple[bool, datetime | None, datetime | None], ...],
    announced: tuple[int, object] | None,
) -> None:
    level, day = announced or (None, None)
    Service.objects.update(**service, **term(terms[0]), announced_level=level, announced_on=day)
    Provider.objects.update(**organisation, **term(terms[1]))
    Relation.objects.update(**term(terms[2]))
    for kind in ImportKind:
        content = queries.exported(kind, PRODUCTION)
        run = queries.dry_run(content, kind=kind, environment=PRODUCTION)
        assert {row.outcome for row in run.rows} == {RowOutcome.UNCHANGED}, run
        assert len(run.rows) == {ImportKind.SERVICES: 4, ImportKind.ORGANISATIONS: 2}[kind]


def test_an_export_holds_no_cell_that_a_spreadsheet_calculates(building: Building) -> None:
    building.service(name="=HYPERLINK(1)", description="+31", permission_question="@x", explanation="-1")
    content = queries.exported(ImportKind.SERVICES, PRODUCTION).decode()
    for cell in ("=HYPERLINK(1)", "+31", "@x", "-1"):
        assert f",'{cell}," in content


def test_an_empty_catalogue_exports_nothing(db: None) -> None:
    assert [queries.exported(kind, PRODUCTION) for kind in ImportKind] == [b"", b""]
