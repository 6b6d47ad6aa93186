"""Authorisation codes: made, shown, typed back; typing errors noticed; never printed (DM-20 to DM-22)."""

import secrets
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.strategies import code_of, codes
from volmacht.rules.codes import ALPHABET, AuthorisationCode, CodeFault, InvalidCode

LENGTH = 12


def fault_of(text: str) -> CodeFault:
    with pytest.raises(InvalidCode) as caught:
        AuthorisationCode.parse(text)
    return caught.value.fault


def is_code(text: str) -> bool:
    try:
        AuthorisationCode.parse(text)
    except InvalidCode:
        return False
    return True


def test_the_alphabet_has_28_symbols_and_no_look_alikes() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 28
    assert not set(ALPHABET) & set("AEIOUY01")


@given(codes)
def test_a_code_survives_being_shown_and_typed(code: AuthorisationCode) -> None:
    assert AuthorisationCode.parse(code.display) == code
    assert AuthorisationCode.parse(code.symbols) == code


@given(codes)
def test_a_code_is_shown_in_three_groups_of_four(code: AuthorisationCode) -> None:
    groups = code.display.split("-")
    assert [len(group) for group in groups] == [4, 4, 4]
    assert "".join(groups) == code.symbols


@given(codes, st.data())
def test_a_code_may_be_typed_in_any_case_with_spaces_and_hyphens_anywhere(
    code: AuthorisationCode, data: st.DataObject
) -> None:
    between = st.text(" -\t\n\u00a0\u202f\u2010\u2011\u2013\u2014\u2212\u00ad", max_size=3)
    typed = "".join(
        data.draw(between) + data.draw(st.sampled_from([symbol, symbol.lower()])) for symbol in code.symbols
    )
    assert AuthorisationCode.parse(typed + data.draw(between)) == code


@given(codes)
def test_every_single_wrong_symbol_is_noticed(code: AuthorisationCode) -> None:
    for place in range(LENGTH):
        for symbol in set(ALPHABET) - {code.symbols[place]}:
            assert (
                fault_of(code.symbols[:place] + symbol + code.symbols[place + 1 :]) is CodeFault.CHECK_SYMBOL
            )


@given(codes)
def test_every_swap_of_neighbours_is_noticed_except_of_the_first_and_last_symbol_of_the_alphabet(
    code: AuthorisationCode,
) -> None:
    for place in range(LENGTH - 1):
        one, other = code.symbols[place], code.symbols[place + 1]
        swapped = code.symbols[:place] + other + one + code.symbols[place + 2 :]
        missed = one == other or {one, other} == {"B", "9"}
        assert is_code(swapped) == missed


@given(st.text(ALPHABET, min_size=11, max_size=11))
def test_exactly_one_check_symbol_fits_eleven_symbols(body: str) -> None:
    fitting = [symbol for symbol in ALPHABET if is_code(body + symbol)]
    assert fitting == [code_of(body).symbols[-1]]


@pytest.mark.parametrize(
    "symbols",
    [
        "BBBBBBBBBBBB",  # all of place 0: sum 0
        "BBBBBBBBBBC8",  # C, place 1, doubled is 2; 8, place 26, makes 28
        "BBBBBBBBBBS9",  # S, place 14, doubled is 28, in base 28 the digits 1 and 0; 9, place 27, makes 28
        "BBBBBBBBBCB9",  # C, not doubled, is 1; 9 makes 28
    ],
)
def test_codes_worked_out_by_hand_are_accepted(symbols: str) -> None:
    assert AuthorisationCode.parse(symbols).symbols == symbols


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", CodeFault.EMPTY),
        (" - - ", CodeFault.EMPTY),
        ("BBBB-BBBB-BBB", CodeFault.LENGTH),
        ("BBBB-BBBB-BBBBB", CodeFault.LENGTH),
        ("BBBB-BBBB-BBBO", CodeFault.SYMBOL),
        ("BBBB-BBBB-BBB0", CodeFault.SYMBOL),
        ("BBBB-BBBB-BBB1", CodeFault.SYMBOL),
        ("BBBB-BBBB-BBBY", CodeFault.SYMBOL),
        ("BBBB-BBBB-BBB_", CodeFault.SYMBOL),
        ("BBBB-BBBB-BBſB", CodeFault.SYMBOL),  # a long s is no S
        ("BBBB-BBBB-BBB２", CodeFault.SYMBOL),  # a full-width digit is no digit
        ("BBBB-BBBB-BBBC", CodeFault.CHECK_SYMBOL),
    ],
)
def test_the_fault_says_what_is_wrong_with_a_code(text: str, fault: CodeFault) -> None:
    assert fault_of(text) is fault


@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_code_or_an_invalid_code(text: str) -> None:
    try:
        symbols = AuthorisationCode.parse(text).symbols
    except InvalidCode:
        return
    assert set(symbols) <= set(ALPHABET)
    assert len(symbols) == LENGTH


def test_ten_megabytes_of_text_are_refused_without_being_read() -> None:
    text = "B" * 10_000_000
    begun = perf_counter()
    assert {fault_of(text) for _ in range(100)} == {CodeFault.LENGTH}
    assert perf_counter() - begun < 1


@pytest.mark.parametrize("symbols", ["bbbbbbbbbbbb", "BBBB-BBBB-BBBB", "", "BBBBBBBBBBBC"])
def test_a_malformed_code_cannot_be_made_past_the_parser(symbols: str) -> None:
    with pytest.raises(InvalidCode):
        AuthorisationCode(symbols)


@given(codes)
def test_a_code_does_not_print_itself(code: AuthorisationCode) -> None:
    printed = {str(code), repr(code), f"{code}", f"{code!r}", repr([code])[1:-1]}
    assert printed == {"AuthorisationCode(••••-••••-••••)"}


@given(codes)
def test_a_refusal_of_a_code_does_not_repeat_what_was_typed(code: AuthorisationCode) -> None:
    with pytest.raises(InvalidCode) as caught:
        AuthorisationCode.parse(code.symbols + "2")
    assert f"{caught.value}{caught.value!r}" == "lengthInvalidCode('length')"


def test_a_code_is_made_of_eleven_choices_from_the_whole_alphabet() -> None:
    offered: list[str] = []

    def choose(symbols: object) -> str:
        offered.append(str(symbols))
        return "Z"

    assert AuthorisationCode.generate(choose).symbols.startswith("Z" * 11)
    assert offered == [ALPHABET] * 11


def test_codes_from_the_system_s_randomness_are_valid_and_differ() -> None:
    made = {AuthorisationCode.generate(secrets.choice).symbols for _ in range(1000)}
    assert len(made) == 1000
    assert {symbol for symbols in made for symbol in symbols} == set(ALPHABET)
