"""What is printed once everything runs: where to go, and in profile demo whom to be. In Dutch."""

from volmacht.config.options import Options

NEWCOMERS = ("mother", "daughter", "neighbour", "bookkeeper")


def _people() -> list[str]:
    from volmacht.standins.population_register.people import load_people, main_characters

    found = main_characters(load_people())
    stories = [found[handle].story for handle in NEWCOMERS if handle in found]
    return [f"  - {story.nl}" for story in stories if story]


def welcome(options: Options) -> str:
    """The text, for this profile."""
    if not options.demo:
        return (
            f"Volmacht draait op {options.base_url}. Stoppen: Ctrl+C.\n"
            "Begint u net? Voeg medewerkers toe: .venv/bin/volmacht staff create NAAM E-MAILADRES\n"
            "Wat er nog ontbreekt, zegt .venv/bin/volmacht doctor."
        )
    return "\n".join(
        [
            "",
            "Volmacht draait. Alle mensen zijn verzonnen.",
            "",
            f"  Machtigen             {options.base_url}/",
            f"  Uitproberen           {options.base_url}/proef/        (mensen, hun e-mail, de klok)",
            f"  Een dienst            {options.sample_provider_url}/",
            f"  Aansluiten            {options.base_url}/aansluiten/",
            "",
            "Begin bijvoorbeeld als een van deze mensen:",
            *_people(),
            "",
            f"Logboeken staan in {options.data / 'log'}. Stoppen: Ctrl+C.",
        ]
    )
