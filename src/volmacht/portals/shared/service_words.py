"""Services in words: texts with the language they are in. Only words."""

from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext

from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.portals.shared.page_language import language


class Worded(NamedTuple):
    """A text and the language it is in, so that it is read aloud the right way."""

    text: str
    language: str


class ServiceWords(NamedTuple):
    """What a page says of a service."""

    name: Worded
    description: Worded
    explanation: Worded
    providers: str
    website: str


def _worded(dutch: str, english: str) -> Worded:
    return Worded(english, "en") if language() == "en" and english else Worded(dutch, "nl")


def _website(address: str) -> str:
    """Where a service is found; in the demo the sample beside us, where its invented address leads nowhere."""
    for invented, running in settings.RUNNING_WEBSITES.items():
        if f"{address}/".startswith(f"{invented}/"):
            return f"{running}/"
    return address


def service_words(entry: ServiceEntry) -> ServiceWords:
    """The texts of a service in the language of the page; Dutch where it has no English."""
    return ServiceWords(
        name=_worded(entry.name, entry.name_en),
        description=_worded(entry.description, entry.description_en),
        explanation=_worded(entry.explanation, entry.explanation_en),
        providers=", ".join(entry.provider_names),
        website=_website(entry.website),
    )


def service_name(service_id: UUID) -> str:
    """The name of a service in the language of the page."""
    entry = catalogue.service(service_id)
    return entry.name_in(language()) if entry else gettext("een dienst die niet meer bestaat")
