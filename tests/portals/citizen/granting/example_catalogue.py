"""A catalogue with one service of every kind that the pages treat differently."""

from typing import Any, TypeAlias

from tests.kept_rows import KeptRows
from volmacht.catalogue.operations import load_catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.parties.operations import create_staff_member

Services: TypeAlias = dict[str, ServiceEntry]

TAX, CARE, SET = "Belastingaangifte", "Zorg aan huis", "Belasting en zorg"
SECURE, ADULTS, COMPANIES, BOTH, SHORT, CLOSED = (
    "Medisch dossier",
    "Rijbewijs",
    "Belastingadvies",
    "Afvalstoffenheffing",
    "Parkeren",
    "Oude regeling",
)
MUNICIPALITY, TAX_OFFICE = "00000001002220647000", "00000001003110417000"


def _provider(oin: str, name: str) -> dict[str, Any]:
    return {"oin": oin, "name": name, "connection": {"entity_id": f"urn:example:{oin}"}}


def _service(number: int, name: str, oin: str, **fields: object) -> dict[str, Any]:
    return {
        "uuid": f"9d3c5f0e-6b1a-4c57-8f2e-0000000000{number:02}",
        "providers": [oin],
        "name": name,
        "minimum_level": 20,
        "representative_kind": "burger",
        "longest_months": 24,
        "request_days": 90,
        "position": number,
        **fields,
    }


CATALOGUE: dict[str, Any] = {
    "environments": ["production"],
    "provider": [
        _provider(MUNICIPALITY, "Gemeente Voorbeeld"),
        _provider(TAX_OFFICE, "Belastingdienst Voorbeeld"),
    ],
    "service": [
        _service(
            1,
            TAX,
            TAX_OFFICE,
            name_en="Tax return",
            description="Aangifte doen over inkomen.",
            description_en="Filing a tax return.",
            explanation="De ander ziet uw inkomen.\n\nDe ander mag geen geld ontvangen.",
            permission_question="Mag uw gemachtigde aangifte voor u doen?",
            permission_question_en="May your representative file your tax return?",
            keywords="inkomen, geld",
        ),
        _service(2, CARE, MUNICIPALITY, description="Hulp in het huishouden."),
        _service(3, SECURE, MUNICIPALITY, minimum_level=25),
        _service(4, ADULTS, MUNICIPALITY, minimum_age=18),
        _service(5, COMPANIES, TAX_OFFICE, representative_kind="organisatie"),
        _service(9, BOTH, MUNICIPALITY, representative_kind="burger_en_organisatie"),
        _service(6, SHORT, MUNICIPALITY, longest_months=1, request_days=1),
        _service(7, CLOSED, MUNICIPALITY, active=False),
    ],
    "set": [
        _service(
            8,
            SET,
            TAX_OFFICE,
            services=["9d3c5f0e-6b1a-4c57-8f2e-000000000001", "9d3c5f0e-6b1a-4c57-8f2e-000000000002"],
        )
        | {"providers": [TAX_OFFICE, MUNICIPALITY]}
    ],
}


def _load() -> None:
    staff = [create_staff_member(name, f"{name.lower()}@volmacht.example") for name in ("Cora", "Daan")]
    load_catalogue(CATALOGUE, proposed_by=staff[0], approved_by=staff[1])


_KEPT = KeptRows(_load, apps_written=("parties", "catalogue", "audit"))


def provide() -> None:
    """Put the example catalogue in the database."""
    _KEPT.provide()
