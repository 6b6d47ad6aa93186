"""The words of the mandate process: short ones for the picture, whole sentences for the text beside it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from volmacht.portals.public.not_built import LATER
from volmacht.rules.onboarding import Actor, Choices, Condition, ProcessKey, ProcessStep

ACTORS: dict[Actor, Promise] = {
    Actor.REPRESENTED: gettext_lazy("Burger"),
    Actor.REPRESENTATIVE: gettext_lazy("Gemachtigde"),
    Actor.PROVIDER: gettext_lazy("Uw organisatie"),
    Actor.VOLMACHT: gettext_lazy("Volmacht"),
    Actor.MESSAGE_BOX: gettext_lazy("Berichtenbox"),
}

ANSWERS: dict[Condition, Promise] = {
    Condition.YES: gettext_lazy("Ja"),
    Condition.NO: gettext_lazy("Nee"),
    Condition.FOR_SELF: gettext_lazy("Voor zichzelf"),
    Condition.FOR_SOMEONE_ELSE: gettext_lazy("Voor een ander"),
}

SHORT: dict[ProcessKey, Promise] = {
    ProcessKey.CAN_LOG_IN: gettext_lazy("Kan de burger inloggen met DigiD?"),
    ProcessKey.GRANT: gettext_lazy("Machtigt iemand voor uw dienst"),
    ProcessKey.GRANT_SET: gettext_lazy("Machtigt iemand voor uw dienstenset"),
    ProcessKey.SHOW_CODE: gettext_lazy("Toont de machtigingscode"),
    ProcessKey.REQUEST: gettext_lazy("Vraagt een machtiging aan voor uw dienst"),
    ProcessKey.REQUEST_SET: gettext_lazy("Vraagt een machtiging aan voor uw dienstenset"),
    ProcessKey.SEND_LETTER: gettext_lazy("Stuurt de code met een brief"),
    ProcessKey.HAND_OVER: gettext_lazy("Geeft de code aan de gemachtigde"),
    ProcessKey.ENTER_CODE_BEFORE: gettext_lazy("Vult de code vooraf in bij Volmacht"),
    ProcessKey.START_SERVICE: gettext_lazy("Opent uw dienst en kiest: voor een ander"),
    ProcessKey.LOG_IN: gettext_lazy("Logt in en kiest voor wie"),
    ProcessKey.ENTER_CODE_IN_LOGIN: gettext_lazy("Vult de code in tijdens het inloggen"),
    ProcessKey.LOG_IN_FOR_SELF: gettext_lazy("Logt in bij uw dienst"),
    ProcessKey.ASK_FOR_WHOM: gettext_lazy("Voor wie is de aanvraag?"),
    ProcessKey.HANDLE_OWN: gettext_lazy("Handelt de eigen aanvraag af"),
    ProcessKey.ENTER_CODE_AFTER: gettext_lazy("Gaat naar Volmacht en vult de code in"),
    ProcessKey.ACTIVATE: gettext_lazy("Maakt de machtiging actief"),
    ProcessKey.DECIDE: gettext_lazy("Is er nu een geldige machtiging?"),
    ProcessKey.REFUSE: gettext_lazy("Legt uit wat de gemachtigde nu kan doen"),
    ProcessKey.HANDLE: gettext_lazy("Toont voor wie het is en helpt verder"),
    ProcessKey.DELIVER_POST: gettext_lazy("Toont uw post ook aan de gemachtigde"),
    ProcessKey.RECORD_USE: gettext_lazy("Legt het gebruik vast"),
    ProcessKey.HAS_DIED: gettext_lazy("Is de burger overleden?"),
    ProcessKey.END: gettext_lazy("Beëindigt de machtiging"),
    ProcessKey.END_BY_DEATH: gettext_lazy("Beëindigt alle machtigingen"),
    ProcessKey.REGISTER_SURVIVOR: gettext_lazy("Machtigt de nabestaanden"),
    ProcessKey.WRITE_TO_HEIRS: gettext_lazy("Stuurt elke nabestaande een brief"),
    ProcessKey.HEIR_ACTS: gettext_lazy("Logt in als nabestaande en regelt de zaken"),
}

LONG: dict[ProcessKey, Promise] = {
    ProcessKey.CAN_LOG_IN: gettext_lazy(
        "Een burger wil hulp bij uw dienst. Kan deze burger zelf inloggen met DigiD?"
    ),
    ProcessKey.GRANT: gettext_lazy(
        "De burger logt in bij Volmacht en kiest uw dienst. De machtiging geldt ten hoogste %(months)s."
    ),
    ProcessKey.GRANT_SET: gettext_lazy(
        "De burger logt in bij Volmacht en kiest uw dienstenset. "
        "Eén code opent %(services)s. De machtiging geldt ten hoogste %(months)s."
    ),
    ProcessKey.SHOW_CODE: gettext_lazy(
        "Volmacht toont meteen een machtigingscode. De burger kan de code ook bewaren als pdf."
    ),
    ProcessKey.REQUEST: gettext_lazy(
        "De gemachtigde logt in bij Volmacht en kiest uw dienst. "
        "De gemachtigde vult het BSN en de geboortedatum van de burger in."
    ),
    ProcessKey.REQUEST_SET: gettext_lazy(
        "De gemachtigde logt in bij Volmacht en kiest uw dienstenset van %(services)s. "
        "De gemachtigde vult het BSN en de geboortedatum van de burger in."
    ),
    ProcessKey.SEND_LETTER: gettext_lazy(
        "Volmacht stuurt de code binnen 3 werkdagen met een brief. "
        "De brief gaat naar het adres waar de burger staat ingeschreven."
    ),
    ProcessKey.HAND_OVER: gettext_lazy(
        "De burger geeft de code aan iemand die hij of zij vertrouwt. "
        "Wie de code niet geeft, machtigt niemand."
    ),
    ProcessKey.ENTER_CODE_BEFORE: gettext_lazy(
        "De gemachtigde logt vooraf in bij Volmacht. Daar vult de gemachtigde de code en het BSN van de burger in."
    ),
    ProcessKey.START_SERVICE: gettext_lazy(
        "De gemachtigde opent uw dienst. De gemachtigde kiest daar voor inloggen voor een ander."
    ),
    ProcessKey.LOG_IN: gettext_lazy(
        "De gemachtigde logt in met DigiD en kiest voor wie hij of zij iets doet."
    ),
    ProcessKey.ENTER_CODE_IN_LOGIN: gettext_lazy(
        "De gemachtigde kiest tijdens het inloggen: ik heb een code. "
        "De gemachtigde vult de code en het BSN van de burger in."
    ),
    ProcessKey.LOG_IN_FOR_SELF: gettext_lazy("De gemachtigde logt met de eigen DigiD in bij uw dienst."),
    ProcessKey.ASK_FOR_WHOM: gettext_lazy("Uw organisatie vraagt in het formulier voor wie de aanvraag is."),
    ProcessKey.HANDLE_OWN: gettext_lazy(
        "Is de aanvraag voor de persoon zelf? Dan is er geen machtiging nodig. Uw organisatie helpt verder."
    ),
    ProcessKey.ENTER_CODE_AFTER: gettext_lazy(
        "Is de aanvraag voor een ander? Dan stuurt uw organisatie de gemachtigde door naar Volmacht. "
        "Daar vult de gemachtigde de code en het BSN van de burger in."
    ),
    ProcessKey.ACTIVATE: gettext_lazy(
        "Volmacht controleert de code en maakt de machtiging actief. De burger krijgt hiervan bericht."
    ),
    ProcessKey.DECIDE: gettext_lazy(
        "Is er een geldige machtiging? Volmacht kijkt dat na, elke keer dat iemand bij uw dienst inlogt."
    ),
    ProcessKey.REFUSE: gettext_lazy(
        "Is er geen geldige machtiging? Volmacht zegt de gemachtigde waarom het niet kan. "
        "Uw organisatie hoort dat het inloggen niet is gelukt. "
        "Uw organisatie legt in gewone taal uit wat de gemachtigde kan doen."
    ),
    ProcessKey.HANDLE: gettext_lazy(
        "Uw organisatie laat zien voor wie de gemachtigde iets doet. Daarna helpt uw organisatie verder."
    ),
    ProcessKey.DELIVER_POST: gettext_lazy(
        "De Berichtenbox toont de post van uw organisatie ook aan de gemachtigde. "
        "De burger weet dit, want het staat bij de machtiging."
    ),
    ProcessKey.RECORD_USE: gettext_lazy(
        "Volmacht legt vast wie de machtiging gebruikt, wanneer en bij welke dienst. De burger kan dit altijd zien."
    ),
    ProcessKey.HAS_DIED: gettext_lazy(
        "Is de burger overleden? Volmacht krijgt hiervan bericht uit de basisregistratie."
    ),
    ProcessKey.END: gettext_lazy(
        "De machtiging stopt na ten hoogste %(months)s. De burger en de gemachtigde kunnen eerder stoppen. "
        "Beiden krijgen bericht als de machtiging is gestopt."
    ),
    ProcessKey.END_BY_DEATH: gettext_lazy(
        "Volmacht beëindigt alle gewone machtigingen van de burger die is overleden."
    ),
    ProcessKey.REGISTER_SURVIVOR: gettext_lazy(
        "Uw organisatie machtigt één nabestaande, of alle erfgenamen samen. Er is geen code nodig."
    ),
    ProcessKey.WRITE_TO_HEIRS: gettext_lazy(
        "Volmacht stuurt elke nabestaande een brief over deze machtiging."
    ),
    ProcessKey.HEIR_ACTS: gettext_lazy(
        "De nabestaande logt in met de eigen DigiD en regelt de zaken van de burger bij uw dienst. "
        "Uw organisatie kan deze machtiging weer intrekken."
    ),
}


@dataclass(frozen=True, slots=True)
class DescribedStep:
    """A step in words: its number, who does what, and where it leads; also that it is not built yet."""

    number: int
    long: str
    onward: str


def months(count: int) -> str:
    """1 maand, 12 maanden."""
    return ngettext("%(count)d maand", "%(count)d maanden", count) % {"count": count}


def services(count: int) -> str:
    """1 dienst, 3 diensten."""
    return ngettext("%(count)d dienst", "%(count)d diensten", count) % {"count": count}


def described(steps: tuple[ProcessStep, ...], choices: Choices) -> list[DescribedStep]:
    """All steps in words: this is the text that says what the picture shows."""
    numbers = {step.key: number for number, step in enumerate(steps, start=1)}
    facts = {"months": months(choices.validity_months), "services": services(choices.services_per_code)}
    return [
        DescribedStep(
            number=numbers[step.key],
            long=str(LONG[step.key]) % facts,
            onward=_onward(step, numbers),
        )
        for step in steps
    ]


def _onward(step: ProcessStep, numbers: dict[ProcessKey, int]) -> str:
    ways, later = _ways(step, numbers), gettext("Dit komt later.")
    return f"{later} {ways}" if step.key in LATER else ways


def _ways(step: ProcessStep, numbers: dict[ProcessKey, int]) -> str:
    if not step.exits:
        return gettext("Hier eindigt het proces.")
    if not step.is_question:
        return gettext("Verder met stap %(step)d.") % {"step": numbers[step.exits[0].to]}
    return " ".join(
        gettext("%(answer)s: verder met stap %(step)d.")
        % {"answer": ANSWERS[way.when] if way.when else "", "step": numbers[way.to]}
        for way in step.exits
    )
