"""The journey for which all this was made: a mother lets her daughter help her, and stays in charge."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.journeys.conftest import Come
from tests.journeys.vocabulary import TAXES, Visitor

pytestmark = pytest.mark.browser
SERVICE = "Gemeentelijke belastingen"


def text_of(pdf: Path) -> str:
    """Every word in a PDF."""
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf.read_bytes())).pages)


def looks_for_what_she_needs_help_with(mother: Visitor) -> None:
    """From the home page to a service."""
    mother.goes_to("/")
    mother.browser.follows("Ik wil iemand machtigen")
    mother.browser.is_at("Inloggen")
    mother.browser.presses("Inloggen met DigiD")
    mother.says_who_they_are()
    mother.browser.is_at("Waarvoor mag iemand u helpen?")
    mother.browser.fills_in("Zoek op een woord", "afval")
    mother.browser.presses("Zoek")
    mother.browser.follows(SERVICE)
    mother.sees("Uw gemachtigde mag uw aanslagen bekijken en betalen.")
    mother.browser.presses("Kies deze dienst")


def mandates_somebody_new_for_a_year(mother: Visitor) -> str:
    """Without e-mail; the code she gets is on her paper too."""
    mother.browser.is_at("Wie mag u helpen?")
    mother.sees("Aan het eind krijgt u een code.")
    mother.browser.presses("Verder")
    mother.browser.is_at("Hoe lang mag iemand u helpen?")
    mother.browser.chooses("1 jaar, tot en met")
    mother.browser.presses("Verder")
    mother.browser.is_at("Wilt u e-mail van ons krijgen?")
    mother.browser.presses("Verder zonder e-mail")
    mother.browser.is_at("Kijk alles na")
    mother.sees(SERVICE, "Gemeente Voorbeeld")
    mother.browser.chooses("Ja, dat mag")
    mother.browser.presses("Geef de machtiging en toon mijn code")
    mother.browser.is_at("Uw machtigingscode")
    code = mother.code_on_the_page()
    paper = text_of(mother.browser.downloads("Bewaar of print de code (pdf)"))
    assert code in paper
    assert mother.bsn not in paper
    return code


def accepts_what_the_code_brings(daughter: Visitor, code: str, mother: Visitor) -> None:
    """She sees exactly what she accepts before she does."""
    daughter.goes_to("/")
    daughter.browser.follows("Ik heb een code gekregen")
    daughter.browser.presses("Inloggen met DigiD")
    daughter.says_who_they_are()
    daughter.browser.is_at("Code invoeren")
    daughter.browser.fills_in("Machtigingscode", code.lower().replace("-", " "))
    daughter.browser.fills_in("Burgerservicenummer (BSN) van de persoon voor wie u dit regelt", mother.bsn)
    daughter.browser.presses("Verder")
    daughter.browser.is_at("Klopt dit? Neem de machtiging aan")
    daughter.sees(mother.name, SERVICE, "Gemeente Voorbeeld", "mag uw rekeningnummer niet")
    daughter.browser.presses("Ja, ik neem deze machtiging aan")
    daughter.browser.is_at("U bent gemachtigd")
    daughter.sees(f"U mag dit nu regelen voor {mother.name}")


def test_a_mother_mandates_her_daughter_sees_what_she_does_and_stops_it(come: Come) -> None:
    mother, daughter = come(), come()

    looks_for_what_she_needs_help_with(mother)
    code = mandates_somebody_new_for_a_year(mother)
    accepts_what_the_code_brings(daughter, code, mother)

    # Both see it.
    mother.goes_to("/mijn/machtigingen/")
    mother.sees(SERVICE, daughter.name)
    daughter.goes_to("/mijn/machtigingen/?kant=ontvangen")
    daughter.sees(SERVICE, mother.name)

    # The daughter uses it, and sees for whom she acts.
    daughter.logs_in_at_the_municipality(TAXES)
    daughter.browser.is_at("Voor wie doet u dit?")
    daughter.acts_for(mother)
    daughter.browser.is_at(SERVICE)
    daughter.sees(f"U bent {daughter.name}. U regelt dit voor {mother.name}.")

    # The mother sees that she did, and stops it in two clicks.
    mother.opens_the_mandate(SERVICE)
    mother.sees("Wanneer is er ingelogd? (1)", f"{daughter.name}, voor u", "Ingelogd")
    mother.browser.follows("Intrekken")
    mother.browser.presses("Ja, trek de machtiging in")
    mother.sees("De machtiging is gestopt")

    # The daughter cannot go on, and reads why.
    daughter.logs_in_at_the_municipality(TAXES)
    daughter.browser.is_at("Voor wie doet u dit?")
    daughter.must_be_told("Niemand heeft u nu gemachtigd voor Gemeentelijke belastingen.")
    daughter.sees("Staat iemand er niet bij?")
    daughter.must_be_told(
        f"{mother.name}: De machtiging is gestopt",
        "ingetrokken door degene voor wie het was",
        "Vraag om een nieuwe machtiging als u nog wilt helpen.",
    )
    assert daughter.browser.main.get_by_role("button", name=mother.name).count() == 0
    daughter.goes_to("/mijn/machtigingen/?kant=ontvangen&toon=gestopt")
    daughter.sees(mother.name, "ingetrokken")
