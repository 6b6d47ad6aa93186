"""Reading a CSV file: each thing that can be wrong is told with its line and column (DM-63)."""

import pytest

from tests.catalogue.building import Building
from tests.catalogue.csv_files import (
    ENTITY,
    NEW_UUID,
    OIN,
    OTHER_UUID,
    faults,
    file_of,
    organisation,
    service,
    tried,
)
from volmacht.catalogue.importing.document import LARGEST_FILE, MOST_ROWS, guarded
from volmacht.catalogue.queries import ImportKind, RowFault, RowNote, RowOutcome

ORGANISATIONS = ImportKind.ORGANISATIONS
HEADER = [f"Kolom {number}" for number in range(21)]


@pytest.fixture
def connected(building: Building) -> Building:
    """A catalogue with one connection, that the rows name."""
    building.connection(building.provider(), entity_id=ENTITY)
    return building


@pytest.mark.parametrize(
    "content",
    [
        file_of(service()),
        file_of(service(), separator=";"),
        b"\xef\xbb\xbf" + file_of(service()),
        file_of(HEADER, service()),
        file_of(service(), [""] * 21) + b"\r\n\r\n",
        file_of(service()).replace(b"\r\n", b"\n"),
        file_of(service(c16="Een\r\nTwee")),
        file_of(service(c2=NEW_UUID.upper())),
    ],
    ids=["comma", "semicolon", "BOM", "header", "empty lines", "unix", "two lines in a cell", "capitals"],
)
def test_a_file_as_it_is_really_exported_is_read(connected: Building, content: bytes) -> None:
    run = tried(content)
    assert run.possible, run
    assert [row.outcome for row in run.rows] == [RowOutcome.NEW]


def test_header_and_empty_lines_are_told(connected: Building) -> None:
    run = tried(file_of(HEADER, service(), [""] * 21) + b"\r\n")
    assert (run.header, run.empty_lines, run.rows[0].line) == (True, 2, 2)


@pytest.mark.parametrize(
    ("content", "fault", "line"),
    [
        (b"", RowFault.FILE_EMPTY, None),
        (b"\r\n\r\n", RowFault.FILE_EMPTY, None),
        (file_of(HEADER), RowFault.FILE_EMPTY, None),
        (b"x" * (LARGEST_FILE + 1), RowFault.FILE_TOO_LARGE, None),
        (b"a" * 50_000_000, RowFault.FILE_TOO_LARGE, None),
        (b"\r\n" * 1_000_000 + file_of(service()[:5]), RowFault.WRONG_COLUMN_COUNT, 1_000_001),
        (file_of(*([service()] * (MOST_ROWS + 1))), RowFault.TOO_MANY_ROWS, MOST_ROWS + 1),
        (file_of(service(c3="Café")).decode().encode("latin-1"), RowFault.WRONG_ENCODING, 1),
        (file_of(service()).decode().encode("utf-16"), RowFault.WRONG_ENCODING, 1),
        (file_of(service()) + file_of(service(c3="a\0b")), RowFault.NUL_BYTE, 2),
        (file_of(service(), service()[:20]), RowFault.WRONG_COLUMN_COUNT, 2),
        (file_of(service()) + b'"open', RowFault.QUOTING, 2),
        (file_of(service()) + b'"a"b,c', RowFault.QUOTING, 2),
        (file_of(service(c16="x" * 200_000)), RowFault.CELL_TOO_LONG, 1),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(
    db: None, content: bytes, fault: RowFault, line: int | None
) -> None:
    assert faults(content) == [(fault, line, None)]
    assert tried(content).rows == ()


@pytest.mark.parametrize(
    ("cells", "fault", "column"),
    [
        ({"c0": ""}, RowFault.CONNECTION_MISSING, 1),
        ({"c0": "urn:unknown"}, RowFault.CONNECTION_UNKNOWN, 1),
        ({"c2": ""}, RowFault.VALUE_MISSING, 3),
        ({"c2": "x"}, RowFault.NOT_A_UUID, 3),
        ({"c3": ""}, RowFault.VALUE_MISSING, 4),
        ({"c3": "x" * 256}, RowFault.TEXT_TOO_LONG, 4),
        ({"c3": "a\x07b"}, RowFault.CONTROL_SIGN, 4),
        ({"c3": "twee\nregels"}, RowFault.CONTROL_SIGN, 4),
        ({"c4": ""}, RowFault.VALUE_MISSING, 5),
        ({"c4": "15"}, RowFault.LEVEL_UNKNOWN, 5),
        ({"c5": ""}, RowFault.VALUE_MISSING, 6),
        ({"c5": "AES"}, RowFault.ENCRYPTION_UNKNOWN, 6),
        ({"c5": "Pseudoniem"}, RowFault.ENCRYPTION_UNSUPPORTED, 6),
        ({"c6": "26", "c7": "01-01-2027 00:00"}, RowFault.LEVEL_UNKNOWN, 7),
        ({"c6": "25", "c7": "01-01-2027 12:00"}, RowFault.NOT_AT_MIDNIGHT, 8),
        ({"c6": "25"}, RowFault.LEVEL_AND_DATE_GO_TOGETHER, 8),
        ({"c7": "01-01-2027 00:00"}, RowFault.LEVEL_AND_DATE_GO_TOGETHER, 7),
        ({"c8": "x" * 301}, RowFault.TEXT_TOO_LONG, 9),
        ({"c9": "ja"}, RowFault.NOT_A_FLAG, 10),
        ({"c10": "x" * 256}, RowFault.TEXT_TOO_LONG, 11),
        ({"c12": "drie"}, RowFault.NOT_A_NUMBER, 13),
        ({"c12": "-1"}, RowFault.NOT_A_NUMBER, 13),
        ({"c12": ""}, RowFault.VALUE_MISSING, 13),
        ({"c13": "Iedereen"}, RowFault.REPRESENTATIVE_KIND_UNKNOWN, 14),
        ({"c14": "366"}, RowFault.NUMBER_OUT_OF_RANGE, 15),
        ({"c15": "x" * 301}, RowFault.TEXT_TOO_LONG, 16),
        ({"c16": "x" * 2001}, RowFault.TEXT_TOO_LONG, 17),
        ({"c17": ""}, RowFault.VALUE_MISSING, 18),
        ({"c18": "2026-01-01"}, RowFault.NOT_A_MOMENT, 19),
        ({"c18": "31-02-2026 00:00"}, RowFault.NOT_A_MOMENT, 19),
        ({"c18": "29-03-2026 02:30"}, RowFault.MOMENT_DOES_NOT_EXIST, 19),
        ({"c18": "01-01-0001 00:00"}, RowFault.NOT_A_MOMENT, 19),
        ({"c19": "01-01-2026 00:00"}, RowFault.UNTIL_BEFORE_FROM, 20),
        ({"c20": OTHER_UUID}, RowFault.ITEM_MALFORMED, 21),
        ({"c20": f"{OTHER_UUID}#Dienstenset#1###"}, RowFault.ITEM_MALFORMED, 21),
        ({"c20": f"{OTHER_UUID}#Familie#1##"}, RowFault.RELATION_KIND_UNKNOWN, 21),
        ({"c20": f"{OTHER_UUID}#Berichtenbox#1##"}, RowFault.SERVICE_UNKNOWN, 21),
        ({"c20": f"{NEW_UUID}#Berichtenbox#1##"}, RowFault.RELATION_WITH_ITSELF, 21),
        ({"c20": f"{OTHER_UUID}#Berichtenbox#x##"}, RowFault.NOT_A_FLAG, 21),
    ],
)
def test_a_wrong_cell_is_told_with_its_column(
    connected: Building, cells: dict[str, str], fault: RowFault, column: int
) -> None:
    assert (fault, 2, column) in faults(file_of(service(c2=OTHER_UUID[:-1] + "5"), service(**cells)))


@pytest.mark.parametrize(
    ("cells", "fault", "column"),
    [
        ({"c0": ""}, RowFault.VALUE_MISSING, 1),
        ({"c0": "123"}, RowFault.NOT_AN_OIN, 1),
        ({"c1": ""}, RowFault.VALUE_MISSING, 2),
        ({"c2": "x" * 301}, RowFault.TEXT_TOO_LONG, 3),
        ({"c6": "4"}, RowFault.ROLE_UNKNOWN, 7),
        ({"c6": ""}, RowFault.VALUE_MISSING, 7),
        ({"c8": "01-01-2999 00:00"}, RowFault.ROLE_TERM_NOT_KEPT, 9),
        ({"c9": "01-01-2999 00:00"}, RowFault.ROLE_TERM_NOT_KEPT, 10),
        ({"c10": f"{OTHER_UUID}#1##"}, RowFault.SERVICE_UNKNOWN, 11),
        ({"c10": "x"}, RowFault.ITEM_MALFORMED, 11),
        ({"c10": f"{OTHER_UUID}#1##,{OTHER_UUID}#0##"}, RowFault.ITEM_TWICE, 11),
    ],
)
def test_a_wrong_cell_of_an_organisation_is_told_with_its_column(
    db: None, cells: dict[str, str], fault: RowFault, column: int
) -> None:
    assert (fault, 1, column) in faults(file_of(organisation(**cells)), ORGANISATIONS)


def test_what_is_named_twice_is_a_fault_of_the_second(connected: Building) -> None:
    run = tried(file_of(service(), service(c2=NEW_UUID.upper(), c3="Anders")))
    assert [(one.fault, one.line, one.detail) for one in run.rows[1].faults] == [
        (RowFault.NAMED_TWICE, 2, "1")
    ]
    assert faults(file_of(organisation(), organisation()), ORGANISATIONS) == [(RowFault.NAMED_TWICE, 2, 1)]


def test_every_fault_of_a_row_is_told_at_once(connected: Building) -> None:
    assert len(faults(file_of(service(c3="", c4="1", c9="x", c18="morgen")))) == 4


def test_of_an_hour_that_comes_twice_the_first_counts_and_the_row_says_so(connected: Building) -> None:
    run = tried(file_of(service(c18="25-10-2026 02:30")))
    assert run.possible
    assert run.rows[0].notes == (RowNote.FIRST_OF_TWO_MOMENTS,)


def test_what_is_not_kept_is_said(connected: Building) -> None:
    run = tried(file_of(service(c1="urn:other", c5="Legacy BSN")))
    assert run.rows[0].notes == (RowNote.SERVICE_ENTITY_ID_NOT_KEPT, RowNote.ENCRYPTION_IS_BSN)
    run = tried(file_of(organisation(c6="2")), ORGANISATIONS)
    assert run.rows[0].notes == (RowNote.ROLE_FOLLOWS_CONNECTION,)
    assert run.rows[0].key == OIN


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert guarded(f"{sign}1+1") == f"'{sign}1+1"
    assert guarded(f"'{sign}1") == f"''{sign}1"
    assert guarded(f"a{sign}") == f"a{sign}"
    assert guarded("'s middags") == "'s middags"
