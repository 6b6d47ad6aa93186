"""Addresses of entering a code and of one's own mandates; included under both languages."""

from django.urls import path

from volmacht.portals.citizen.mandates import (
    accepting_code,
    closed_requests,
    declining_renewal,
    disputing_use,
    email_address,
    ending,
    entering_code,
    exporting,
    my_data,
    overview,
    proposing_renewal,
    renewing,
    restricting,
    showing,
    uses,
)

app_name = "mandates"
urlpatterns = [
    path("code/", entering_code.enter_code, name="enter-code"),
    path("code/controleren/", accepting_code.accept_code, name="accept-code"),
    path("code/klaar/<uuid:mandate_id>/", accepting_code.code_done, name="code-done"),
    path("mijn/machtigingen/", overview.mine, name="mine"),
    path("mijn/machtigingen/overzicht.pdf", exporting.mine_pdf, name="mine-pdf"),
    path("mijn/machtigingen/overzicht.csv", exporting.mine_csv, name="mine-csv"),
    path("mijn/machtigingen/verlenging-vragen/", proposing_renewal.ask_many, name="propose-renewals"),
    path(
        "mijn/machtigingen/verlenging-vragen/klaar/",
        proposing_renewal.asked_many,
        name="renewals-proposed",
    ),
    path("mijn/machtigingen/<uuid:mandate_id>/", showing.mandate, name="mandate"),
    path("mijn/machtigingen/<uuid:mandate_id>/beperken/", restricting.restrict, name="restrict"),
    path("mijn/machtigingen/<uuid:mandate_id>/verlengen/", renewing.renew, name="renew"),
    path(
        "mijn/machtigingen/<uuid:mandate_id>/verlenging-vragen/",
        proposing_renewal.ask_one,
        name="propose-renewal",
    ),
    path(
        "mijn/machtigingen/<uuid:mandate_id>/niet-verlengen/",
        declining_renewal.decline,
        name="decline-renewal",
    ),
    path("mijn/machtigingen/<uuid:mandate_id>/stoppen/", ending.end, name="end"),
    path("mijn/machtigingen/<uuid:mandate_id>/klopt-niet/", ending.dispute, name="dispute"),
    path("mijn/aanvragen/niet-doorgegaan/", closed_requests.closed, name="closed-requests"),
    path("mijn/gebruik/", uses.uses, name="uses"),
    path("mijn/gebruik/<uuid:use_id>/klopt-niet/", disputing_use.dispute_use, name="dispute-use"),
    path("mijn/gegevens/", my_data.my_data, name="my-data"),
    path("mijn/gegevens/alles/", my_data.my_data_print, name="my-data-print"),
    path("mijn/gegevens/alles.json", my_data.my_data_json, name="my-data-json"),
    path("mijn/gegevens/e-mail/", email_address.email_give, name="email-give"),
    path("mijn/gegevens/e-mail/weghalen/", email_address.email_remove, name="email-remove"),
]
