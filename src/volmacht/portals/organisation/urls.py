"""Addresses of the portal of organisations; included under both languages."""

from django.urls import path

from volmacht.portals.organisation import (
    case,
    clients,
    filling,
    handing_in,
    home,
    members,
    metadata,
    moving,
    rows,
    starting,
    testing,
    together,
    usage,
    writing,
)

app_name = "organisation"
CASE = "organisatie/dossiers/<str:number>/"
TOGETHER = "organisatie/klanten/samen/<uuid:plan_id>/"
FORM = f"{CASE}formulier/<str:form>/<str:page>/"
urlpatterns = [
    path("organisatie/", home.home, name="home"),
    path("organisatie/aanvraag/", starting.application, name="start"),
    path("organisatie/nieuwe-dienst/", starting.new_service, name="new-service"),
    path("organisatie/wijziging/", starting.change, name="change"),
    path("organisatie/vraag/", starting.question, name="question"),
    path("organisatie/medewerkers/", members.members, name="members"),
    path("organisatie/medewerkers/uitnodigen/", members.invite, name="invite"),
    path(
        "organisatie/medewerkers/uitnodiging/<uuid:invitation_id>/intrekken/",
        members.withdraw,
        name="uninvite",
    ),
    path("organisatie/medewerkers/<uuid:account_id>/rollen/", members.roles, name="roles"),
    path("organisatie/medewerkers/<uuid:account_id>/weg/", members.remove, name="remove-member"),
    path("organisatie/leverancier/", members.consent, name="consent"),
    path("organisatie/leverancier/<uuid:supplier_id>/stoppen/", members.end_consent, name="end-consent"),
    path("organisatie/klanten/", clients.clients, name="clients"),
    path("organisatie/klanten/overzicht.csv", clients.clients_csv, name="clients-csv"),
    path(TOGETHER, together.describe, name="together"),
    path(f"{TOGETHER}nakijken/", together.check, name="together-check"),
    path(f"{TOGETHER}klaar/", together.done, name="together-done"),
    path("organisatie/gebruik/<uuid:organisation_id>/", usage.usage, name="usage"),
    path("organisatie/gebruik/<uuid:organisation_id>.csv", usage.usage_csv_file, name="usage-csv"),
    path("organisatie/gebruik/<uuid:organisation_id>.pdf", usage.usage_pdf_file, name="usage-pdf"),
    path(CASE, case.case, name="case"),
    path(f"{CASE}nakijken/", handing_in.check, name="check"),
    path(f"{CASE}tekenen/", handing_in.sign_page, name="sign"),
    path(f"{CASE}indienen/", handing_in.hand_in_page, name="hand-in"),
    path(f"{CASE}metadata/", metadata.metadata, name="metadata"),
    path(f"{CASE}metadata/service.toml", metadata.sample_settings, name="sample-settings"),
    path(f"{CASE}metadata/ophalen/", metadata.fetch, name="fetch-metadata"),
    path(f"{CASE}certificaat/<str:environment>/", testing.certificate, name="certificate"),
    path(f"{CASE}gegevens/terugzetten/", testing.reset, name="reset"),
    path(f"{CASE}gegevens/<str:environment>/", testing.connection, name="connection"),
    path(f"{CASE}bericht/", writing.message, name="message"),
    path(f"{CASE}bestand/", writing.add, name="add-file"),
    path(f"{CASE}bestand/<uuid:file_id>/", writing.file, name="file"),
    path(f"{CASE}doen/<str:task>/", moving.move, name="move"),
    path(FORM, filling.fill_in, name="fill-in"),
    path(f"{FORM}lijst/", rows.rows, name="rows"),
    path(f"{FORM}lijst/<int:row_number>/", rows.row, name="row"),
    path(f"{FORM}lijst/<int:row_number>/weg/", rows.remove, name="remove-row"),
]
