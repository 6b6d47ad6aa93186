"""`volmacht parties erase`: asks for the BSN, shows who it is, and erases with four eyes or says why not."""

import io
import sys
from uuid import UUID

import pytest

from tests.mandates import scene
from tests.mandates.conftest import at_noon, daughter, mother, neighbour
from tests.mandates.scene import Someone
from volmacht.cli.main import main
from volmacht.parties import queries as parties

__all__ = ["at_noon", "daughter", "mother", "neighbour"]
Said = pytest.CaptureFixture[str]
ANNE, BRAM = "anne@volmacht.example", "bram@volmacht.example"
pytestmark = pytest.mark.usefixtures("two_staff")


def erase(monkeypatch: pytest.MonkeyPatch, *typed: str, approver: str = BRAM) -> int:
    """Carry out the command, with these lines on standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
    return main(["parties", "erase", "--proposed-by", ANNE, "--approved-by", approver])


def is_known(person: Someone) -> bool:
    """Whether the BSN still leads to somebody."""
    return parties.party_with_bsn(person.bsn) is not None


def test_somebody_is_erased_after_a_look_at_who_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: Said, mother: Someone
) -> None:
    assert erase(monkeypatch, f" {mother.bsn.value} ", "erase") == 0
    said = capsys.readouterr()
    assert f"This is {mother.name}, born in 1948." in said.out
    assert f"Erased. Nobody is left behind number {mother.id}." in said.out
    assert mother.bsn.value not in said.out + said.err
    assert not is_known(mother)


def test_who_hesitates_erases_nobody(monkeypatch: pytest.MonkeyPatch, capsys: Said, mother: Someone) -> None:
    for answer in ("", "yes", "ERASE"):
        assert erase(monkeypatch, mother.bsn.value, answer) == 1
        assert capsys.readouterr().err == "volmacht: nothing is erased\n"
    assert is_known(mother)


def test_what_must_be_kept_is_named_with_its_day(
    monkeypatch: pytest.MonkeyPatch, capsys: Said, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    assert erase(monkeypatch, daughter.bsn.value, "erase") == 1
    said = capsys.readouterr().err
    assert said.startswith(
        "volmacht: nothing is erased: the register must still keep 1 mandates (until 2036-11-20)"
    )
    assert is_known(daughter)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "that is not a BSN"),
        ("999900007", "that is not a BSN"),
        ("999990019", "nobody with this BSN is known"),
    ],
)
def test_a_bsn_that_leads_to_nobody_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, capsys: Said, mother: Someone, typed: str, said: str
) -> None:
    assert erase(monkeypatch, typed, "erase") == 1
    told = capsys.readouterr()
    assert said in told.err
    assert not typed or typed not in told.out + told.err


def test_one_employee_cannot_do_it_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: Said, mother: Someone, two_staff: tuple[UUID, UUID]
) -> None:
    assert erase(monkeypatch, mother.bsn.value, "erase", approver=ANNE) == 1
    assert "somebody else must approve" in capsys.readouterr().err
    assert is_known(mother)


def test_at_a_terminal_the_bsn_is_not_shown_while_it_is_typed(
    monkeypatch: pytest.MonkeyPatch, mother: Someone
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    asked: list[str] = []

    def typed_unseen(prompt: str) -> str:
        asked.append(prompt)
        return mother.bsn.value

    monkeypatch.setattr("getpass.getpass", typed_unseen)
    monkeypatch.setattr(sys, "stdin", Terminal("erase\n"))
    assert main(["parties", "erase", "--proposed-by", ANNE, "--approved-by", BRAM]) == 0
    assert asked == ["BSN of the person (not shown): "]
    assert not is_known(mother)
