"""How names and words are compared when people search: case and accents do not count. Pure."""

import unicodedata


def folded(text: str) -> str:
    """The text without case and accents: "Šćepanović" becomes "scepanovic"."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()


def words(text: str, most: int = 8) -> list[str]:
    """The words to search for, folded; no more than `most`, so that a long text costs nothing."""
    return folded(text[:200]).split()[:most]
