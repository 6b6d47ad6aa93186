"""The texts of the forms and of the checklist, made from the data that the system runs on (CN-24). Needs Django."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from django.utils.translation import override

from volmacht.checks import CHECKS, Check, Judged, checks
from volmacht.checks.model import FAMILIES, Family
from volmacht.onboarding.documents import DocumentKey
from volmacht.portals.shared.form_words import (
    CHANGES,
    FORMS,
    PAGES,
    chapter_address,
    chapter_title,
    field_words,
)
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.changes import NEEDS, ChangeOf, Needs
from volmacht.rules.onboarding.form_fields import FORMS as FIELDS_OF
from volmacht.rules.onboarding.forms import Field, FieldKind, FormKey, Page, PageKey

_WORDS: Final = {
    "nl": {
        "not_required": "niet verplicht",
        "how": "U vult dit formulier online in. Hier leest u vooraf wat wij vragen, zodat u alles bij de hand hebt.",
        "more": "Uitleg",
        "options": "U kiest uit",
        "yes_no": "U kiest ja of nee.",
        "number": "Een heel getal van {lowest} tot en met {highest}.",
        "longest": "Ten hoogste {longest} tekens.",
        "day": "Een datum.",
        "address": "Een adres dat met https:// begint.",
        "only_for": "Alleen bij: {change}.",
        "most": "U kunt dit ten hoogste {most} keer invullen.",
        "changes": "Wat elke wijziging vraagt",
        "change": "Wijziging",
        "test": "Nieuwe test",
        "signature": "Handtekening",
        "service": "Dienst noemen",
        "from": "Datum noemen",
        "yes": "ja",
        "no": "nee",
    },
    "en": {
        "not_required": "not required",
        "how": "You fill in this form online. Here you read what we ask, so that you have everything at hand.",
        "more": "Explanation",
        "options": "You choose from",
        "yes_no": "You choose yes or no.",
        "number": "A whole number from {lowest} to {highest}.",
        "longest": "At most {longest} characters.",
        "day": "A date.",
        "address": "An address that begins with https://.",
        "only_for": "Only for: {change}.",
        "most": "You can fill this in at most {most} times.",
        "changes": "What each change asks",
        "change": "Change",
        "test": "New test",
        "signature": "Signature",
        "service": "Name the service",
        "from": "Name the date",
        "yes": "yes",
        "no": "no",
    },
}
_LIST: Final = {
    "nl": {
        "title": "Checklist aansluiten",
        "about": (
            "Met deze checklist test u uw aansluiting zelf (stap 3), en testen wij haar daarna (stap 4 en 5). "
            "Een aansluiting is goed als elk verplicht punt goed is. Elk punt krijgt een oordeel, "
            "of de reden waarom het niet is getest."
        ),
        "count": "De lijst heeft {count} punten. Op preproductie tellen er {before}, op productie {after}.",
        "mend": "Niet goed?",
        "by": "Hoe",
        "advice": "advies",
        "production": "alleen productie",
        "source": "Bron",
    },
    "en": {
        "title": "Checklist for connecting",
        "about": (
            "With this checklist you test your connection yourself (step 3), and we test it after that (steps 4 and "
            "5). A connection is good when each required point is good. Each point gets a verdict, or the reason why "
            "it was not tested."
        ),
        "count": "The list has {count} points. In pre-production {before} count, in production {after}.",
        "mend": "Not right?",
        "by": "How",
        "advice": "advice",
        "production": "production only",
        "source": "Source",
    },
}
_JUDGED: Final = {
    "nl": {
        Judged.AUTOMATIC: "automatisch",
        Judged.EVIDENCE: "u levert bewijs",
        Judged.ASSESSOR: "wij beoordelen",
    },
    "en": {
        Judged.AUTOMATIC: "automatic",
        Judged.EVIDENCE: "you hand in evidence",
        Judged.ASSESSOR: "we judge",
    },
}


def form_text(form: FormKey, language: str) -> str:
    """A form with every field: its label, what to fill in, and the chapter of the guide."""
    with override(language):
        words, about = _WORDS[language], FORMS[form]
        parts = [f"# {about.name}", str(about.about), words["how"]]
        for page in FIELDS_OF[form].pages:
            parts += [f"## {PAGES[page.key].name} {{#{page.key}}}", str(PAGES[page.key].about)]
            if page.is_list:
                parts.append(words["most"].format(most=page.most))
            for field in page.fields:
                parts += _field(page, field, words)
        if form is FormKey.CHANGE:
            parts += _changes(words)
        return "\n\n".join(parts) + "\n"


def _field(page: Page, field: Field, words: dict[str, str]) -> Iterator[str]:
    worded = field_words(page.key, field.key)
    required = "" if field.required else f" ({words['not_required']})"
    yield f"### {worded.label}{required} {{#{page.key}-{field.key}}}"
    asked = [str(worded.hint)] if worded.hint else []
    if field.asked_when:
        asked.append(_only_for(page, field.asked_when, words))
    asked += _limits(field, words)
    if asked:
        yield " ".join(asked)
    if field.options:
        yield f"{words['options']}:"
        yield "\n".join(f"- {worded.options[option]}" for option in field.options)
    yield f"{words['more']}: [{chapter_title(field.chapter)}]({chapter_address(field.chapter)})"


def _only_for(page: Page, asked_when: tuple[str, ...], words: dict[str, str]) -> str:
    """For which answers to another question of the page a question is asked."""
    if page.key is PageKey.CHANGE:
        names = [str(CHANGES[ChangeOf(answer)].name).lower() for answer in asked_when[1:]]
    else:
        options = field_words(page.key, asked_when[0]).options
        names = [str(options[answer]).lower() for answer in asked_when[1:]]
    return words["only_for"].format(change=", ".join(names))


def _limits(field: Field, words: dict[str, str]) -> list[str]:
    match field.kind:
        case FieldKind.NUMBER:
            return [words["number"].format(lowest=field.lowest, highest=field.highest)]
        case FieldKind.FLAG:
            return [words["yes_no"]]
        case FieldKind.DAY:
            return [words["day"]]
        case FieldKind.ADDRESS:
            return [words["address"]]
        case FieldKind.LINE | FieldKind.LINES:
            return [words["longest"].format(longest=field.longest)]
        case _:
            return []


def _changes(words: dict[str, str]) -> Iterator[str]:
    yield f"## {words['changes']} {{#needs}}"
    rows = [[words[key] for key in ("change", "test", "signature", "service", "from")], ["---"] * 5]
    rows += [[str(CHANGES[change].name), *_needs(NEEDS[change], words)] for change in ChangeOf]
    yield "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _needs(needs: Needs, words: dict[str, str]) -> list[str]:
    asked = (needs.new_test, needs.signature, needs.service, needs.day)
    return [words["yes"] if each else words["no"] for each in asked]


def checklist_text(language: str) -> str:
    """Every check, by family, each with what to do when it is not so."""
    words = _LIST[language]
    counts = {
        "count": len(CHECKS),
        "before": len(checks(Environment.PREPRODUCTION)),
        "after": len(checks(Environment.PRODUCTION)),
    }
    parts = [f"# {words['title']}", words["about"], words["count"].format(**counts)]
    for family in Family:
        parts.append(
            f"## {family}. {FAMILIES[family][0 if language == 'nl' else 1]} {{#{family.name.lower()}}}"
        )
        for each in checks(family=family):
            parts += _check(each, language)
    return "\n\n".join(parts) + "\n"


def _check(check: Check, language: str) -> Iterator[str]:
    words = _LIST[language]
    how = [_JUDGED[language][check.judged]]
    how += [] if check.required else [words["advice"]]
    how += [words["production"]] if check.environments == {Environment.PRODUCTION} else []
    yield f"### {check.id}: {check.title(language)} {{#{check.id.lower()}}}"
    yield f"**{words['mend']}** {check.mend(language)}"
    yield f"{words['by']}: {', '.join(how)}. {words['source']}: {', '.join(check.source)}."


GENERATED: Final[dict[DocumentKey, Callable[[str], str]]] = {
    DocumentKey.APPLICATION_FORM: partial(form_text, FormKey.APPLICATION),
    DocumentKey.PREPRODUCTION_FORM: partial(form_text, FormKey.PREPRODUCTION),
    DocumentKey.PRODUCTION_FORM: partial(form_text, FormKey.PRODUCTION),
    DocumentKey.NEW_SERVICE_FORM: partial(form_text, FormKey.NEW_SERVICE),
    DocumentKey.CHANGE_FORM: partial(form_text, FormKey.CHANGE),
    DocumentKey.CHECKLIST: checklist_text,
}
