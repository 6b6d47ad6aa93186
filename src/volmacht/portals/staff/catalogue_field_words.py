"""Words of the desk for the fields of entries of the catalogue, in histories, proposals and files."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from volmacht.catalogue.kinds import RelationKind
from volmacht.portals.shared.parts import Text

FIELDS: Mapping[str, Text] = {
    "environment": _("Omgeving"),
    "oin": _("OIN"),
    "name": _("Naam"),
    "name_en": _("Naam in het Engels"),
    "description": _("Beschrijving"),
    "description_en": _("Beschrijving in het Engels"),
    "website": _("Website"),
    "role_active": _("Rol als aanbieder staat aan"),
    "active": _("Staat aan"),
    "active_from": _("Geldt vanaf"),
    "active_until": _("Geldt tot"),
    "provider": _("Aanbieder"),
    "providers": _("Aanbieders"),
    "connection": _("Aansluiting"),
    "entity_id": _("Entity-id"),
    "dv_entity_id": _("Entity-id van de aanbieder"),
    "sso_domain": _("Domein waarin een login wordt gedeeld"),
    "service": _("Dienst"),
    "service_uuid": _("ServiceUUID"),
    "is_set": _("Is een dienstenset"),
    "minimum_level": _("Niveau van inloggen"),
    "announced_level": _("Aangekondigd niveau"),
    "announced_on": _("Dag waarop het aangekondigde niveau begint"),
    "announced_message": _("Tekst over het aangekondigde niveau"),
    "digid_allowed": _("Inloggen met DigiD kan"),
    "mandatable": _("Machtigen kan"),
    "position": _("Plaats in de lijst"),
    "representative_kind": _("Wie mag gemachtigde zijn"),
    "request_days": _("Hoeveel dagen een code geldig blijft"),
    "longest_months": _("Langste machtiging, in maanden"),
    "minimum_age": _("Vanaf welke leeftijd iemand machtigt"),
    "survivors_allowed": _("Nabestaanden kunnen gemachtigd zijn"),
    "counter_allowed": _("Machtigen aan de balie kan"),
    "explanation": _("Wat een gemachtigde mag"),
    "explanation_en": _("Wat een gemachtigde mag, in het Engels"),
    "permission_question": _("Vraag waarmee de burger toestemming geeft"),
    "permission_question_en": _("Vraag waarmee de burger toestemming geeft, in het Engels"),
    "keywords": _("Zoekwoorden"),
    "representation_without_scoping": _("Vertegenwoordigen ook zonder Scoping in de vraag"),
    "code_at_login": _("Code invullen tijdens het inloggen"),
    "kind": _("Soort relatie"),
    "source": _("Dienst of dienstenset van de relatie"),
    "target": _("Dienst waar de relatie naar gaat"),
    "role": _("Rol"),
    "representation_types": _("Soorten vertegenwoordiging"),
    "purpose": _("Waarvoor"),
    "purpose_en": _("Waarvoor, in het Engels"),
    "return_url": _("Adres om terug te gaan"),
    "certificates": _("Certificaten"),
}


RELATIONS: Mapping[RelationKind, Text] = {
    RelationKind.SERVICE_SET: _("Bevat de dienst"),
    RelationKind.MESSAGE_BOX: _("Berichtenbox"),
    RelationKind.MEDIATION: _("Dienstbemiddeling"),
}


def field_words(field: str) -> str:
    """What a field is called; the field itself when it is none of today, as in an old history."""
    kind, dot, which = field.partition(".")
    if kind == "service" and dot:
        return gettext("Dienst %(which)s") % {"which": which}
    of, _dot, target = which.partition(".")
    if kind == "relation" and of in set(RelationKind):
        return f"{RELATIONS[RelationKind(of)]} {target}"
    return str(FIELDS.get(field, field))
