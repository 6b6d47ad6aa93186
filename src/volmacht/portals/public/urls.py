"""Addresses of the pages about connecting; included under both languages."""

from django.urls import path

from volmacht.portals.public import (
    checkpoints,
    contact,
    costs,
    documentation,
    overview,
    plan_files,
    planner,
    steps,
)

app_name = "public"

urlpatterns = [
    path("aansluiten/", overview.overview, name="overview"),
    path("aansluiten/stappen/", steps.steps, name="steps"),
    path("aansluiten/kosten/", costs.costs, name="costs"),
    path("aansluiten/documentatie/", documentation.documentation, name="documentation"),
    path("aansluiten/documentatie/keuzes/", documentation.guide, name="guide"),
    path("controlepunten/", checkpoints.checkpoints, name="checkpoints"),
    path("controlepunten/controlepunten.json", checkpoints.checkpoints_json, name="checkpoints-json"),
    path("aansluiten/contact/", contact.contact, name="contact"),
    path("aansluiten/plan/", planner.questions, name="plan"),
    path("aansluiten/plan/resultaat/", planner.result, name="plan-result"),
    path("aansluiten/plan/uitvoeringsplan.pdf", plan_files.pdf, name="plan-pdf"),
    path("aansluiten/plan/uitvoeringsplan.ics", plan_files.calendar, name="plan-calendar"),
    path("aansluiten/plan/machtigingsproces.svg", plan_files.diagram, name="plan-diagram"),
]
