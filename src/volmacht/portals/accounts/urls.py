"""Addresses of accounts."""

from django.conf import settings
from django.urls import path

from volmacht.portals.accounts import (
    choosing,
    eherkenning,
    invitations,
    links,
    logging_in,
    own,
    proving,
    proving_who,
    second_step,
    signing_up,
    trying_out,
)

app_name = "accounts"
urlpatterns = [
    path("account/", own.own, name="own"),
    path("account/inloggen/", logging_in.log_in_page, name="log-in"),
    path("account/inloggen/passkey/", logging_in.passkey_question, name="passkey-question"),
    path("account/inloggen/code/", logging_in.code_page, name="code"),
    path("account/kiezen/", choosing.choose, name="choose"),
    path("account/nieuw/", links.new_account, name="new"),
    path("account/wachtwoord-vergeten/", links.forgotten, name="forgotten"),
    path("account/gemaild/", links.mailed, name="mailed"),
    path("account/link/<str:secret>/", links.link, name="link"),
    path("account/uitnodiging/<str:secret>/", invitations.invitation, name="invitation"),
    path("account/tweede-stap/", second_step.second_step, name="second-step"),
    path("account/tweede-stap/passkey/", second_step.new_passkey_question, name="new-passkey-question"),
    path("account/herstelcodes/", second_step.recovery_codes, name="recovery-codes"),
    path("account/herstelcodes/nieuw/", own.new_recovery_codes, name="new-recovery-codes"),
    path("account/naam/", own.change_name, name="change-name"),
    path("account/wachtwoord/", own.change_own_password, name="change-password"),
    path("account/sessies/", own.end_other_sessions, name="end-sessions"),
    path("account/app/weg/", own.take_app_away, name="remove-app"),
    path("account/passkeys/<uuid:passkey_id>/weg/", own.take_passkey_away, name="remove-passkey"),
    path("account/organisatie/", signing_up.sign_up, name="sign-up"),
    path("account/organisatie/bewijs/", proving.prove, name="prove"),
    path("account/organisatie/bewijs/tekst/", proving.new_text, name="new-text"),
    path("account/organisatie/bewijs/challenge.txt", proving.download_text, name="challenge"),
    path("account/organisatie/bewijs/eherkenning/", eherkenning.leave, name="to-eherkenning"),
    path(
        "account/organisatie/bewijs/eherkenning/terug/", eherkenning.come_back, name="came-from-eherkenning"
    ),
    path("account/organisatie/bewijs/niet/", proving_who.drop, name="drop-claim"),
]
if settings.VOLMACHT.demo:
    urlpatterns.append(path("account/word/", trying_out.become, name="become"))
