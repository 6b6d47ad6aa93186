"""What of a provider's process and plan does not work yet, by its answers. Page, PDF and words beside the drawing.

What is built gets out of this list in the same change; README names the same ("What is not built yet").
"""

from django.utils.translation import gettext

from volmacht.rules.onboarding import Choices, CodeMoment, ProcessKey, ProcessStep

LATER = {
    ProcessKey.REQUEST,
    ProcessKey.REQUEST_SET,
    ProcessKey.SEND_LETTER,
    ProcessKey.DELIVER_POST,
    ProcessKey.HAS_DIED,
    ProcessKey.END_BY_DEATH,
    ProcessKey.REGISTER_SURVIVOR,
    ProcessKey.WRITE_TO_HEIRS,
    ProcessKey.HEIR_ACTS,
}


def not_in_process(steps: tuple[ProcessStep, ...], choices: Choices) -> list[str]:
    """What in the process does not work yet, in sentences; the first names the steps by their numbers."""
    numbers = [number for number, step in enumerate(steps, start=1) if step.key in LATER]
    *first, last = map(str, numbers)
    found = [
        gettext("De stappen %(first)s en %(last)s komen later.") % {"first": ", ".join(first), "last": last},
        gettext(
            "De gemachtigde kan nog geen machtiging aanvragen, en Volmacht stuurt nog geen brieven. "
            "Nu machtigt altijd de burger zelf, na inloggen met DigiD."
        ),
        gettext("Berichten van Volmacht gaan nu alleen per e-mail, naar wie dat wil."),
    ]
    if choices.code_moment is CodeMoment.AFTER_LOGIN:
        found.append(
            gettext(
                "Na het invullen van de code gaat de gemachtigde nog niet vanzelf terug naar uw dienst. "
                "De gemachtigde logt dan opnieuw bij uw dienst in, en kiest voor een ander."
            )
        )
    if choices.message_box:
        found.append(gettext("De Berichtenbox laat uw post nog niet zien aan de gemachtigde."))
    if choices.survivors:
        found.append(
            gettext(
                "U kunt nog geen nabestaanden machtigen. Ook geeft de basisregistratie een overlijden nog niet "
                "vanzelf door. Nu blijkt het als iemand machtigt, een code invult of een machtiging verlengt. "
                "De machtiging stopt dan niet, maar niemand kan er nog mee inloggen."
            )
        )
    return found


def not_in_plan() -> str:
    """What the operator promises in each plan and Volmacht cannot do yet."""
    return gettext(
        "Een proefopstelling die uw aansluiting vanzelf test, komt later. Nu test u met de checklist."
    )
