"""Finding a service by words: accents and capitals do not count, every word must be somewhere. Pure."""

import unicodedata

from volmacht.catalogue.entries import ENGLISH, ServiceEntry

_LONGEST_QUESTION = 200


def folded(text: str) -> str:
    """Text without accents and capitals."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def search_text(entry: ServiceEntry, language: str) -> str:
    """Everything of a service in which is searched; its Dutch name always counts."""
    parts = [entry.name, entry.description_in(language), entry.keywords, *entry.provider_names]
    if language == ENGLISH:
        parts.append(entry.name_en)
    return folded("\n".join(parts))


def words_in(question: str) -> tuple[str, ...]:
    """The words that were asked for; what is longer than 200 signs is cut off."""
    return tuple(folded(question[:_LONGEST_QUESTION]).split())


def matches(text: str, words: tuple[str, ...]) -> bool:
    """Whether every word stands in the text, also within a longer word."""
    return all(word in text for word in words)
