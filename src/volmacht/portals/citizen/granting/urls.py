"""Addresses of giving a mandate; included under both languages."""

from django.urls import path

from volmacht.portals.citizen.granting import (
    checking,
    choosing_period,
    choosing_representative,
    choosing_service,
    code_sheet,
    confirming_email,
    done,
    explanation_sheet,
    giving_email,
    home,
    request_page,
)

app_name = "granting"
urlpatterns = [
    path("", home.home, name="home"),
    path("machtigen/dienst/", choosing_service.services, name="services"),
    path("machtigen/dienst/<uuid:service_id>/", choosing_service.service, name="service"),
    path("machtigen/gemachtigde/", choosing_representative.representative, name="representative"),
    path("machtigen/periode/", choosing_period.period, name="period"),
    path("machtigen/e-mail/", giving_email.email, name="email"),
    path("machtigen/controleren/", checking.check, name="check"),
    path("machtigen/klaar/<uuid:request_id>/", done.done, name="done"),
    path("machtigen/klaar/<uuid:request_id>/code.pdf", code_sheet.code_pdf, name="code-pdf"),
    path("machtigen/klaar/machtiging/<uuid:mandate_id>/", done.done_direct, name="done-direct"),
    path("hulpblad/", explanation_sheet.page, name="helper-sheet"),
    path("hulpblad/hulpblad.pdf", explanation_sheet.pdf, name="helper-sheet-pdf"),
    path("mijn/aanvragen/<uuid:request_id>/", request_page.show, name="request"),
    path("mijn/aanvragen/<uuid:request_id>/nieuwe-code/", request_page.new_code, name="new-code"),
    path("mijn/aanvragen/<uuid:request_id>/intrekken/", request_page.withdraw, name="withdraw"),
    path("mijn/aanvragen/<uuid:request_id>/klopt-niet/", request_page.dispute, name="dispute-request"),
    path("e-mail/bevestigen/<str:secret>/", confirming_email.confirm, name="confirm-email"),
    path("e-mail/bevestigd/", confirming_email.confirmed, name="email-confirmed"),
]
