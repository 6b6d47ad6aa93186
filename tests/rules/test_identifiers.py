"""BSN, OIN and KvK number: what is refused and why, and that a BSN does not show itself (DM-05)."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from volmacht.rules.identifiers import Bsn, IdentifierFault, InvalidIdentifier, KvkNumber, Oin

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
nine_digits = st.text("0123456789", min_size=9, max_size=9)


def passes_eleven_test(digits: str) -> bool:
    """The 11-test written out, apart from the library that the product uses."""
    return sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11 == 0


def with_check_digit(first_eight: str) -> str | None:
    return next((first_eight + last for last in "0123456789" if passes_eleven_test(first_eight + last)), None)


# For one in eleven beginnings no last digit fits: those numbers were never issued.
bsns = (
    st.text("0123456789", min_size=8, max_size=8)
    .filter(lambda text: text != "0" * 8)
    .map(with_check_digit)
    .filter(lambda text: text is not None)
    .map(str)
)


def fault_of(kind: type[Bsn | Oin | KvkNumber], text: str) -> IdentifierFault:
    with pytest.raises(InvalidIdentifier) as caught:
        kind.parse(text)
    return caught.value.fault


@given(nine_digits)
def test_a_bsn_is_valid_exactly_when_it_passes_the_eleven_test_and_is_not_zero(digits: str) -> None:
    if passes_eleven_test(digits) and digits != "000000000":
        assert Bsn.parse(digits).value == digits
    else:
        assert fault_of(Bsn, digits) is IdentifierFault.CHECK_DIGIT


def test_a_bsn_of_zeroes_only_is_refused_although_it_passes_the_eleven_test() -> None:
    assert passes_eleven_test("000000000")
    assert fault_of(Bsn, "000000000") is IdentifierFault.CHECK_DIGIT


def test_a_bsn_may_begin_with_a_zero() -> None:
    number = with_check_digit("01234567")
    assert number is not None
    assert Bsn.parse(number).value == number


@given(bsns, st.integers(0, 8), st.sampled_from("0123456789"))
def test_one_wrong_digit_in_a_bsn_is_noticed(number: str, place: int, digit: str) -> None:
    assume(number[place] != digit)
    assert fault_of(Bsn, number[:place] + digit + number[place + 1 :]) is IdentifierFault.CHECK_DIGIT


@given(bsns, st.integers(0, 8), st.integers(0, 8))
def test_two_swapped_digits_in_a_bsn_are_noticed(number: str, one: int, other: int) -> None:
    assume(number[one] != number[other])
    digits = list(number)
    digits[one], digits[other] = digits[other], digits[one]
    assert fault_of(Bsn, "".join(digits)) is IdentifierFault.CHECK_DIGIT


@pytest.mark.parametrize(
    "text", [" 111222333 ", "1112.22.333", "111-222-333", "111 222 333", "111\u00a0222\u2011333\n"]
)
def test_spaces_dots_and_hyphens_are_forgiven(text: str) -> None:
    assert Bsn.parse(text) == Bsn("111222333")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", IdentifierFault.EMPTY),
        (" .- ", IdentifierFault.EMPTY),
        ("11122233a", IdentifierFault.NOT_DIGITS),
        ("١١١٢٢٢٣٣٣", IdentifierFault.NOT_DIGITS),
        ("¹¹¹²²²³³³", IdentifierFault.NOT_DIGITS),
        ("111,222,333", IdentifierFault.NOT_DIGITS),
        ("+11122233", IdentifierFault.NOT_DIGITS),
        ("11222333", IdentifierFault.LENGTH),
        ("0111222333", IdentifierFault.LENGTH),
        ("1" * 1_000_000, IdentifierFault.LENGTH),
        ("111222334", IdentifierFault.CHECK_DIGIT),
    ],
)
def test_the_fault_says_what_is_wrong_with_a_bsn(text: str, fault: IdentifierFault) -> None:
    assert fault_of(Bsn, text) is fault


def test_a_malformed_bsn_cannot_be_made_past_the_parser() -> None:
    with pytest.raises(InvalidIdentifier):
        Bsn("111222334")
    with pytest.raises(InvalidIdentifier):
        Bsn("1112.22.333")


@given(bsns)
def test_a_bsn_prints_itself_masked_in_every_way(number: str) -> None:
    bsn = Bsn(number)
    expected = f"Bsn(••••••{number[-3:]})"
    assert bsn.masked == f"••••••{number[-3:]}"
    assert [str(bsn), repr(bsn), f"{bsn}", "%s" % bsn, "{}".format(bsn), repr([bsn])] == [  # noqa: UP031, UP032 - each way is tried
        *[expected] * 5,
        f"[{expected}]",
    ]


@given(bsns)
def test_a_refusal_of_a_bsn_does_not_repeat_what_was_typed(number: str) -> None:
    with pytest.raises(InvalidIdentifier) as caught:
        Bsn.parse(number + "7")
    assert not any(character.isdigit() for character in f"{caught.value!s}{caught.value!r}")


@given(bsns)
def test_equal_bsns_are_equal_and_hash_alike(number: str) -> None:
    assert {Bsn(number), Bsn.parse(f" {number} ")} == {Bsn(number)}


def test_an_oin_has_twenty_digits_and_is_shown() -> None:
    oin = Oin.parse("00000001 003214 345000")
    assert oin.value == str(oin) == "00000001003214345000"
    assert fault_of(Oin, "0000000100321434500") is IdentifierFault.LENGTH
    assert fault_of(Oin, "0000000100321434500X") is IdentifierFault.NOT_DIGITS


def test_a_kvk_number_has_eight_digits_and_is_shown() -> None:
    number = KvkNumber.parse("12.34.56.78")
    assert number.value == str(number) == "12345678"
    assert fault_of(KvkNumber, "1234567") is IdentifierFault.LENGTH
    assert fault_of(KvkNumber, "") is IdentifierFault.EMPTY
