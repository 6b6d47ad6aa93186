"""Dutch texts for people are plain (B1): short sentences, no officialese, no shouting.

The texts are the msgids of every .po file. A text that must break a rule stands in EXCEPTIONS with its reason.
"""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

SOURCE = Path(__file__).resolve().parents[2] / "src" / "volmacht"
LONGEST_SENTENCE = 25
LONGEST_AVERAGE = 20
OFFICIALESE = (
    "aangaande", "aanwenden", "aanvangen", "abusievelijk", "alsmede", "alsnog", "alvorens", "andermaal",
    "behoudens", "bescheiden", "betreffende", "bewerkstelligen", "bovengenoemd", "casu", "cumulatief",
    "daartoe", "daaromtrent", "derhalve", "desalniettemin", "desbetreffende", "desgewenst", "dienaangaande",
    "dienen", "dient", "dientengevolge", "doch", "echter", "eerdergenoemd", "effectueren", "evenwel",
    "gaarne", "geenszins", "gelieve", "generlei", "geschieden", "geschiedt", "hierbij", "hieromtrent",
    "hiertoe", "implementeren", "inachtneming", "indachtig", "indien", "ingevolge", "initiëren", "initieel",
    "inzake", "jegens", "krachtens", "luidende", "medio", "middels", "mits", "mitsdien", "mocht", "mutatie",
    "mutaties", "namelijk", "nimmer", "nochtans", "notificatie", "omtrent", "onderhavig", "onverminderd",
    "onverwijld", "participeren", "primair", "ratificeren", "reeds", "respectievelijk", "restitueren",
    "retourneren", "sanctioneren", "separaat", "teneinde", "terstond", "teruggave", "terzake", "tevens",
    "thans", "uiterst", "veelal", "verificatie", "verifiëren", "verschaffen", "verstrekken", "verstrekt",
    "verzuimen", "voormalig", "voornemens", "voornoemd", "voorts", "vooralsnog", "voorwaardelijk", "vigerend",
    "wederom", "wijze", "zodanig", "zorgdragen", "zulks",
)  # fmt: skip
PHRASES = (
    "conform",
    "dient te",
    "dienen te",
    "met betrekking tot",
    "ten aanzien van",
    "ten behoeve van",
    "in het kader van",
    "op grond van",
    "te allen tijde",
    "aan de hand van",
    "door middel van",
    "in verband met",
    "met ingang van",
    "onder andere",
    "ter zake",
    "per ommegaande",
    "uit hoofde van",
    "zorg dragen",
)
# As docs/glossary.md writes them, and how else they are written by mistake.
SPELLINGS = {"preproductie": ("pre-productie", "pre productie", "voorproductie")}
# text: why it may break a rule
EXCEPTIONS: dict[str, str] = {}


def texts() -> list[tuple[str, str]]:
    """Every Dutch text for people, with where it stands."""
    found = []
    for path in sorted(SOURCE.rglob("*.po")):
        with path.open("rb") as file:
            catalog = read_po(file)
        for message in catalog:
            ids = message.id if isinstance(message.id, tuple | list) else [message.id]
            found += [(str(path.relative_to(SOURCE)), text) for text in ids if text]
    return found


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line break, colon or semicolon ends one as well, since a reader rests there."""
    plain = re.sub(r"<[^>]+>", " ", text)
    return [part for part in re.split(r"(?<=[.!?:;])[\s”’)]+|\n+", plain) if re.search(r"\w", part)]


def words(sentence: str) -> list[str]:
    """The words of a sentence; a placeholder is one word."""
    return re.findall(r"[^\W_](?:[\w’'/@.-]*\w)?", re.sub(r"%\((\w+)\)\w|\{(\w*)\}", "iets", sentence))


def misspelled(text: str) -> list[tuple[str, str]]:
    """The words of the glossary that a text writes otherwise, each with how."""
    return [(right, word) for right, wrong in SPELLINGS.items() for word in wrong if word in text]


def problems(text: str) -> list[str]:
    """What is not plain about a text."""
    lengths = [len(words(sentence)) for sentence in sentences(text)]
    found = []
    if lengths and max(lengths) > LONGEST_SENTENCE:
        found.append(f"a sentence of {max(lengths)} words")
    if lengths and sum(lengths) / len(lengths) > LONGEST_AVERAGE:
        found.append(f"sentences of {sum(lengths) / len(lengths):.0f} words on average")
    lower = text.lower()
    found += [f"«{word}»" for word in OFFICIALESE if re.search(rf"\b{word}\b", lower)]
    found += [f"«{phrase}»" for phrase in PHRASES if re.search(rf"\b{phrase}\b", lower)]
    found += [f"«{word}» instead of «{right}»" for right, word in misspelled(lower)]
    if re.search(r"\b(je|jij|jouw|jullie)\b", lower):
        found.append("speaks with «je» instead of «u»")
    if "!" in text:
        found.append("shouts")
    return found


def test_there_are_texts_to_read() -> None:
    assert len(texts()) > 100


def test_every_text_for_people_is_plain() -> None:
    wrong = [
        f"{place}: {', '.join(problems(text))}: {text}"
        for place, text in texts()
        if problems(text) and text not in EXCEPTIONS
    ]

    assert wrong == []


def test_documents_and_demo_spell_words_as_the_glossary_does() -> None:
    glossary = (SOURCE.parents[1] / "docs" / "glossary.md").read_text()
    assert [right for right in SPELLINGS if f"| {right} |" not in glossary] == []
    places = [
        *(SOURCE / "onboarding" / "documents" / "texts").rglob("*.md"),
        *(SOURCE / "demo").rglob("*.toml"),
        *SOURCE.rglob("*.txt"),
    ]
    assert len(places) > 20
    assert [(path.name, wrong) for path in places if (wrong := misspelled(path.read_text().lower()))] == []


def test_every_exception_is_still_needed() -> None:
    known = {text for _, text in texts()}

    assert [text for text in EXCEPTIONS if text not in known or not problems(text)] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Indien u wilt stoppen, belt u ons.", "«indien»"),
        ("U dient te betalen.", "«dient te»"),
        ("Dit is gelukt!", "shouts"),
        ("Test in pre-productie.", "«pre-productie» instead of «preproductie»"),
        ("Wat wil je doen?", "speaks with «je» instead of «u»"),
        (" ".join(["woord"] * 26) + ".", "a sentence of 26 words"),
        (" ".join(["woord"] * 21) + ".", "sentences of 21 words on average"),
    ],
)
def test_a_text_that_is_not_plain_is_found(text: str, problem: str) -> None:
    assert problem in problems(text)


@pytest.mark.parametrize(
    "text",
    [
        "U kunt altijd stoppen. Wij sturen u dan een brief.",
        "Kies %(service)s in {place}. " + " ".join(["woord"] * 24) + ".",
        "Lees <a href='x'>meer</a> over de code.",
    ],
)
def test_a_plain_text_passes(text: str) -> None:
    assert problems(text) == []
