"""How names are composed: the examples of the published feature files on names and addressing."""

import pytest

from volmacht.standins.population_register.names import Gender, NameUse, PersonName

INITIALS = [
    ("Henk", "H."),
    ("Johan Frank Robert", "J.F.R."),
    ("Theo Philip IJsbrand", "T.P.I."),
    ("Anne-Fleur Belle", "A.B."),
    ("Suzie Q", "S.Q"),
    ("A", "A"),
    ("J P", "J P"),
    ("", ""),
]


@pytest.mark.parametrize(("given_names", "initials"), INITIALS)
def test_initials_are_one_letter_for_each_given_name(given_names: str, initials: str) -> None:
    assert PersonName(given_names, "", "Boer").initials == initials


FULL_NAMES = [
    (("Christina Maria", "", "Maassen"), "Christina Maria Maassen"),
    (("Gerrit", "den", "Braber"), "Gerrit den Braber"),
    (("", "", "Obbadah"), "Obbadah"),
    (("Dian Marini Maya", "", ""), "Dian Marini Maya"),
]


@pytest.mark.parametrize(("parts", "full"), FULL_NAMES)
def test_a_full_name_leaves_out_what_is_absent(parts: tuple[str, str, str], full: str) -> None:
    assert PersonName(*parts).full == full


# Use, own name, partner's name; on an envelope with the initials C.T., and in running text about a woman.
USES = [
    ("E", ("in het", "Veld"), ("van", "Velzen"), "C.T. in het Veld", "mevrouw In het Veld"),
    ("P", ("in het", "Veld"), ("van", "Velzen"), "C.T. van Velzen", "mevrouw Van Velzen"),
    (
        "V",
        ("in het", "Veld"),
        ("van", "Velzen"),
        "C.T. van Velzen-in het Veld",
        "mevrouw Van Velzen-in het Veld",
    ),
    (
        "N",
        ("in het", "Veld"),
        ("van", "Velzen"),
        "C.T. in het Veld-van Velzen",
        "mevrouw In het Veld-van Velzen",
    ),
    ("V", ("", "Groenen"), ("", "Groenlo"), "C.T. Groenlo-Groenen", "mevrouw Groenlo-Groenen"),
    ("V", ("in het", "Veld"), ("", ""), "C.T. in het Veld", "mevrouw In het Veld"),
    ("P", ("", ""), ("de", "Boer"), "C.T. de Boer", "mevrouw De Boer"),
    ("E", ("", ""), ("de", "Boer"), "", ""),
    ("V", ("", ""), ("de", "Boer"), "", ""),
    ("N", ("", ""), ("de", "Boer"), "", ""),
    ("E", ("'t", "Hart"), ("", ""), "C.T. 't Hart", "mevrouw 't Hart"),
]


@pytest.mark.parametrize(("use", "own", "partner", "envelope", "text"), USES)
def test_a_partners_name_is_used_as_the_person_wishes(
    use: str, own: tuple[str, str], partner: tuple[str, str], envelope: str, text: str
) -> None:
    name = PersonName("Carla Theodora", *own, NameUse(use), *partner)
    assert name.on_envelope == envelope
    assert name.in_running_text(Gender.WOMAN) == text


def test_a_salutation_follows_the_gender() -> None:
    name = PersonName("Robin Melle", "van", "Puffelen")
    assert name.salutation(Gender.MAN) == "Geachte heer Van Puffelen"
    assert name.salutation(Gender.WOMAN) == "Geachte mevrouw Van Puffelen"
    assert name.salutation(Gender.UNKNOWN) == "Geachte R.M. van Puffelen"
    assert name.in_running_text(Gender.MAN) == "de heer Van Puffelen"
    assert name.in_running_text(Gender.UNKNOWN) == "R.M. van Puffelen"


def test_without_initials_an_envelope_starts_with_a_capital() -> None:
    assert PersonName("", "van", "Puffelen").on_envelope == "Van Puffelen"
