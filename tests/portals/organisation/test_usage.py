"""How much the services of an organisation are used: for itself, and for a supplier that it lets act (CN-22)."""

import csv
from datetime import UTC, datetime
from io import StringIO
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.accounts import Somebody, join, log_in, make_account, make_organisation
from tests.mandates import scene
from volmacht.catalogue.models import Service, Version
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.mandates.models import Use
from volmacht.mandates.operations import answer_provider
from volmacht.parties import operations
from volmacht.parties.models import ConnectingOrganisation
from volmacht.rules.roles import MemberRole

TOWN_OIN, TAX_OIN = "00000001002220647000", "00000001003110417000"
MONTHS = ((2026, 1), (2026, 1), (2026, 3), (2022, 5), (2021, 12))


@pytest.fixture
def used(demo_catalogue: None, db: None) -> None:
    """A mandate for the town and one for the tax office, used now; that for the town in other months and years too."""
    mother, daughter = scene.main_character("mother"), scene.main_character("daughter")
    for name in (scene.MUNICIPAL_TAXES, scene.INCOME_TAX):
        scene.mandate(mother, daughter, name)
        answer_provider(scene.asked(mother, daughter, name))
    made = Use.objects.get(service__name=scene.MUNICIPAL_TAXES)
    for year, month in MONTHS:
        made.id, made.moment = uuid4(), datetime(year, month, 17, 12, tzinfo=UTC)
        made.save(force_insert=True)
    made.id, made.refusal = uuid4(), "mandate_ended"
    made.save(force_insert=True)


@pytest.fixture
def town(signatory: Somebody) -> UUID:
    """The town of the catalogue."""
    return make_organisation(signatory, oin=TOWN_OIN, name="Gemeente Voorbeeld", kvk="90000011")


@pytest.fixture
def reader(signatory: Somebody, town: UUID) -> Client:
    """Who may only look, there."""
    return logged_in("lees@testdam.example", town, signatory)


def logged_in(email: str, organisation: UUID, by: Somebody) -> Client:
    somebody = make_account(email, "Lea Leest")
    join(somebody, organisation, MemberRole.READER, by=by)
    client = Client()
    log_in(client, somebody)
    return client


def counted(oin: str, year: int) -> dict[tuple[str, str], tuple[int, int]]:
    """By month and service, one use after another: mandates that were used, and uses."""
    found: dict[tuple[str, str], list[UUID]] = {}
    for use in Use.objects.filter(refusal=""):
        if use.provider.oin == oin and use.moment.year == year and use.mandate_id:
            found.setdefault((f"{use.moment:%Y-%m}", use.service.name), []).append(use.mandate_id)
    return {key: (len(set(mandates)), len(mandates)) for key, mandates in found.items()}


def rows(client: Client, organisation: UUID, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/organisatie/gebruik/{organisation}.csv{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("year", "tariff"), [(2026, "centrally_funded"), (2022, "0.88"), (2021, "0.66"), (2020, "")]
)
def test_the_numbers_are_those_of_the_recorded_uses_of_ones_own_services(
    used: None, town: UUID, reader: Client, year: int, tariff: str
) -> None:
    found = rows(reader, town, f"?jaar={year}")
    told = {(row["month"], row["service"]): (int(row["used_mandates"]), int(row["uses"])) for row in found}
    assert told == counted(TOWN_OIN, year)
    assert {row["provider_oin"] for row in found} <= {TOWN_OIN}
    assert {row["tariff"] for row in found} == ({tariff} if year > 2020 else set())


def test_the_page_says_months_services_and_tariff_and_names_nobody(
    used: None, town: UUID, reader: Client
) -> None:
    page = reader.get(f"/organisatie/gebruik/{town}/").text
    assert "januari 2026" in page
    assert scene.MUNICIPAL_TAXES in page
    assert scene.INCOME_TAX not in page
    assert "centraal gefinancierd" in page
    assert '<td class="number">1</td><td class="number">2</td>' in page
    for handle in ("mother", "daughter"):
        assert scene.main_character(handle).name not in page
    before = reader.get(f"/organisatie/gebruik/{town}/?jaar=2022").text
    assert "€\N{NO-BREAK SPACE}0,88" in before
    assert "centraal gefinancierd" not in before
    assert "centrally funded" in reader.get(f"/en/organisatie/gebruik/{town}/").text
    assert reader.get(f"/organisatie/gebruik/{town}/?jaar=99").status_code == 400


def test_a_year_without_use_says_so_on_page_and_paper(used: None, town: UUID, reader: Client) -> None:
    for query in ("?jaar=2020", "?omgeving=preproduction"):
        assert "niets gebruikt" in reader.get(f"/organisatie/gebruik/{town}/{query}").text
        assert reader.get(f"/organisatie/gebruik/{town}.pdf{query}").content.startswith(b"%PDF-")
    answer = reader.get(f"/organisatie/gebruik/{town}.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="gebruik-2026.pdf"'


def test_an_organisation_that_offers_nothing_yet_has_used_nothing(
    used: None, organisation: UUID, member: Client
) -> None:
    assert "niets gebruikt" in member.get(f"/organisatie/gebruik/{organisation}/").text
    assert rows(member, organisation) == []


def test_a_name_of_a_service_is_no_formula_in_a_spreadsheet(used: None, town: UUID, reader: Client) -> None:
    Service.objects.filter(name=scene.MUNICIPAL_TAXES).update(name="=SUM(A1:A9)")
    Version.objects.update(mark=uuid4())
    CATALOGUE.forget()
    assert {row["service"] for row in rows(reader, town)} == {"'=SUM(A1:A9)"}


@pytest.mark.parametrize("ending", ["/", ".csv", ".pdf"])
def test_an_outsider_and_who_is_not_proven_find_nothing(
    used: None, town: UUID, signatory: Somebody, reader: Client, ending: str
) -> None:
    other = make_account("teken@elders.example", "Els Elders")
    make_organisation(other, oin=TAX_OIN, name="Belastingdienst Voorbeeld", kvk="90000012")
    outsider = Client()
    log_in(outsider, other)
    assert outsider.get(f"/organisatie/gebruik/{town}{ending}").status_code == 404
    assert outsider.get(f"/organisatie/gebruik/{uuid4()}{ending}").status_code == 404
    assert Client().get(f"/organisatie/gebruik/{town}{ending}").status_code == 302
    ConnectingOrganisation.objects.filter(party_id=town).update(proven_at=None)
    assert reader.get(f"/organisatie/gebruik/{town}{ending}").status_code == 404, "anybody can name an OIN"


def test_a_supplier_sees_that_of_its_client_while_consent_is_in_force(
    used: None, town: UUID, signatory: Somebody
) -> None:
    tech = make_account("tess@leverancier.example", "Tess Techniek")
    oin = "00000003900000030000"
    supplier = make_organisation(tech, oin=oin, name="Leverancier BV", kvk="90000003", is_supplier=True)
    client = Client()
    log_in(client, tech)
    address = f"/organisatie/gebruik/{town}/"
    assert client.get(address).status_code == 404
    operations.give_supplier_consent(by=signatory.id, provider_id=town, supplier_oin=oin)
    page = client.get(address)
    assert page.status_code == 200
    assert "Gemeente Voorbeeld" in page.text
    operations.end_supplier_consent(by=signatory.id, provider_id=town, supplier_id=supplier)
    assert client.get(address).status_code == 404


def test_the_page_says_what_each_column_of_the_file_holds(used: None, town: UUID, reader: Client) -> None:
    page = reader.get(f"/organisatie/gebruik/{town}/").text
    for name in rows(reader, town, "?jaar=2026")[0]:
        assert f'<dt><code lang="en">{name}</code></dt>' in page
    assert "Er staat centrally_funded als de rijksoverheid betaalt." in page
