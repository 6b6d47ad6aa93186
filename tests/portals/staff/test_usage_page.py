"""Usage as page, CSV and PDF: counted, nobody by name, and nothing that a spreadsheet carries out (CN-22)."""

import csv
from io import StringIO
from uuid import uuid4

import pytest

from tests.mandates import scene
from tests.portals.staff.desk import an_employee
from volmacht.catalogue.models import Provider, Service, Version
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.mandates.operations import answer_provider
from volmacht.mandates.queries import usage
from volmacht.rules.environment import Environment
from volmacht.rules.roles import StaffRole

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def used(demo_catalogue: None) -> int:
    """The year in which a mandate was used twice."""
    from volmacht import clock

    mother, daughter = scene.main_character("mother"), scene.main_character("daughter")
    scene.mandate(mother, daughter)
    for _ in range(2):
        answer_provider(scene.asked(mother, daughter))
    return clock.today().year


def test_the_page_counts_and_names_nobody(used: int) -> None:
    client, _ = an_employee(StaffRole.HELPDESK)
    page = client.get("/bureau/gebruik/").text
    assert scene.MUNICIPAL_TAXES in page
    assert '<td class="number">1</td><td class="number">2</td>' in page
    assert "betaalt de rijksoverheid. Niemand krijgt een rekening" in page
    for handle in ("mother", "daughter"):
        assert scene.main_character(handle).name not in page
    assert "niets gebruikt" in client.get("/bureau/gebruik/?jaar=2022").text
    assert "kost een gebruikte machtiging" in client.get("/bureau/gebruik/?jaar=2022").text
    assert client.get("/bureau/gebruik/?jaar=99").status_code == 400
    assert client.get("/bureau/gebruik/?aanbieder=onzin&omgeving=elders").status_code == 400
    assert client.get("/bureau/gebruik.csv?jaar=veel").status_code == 200


def test_the_csv_carries_nothing_out_in_a_spreadsheet(used: int) -> None:
    (row,) = usage(Environment.PRODUCTION, None, used)
    Provider.objects.filter(id=row.provider_id).update(name='=HYPERLINK("http://kwaad.example")')
    Service.objects.filter(id=row.service_id).update(name="@SUM(A1:A9)")
    Version.objects.update(mark=uuid4())
    CATALOGUE.forget()
    client, _ = an_employee(StaffRole.AUDITOR)
    answer = client.get("/bureau/gebruik.csv")
    assert answer["Content-Disposition"] == f'attachment; filename="gebruik-{used}.csv"'
    head, line = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert head[-2:] == ["used_mandates", "uses"]
    assert line[1] == '\'=HYPERLINK("http://kwaad.example")'
    assert line[3] == "'@SUM(A1:A9)"
    assert line[-2:] == ["1", "2"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line)


def test_the_same_on_paper(used: int) -> None:
    client, _ = an_employee(StaffRole.AUDITOR)
    for query in ("", "?jaar=2022"):
        assert client.get(f"/bureau/gebruik.pdf{query}").content.startswith(b"%PDF-")
