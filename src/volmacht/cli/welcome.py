"""What is printed once everything runs: where to go, and in profile demo whom to be. Dutch first, then English."""

from collections.abc import Iterator

from volmacht.config.options import Options
from volmacht.rules.environment import PAGES_UNDER, Environment

NEWCOMERS = ("mother", "daughter", "neighbour", "bookkeeper")


def _people() -> Iterator[str]:
    from volmacht.standins.population_register.people import load_people, main_characters

    found = main_characters(load_people())
    for story in (found[handle].story for handle in NEWCOMERS if handle in found):
        if story:
            yield f"  - {story.nl}"
            yield f"    {story.en}"


def _with_accounts() -> Iterator[str]:
    yield "  - Floor van Rijn sluit Gemeente Voorbeeld aan; Nadia Vermeer en Thijs Okafor beoordelen bij de beheerder."
    yield "    Floor van Rijn connects Gemeente Voorbeeld; Nadia Vermeer and Thijs Okafor judge for the operator."


def _pages(options: Options) -> Iterator[str]:
    for name, address in (
        ("Machtigen / Mandates", f"{options.base_url}/"),
        ("Uitproberen / Try it out", f"{options.base_url}/proef/"),
        ("Testomgeving / Pre-prod.", f"{options.base_url}{PAGES_UNDER[Environment.PREPRODUCTION]}/"),
        ("Een dienst / A service", f"{options.sample_provider_url}/"),
        ("Aansluiten / Connecting", f"{options.base_url}/aansluiten/"),
    ):
        yield f"  {name:26}{address}"


def _for_real(options: Options) -> Iterator[str]:
    yield f"Volmacht draait op {options.base_url}. Stoppen: Ctrl+C."
    yield "  Begint u net? Voeg medewerkers toe: .venv/bin/volmacht staff create NAAM E-MAILADRES"
    yield "  Wat er nog ontbreekt, zegt .venv/bin/volmacht doctor."
    yield f"Volmacht is running on {options.base_url}. To stop: Ctrl+C."
    yield "  New here? Add employees: .venv/bin/volmacht staff create NAME EMAIL"
    yield "  What is still missing, .venv/bin/volmacht doctor tells."


def _for_trying_out(options: Options) -> Iterator[str]:
    yield ""
    yield "Volmacht draait. Alle mensen zijn verzonnen. / Volmacht is running. All people are invented."
    yield ""
    yield from _pages(options)
    yield ""
    yield "Begin bijvoorbeeld als een van deze mensen: / Begin as one of these people, for instance:"
    yield from _people()
    yield from _with_accounts()
    yield ""
    yield f"Logboeken / Logs: {options.data / 'log'}. Stoppen / To stop: Ctrl+C."


def welcome(options: Options) -> str:
    """The text, for this profile."""
    return "\n".join(_for_trying_out(options) if options.demo else _for_real(options))
