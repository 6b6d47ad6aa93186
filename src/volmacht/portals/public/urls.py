"""Addresses of the pages about connecting; included under both languages."""

from django.urls import path

from volmacht.portals.public import (
    checkpoints,
    contact,
    costs,
    documentation,
    kit,
    overview,
    plan_files,
    planner,
    steps,
    tariff_files,
)
from volmacht.portals.shared.form_words import GUIDE_SLUG

app_name = "public"

urlpatterns = [
    path("aansluiten/", overview.overview, name="overview"),
    path("aansluiten/stappen/", steps.steps, name="steps"),
    path("aansluiten/kosten/", costs.costs, name="costs"),
    path("aansluiten/kosten/tarieven.csv", tariff_files.csv_file, name="tariffs-csv"),
    path("aansluiten/kosten/tarieven.pdf", tariff_files.pdf_file, name="tariffs-pdf"),
    path("aansluiten/documentatie/", documentation.documentation, name="documentation"),
    path(f"aansluiten/documentatie/{GUIDE_SLUG}/", documentation.guide, name="guide"),
    path("aansluiten/documentatie/keuzes/", documentation.former_guide, name="former-guide"),
    path("aansluiten/documentatie/communicatieset.zip", kit.kit, name="kit"),
    path("aansluiten/documentatie/koppelvlak/<slug:slug>/", documentation.interface, name="interface"),
    path("aansluiten/documentatie/<slug:slug>/", documentation.document, name="document"),
    path(
        "aansluiten/documentatie/<slug:slug>/versie-<int:number>/",
        documentation.document_version,
        name="document-version",
    ),
    path(
        "aansluiten/documentatie/<slug:slug>/versie-<int:number>.pdf",
        documentation.document_file,
        name="document-pdf",
    ),
    path("controlepunten/", checkpoints.checkpoints, name="checkpoints"),
    path("controlepunten/controlepunten.json", checkpoints.checkpoints_json, name="checkpoints-json"),
    path("aansluiten/contact/", contact.contact, name="contact"),
    path("aansluiten/contact/ontvangen/", contact.message_sent, name="message-sent"),
    path("aansluiten/plan/", planner.questions, name="plan"),
    path("aansluiten/plan/resultaat/", planner.result, name="plan-result"),
    path("aansluiten/plan/uitvoeringsplan.pdf", plan_files.pdf, name="plan-pdf"),
    path("aansluiten/plan/uitvoeringsplan.ics", plan_files.calendar, name="plan-calendar"),
    path("aansluiten/plan/machtigingsproces.svg", plan_files.diagram, name="plan-diagram"),
]
