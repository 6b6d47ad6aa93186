"""The words of the forms of connecting: of each form, page, field, option and kind of change, and of what is wrong.

Fields are worded in `form_field_words`. The chapter that explains a field is that of the guide (CN-24): its title is
read from the guide itself, so that a link never says something else than the page it leads to.
"""

from functools import lru_cache
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from volmacht.onboarding.documents import DocumentKey, current
from volmacht.onboarding.documents.structure import Heading, plain
from volmacht.portals.shared.form_change_words import CHANGES, Words
from volmacht.portals.shared.form_field_words import FIELDS, FieldWords
from volmacht.portals.shared.page_language import language
from volmacht.rules.onboarding.answers import Problem
from volmacht.rules.onboarding.forms import Chapter, Field, FieldKind, FormKey, PageKey

__all__ = ["CHANGES", "FIELDS", "FieldWords", "Words"]
GUIDE_SLUG: Final = "handleiding"


FORMS: Final[dict[FormKey, Words]] = {
    FormKey.APPLICATION: Words(
        gettext_lazy("Aanvraagformulier"),
        gettext_lazy("Hiermee vraagt u aan dat uw organisatie mag aansluiten. Het hoort bij stap 1."),
    ),
    FormKey.PREPRODUCTION: Words(
        gettext_lazy("Aansluitformulier preproductie"),
        gettext_lazy(
            "Hiermee vraagt u toegang tot de omgeving om te testen. Het hoort bij stap 2. "
            "Uw tekenbevoegde ondertekent het samen met de voorwaarden."
        ),
    ),
    FormKey.PRODUCTION: Words(
        gettext_lazy("Aansluitformulier productie"),
        gettext_lazy(
            "Hiermee vraagt u toegang tot productie. Het hoort bij stap 5. U krijgt het als de test in stap 4 "
            "is gelukt. Uw tekenbevoegde ondertekent het samen met de voorwaarden."
        ),
    ),
    FormKey.NEW_SERVICE: Words(
        gettext_lazy("Formulier nieuwe dienst"),
        gettext_lazy("Hiermee voegt een aangesloten organisatie een dienst of een dienstenset toe."),
    ),
    FormKey.CHANGE: Words(
        gettext_lazy("Wijzigingsformulier"),
        gettext_lazy("Hiermee geeft een aangesloten organisatie een wijziging door."),
    ),
}
PAGES: Final[dict[PageKey, Words]] = {
    PageKey.CHOICES: Words(
        gettext_lazy("Uw keuzes"),
        gettext_lazy("Zo wilt u machtigen gebruiken. Uw antwoorden bepalen hoe uw aansluiting gaat werken."),
    ),
    PageKey.ORGANISATION: Words(
        gettext_lazy("Uw organisatie"), gettext_lazy("Wat uw organisatie doet, en in welke wet dat staat.")
    ),
    PageKey.CONTACTS: Words(
        gettext_lazy("Uw contactpersonen"),
        gettext_lazy("Vier mensen die wij kunnen bereiken. Eén persoon mag meer dan één keer voorkomen."),
    ),
    PageKey.SERVICES: Words(
        gettext_lazy("Uw diensten"), gettext_lazy("Vul deze vragen in voor elke dienst die u aansluit.")
    ),
    PageKey.CONNECTION: Words(
        gettext_lazy("Uw aansluiting"), gettext_lazy("Waar wij uw metadata vinden, en wie u daarin bent.")
    ),
    PageKey.SECURITY: Words(
        gettext_lazy("Beveiliging"), gettext_lazy("Wie uw beveiliging heeft beoordeeld, en wanneer.")
    ),
    PageKey.GOING_LIVE: Words(
        gettext_lazy("Live gaan"), gettext_lazy("Wanneer u wilt beginnen, en wie burgers kunnen bellen.")
    ),
    PageKey.CHANGE: Words(
        gettext_lazy("Uw wijziging"), gettext_lazy("Wat er verandert, vanaf wanneer en waarom.")
    ),
}
PROBLEMS: Final[dict[Problem, Promise]] = {
    Problem.MISSING: gettext_lazy("Vul dit in."),
    Problem.NOT_TEXT: gettext_lazy("Vul hier tekst in."),
    Problem.TOO_LONG: gettext_lazy("Dit is te lang. Gebruik ten hoogste %(longest)s tekens."),
    Problem.NOT_ONE_LINE: gettext_lazy("Schrijf dit op één regel, zonder bijzondere tekens."),
    Problem.NOT_AN_EMAIL: gettext_lazy("Vul een heel e-mailadres in, bijvoorbeeld naam@organisatie.nl."),
    Problem.NOT_A_PHONE: gettext_lazy("Vul een heel telefoonnummer in, bijvoorbeeld 070 123 45 67."),
    Problem.NOT_AN_OIN: gettext_lazy("Een OIN heeft 20 cijfers en begint met nullen."),
    Problem.NOT_A_KVK: gettext_lazy("Een KvK-nummer heeft 8 cijfers."),
    Problem.NOT_HTTPS: gettext_lazy("Vul een heel adres in dat met https:// begint."),
    Problem.NOT_A_NUMBER: gettext_lazy("Vul een heel getal in."),
    Problem.OUT_OF_RANGE: gettext_lazy("Vul een heel getal in van %(lowest)s tot en met %(highest)s."),
    Problem.NOT_AN_OPTION: gettext_lazy("Kies een van de antwoorden die er staan."),
    Problem.NOT_YES_OR_NO: gettext_lazy("Kies ja of nee."),
    Problem.NOT_A_DAY: gettext_lazy("Vul een datum in die bestaat."),
    Problem.IMPOSSIBLE_ENTITY_ID: gettext_lazy(
        "Deze entity-id past niet bij uw organisatie of bij deze omgeving. Kijk het OIN na."
        " In productie is het volgnummer lager dan 9000."
    ),
    Problem.NOT_A_CLUSTER: gettext_lazy(
        "Hier hoort geen werkende aansluiting bij van een leverancier die u toelaat. Laat de leverancier eerst toe, en"
        " vraag hem of zijn aansluiting er al is."
    ),
    Problem.NOT_ASKED: gettext_lazy("Deze vraag hoort niet op deze pagina."),
    Problem.TOO_MANY: gettext_lazy("U kunt er niet meer toevoegen."),
    Problem.NONE_GIVEN: gettext_lazy("Vul er ten minste één in."),
}
_CHOOSE: Final = gettext_lazy("Kies een antwoord.")


def problem_in_words(problem: Problem, field: Field) -> str:
    """What is wrong with an answer, and what would be right."""
    if problem is Problem.MISSING and field.kind in {FieldKind.CHOICE, FieldKind.FLAG}:
        return str(_CHOOSE)
    facts = {"longest": field.longest, "lowest": field.lowest, "highest": field.highest}
    return str(PROBLEMS[problem]) % facts


def field_words(page: PageKey, key: str) -> FieldWords:
    """The words of a field. Raises KeyError."""
    return FIELDS[page, key]


def chapter_title(chapter: Chapter) -> str:
    """What the guide calls this chapter, in the language of the page."""
    return _chapter_titles(current(DocumentKey.GUIDE, language()).version, language())[chapter]


def chapter_address(chapter: Chapter) -> str:
    """Where the guide explains it."""
    return f"{reverse('public:document', kwargs={'slug': GUIDE_SLUG})}#{chapter}"


@lru_cache(maxsize=16)
def _chapter_titles(_version: int, spoken: str) -> dict[str, str]:
    guide = current(DocumentKey.GUIDE, spoken).text
    return {block.anchor: plain(block.line) for block in guide if isinstance(block, Heading)}
