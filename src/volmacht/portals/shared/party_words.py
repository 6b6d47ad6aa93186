"""People, organisations and employees by name, as the other party reads them. Only words.

eHerkenning gives the number of an organisation and a pseudonym of who works there, no names (decision 0030): the number
is worded so that it can be looked up, and the pseudonym is cut short. The whole one stands in the download.
"""

from django.utils.translation import gettext

from volmacht.rules.kinds import PartyKind

CALLED_BY_NUMBER = "KvK "
SIGNS_SHOWN = 6


def party_name(name: str, kind: PartyKind = PartyKind.PERSON) -> str:
    """A name, or words for who has none here any more; an organisation without one is called by its number."""
    if kind is PartyKind.ORGANISATION and name.startswith(CALLED_BY_NUMBER):
        return gettext("De organisatie met KvK-nummer %(number)s") % {
            "number": name.removeprefix(CALLED_BY_NUMBER)
        }
    return name or gettext("iemand van wie wij de naam niet meer hebben")


def short_pseudonym(employee: str) -> str:
    """The end of a pseudonym: enough to tell the employees of one organisation apart."""
    return employee[-SIGNS_SHOWN:].upper()
