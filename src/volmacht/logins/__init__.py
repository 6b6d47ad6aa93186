"""Log-ins in progress for providers, one-time artifacts, and what was asserted to whom.

Used through `operations` and `queries`. Read it in this order, which is that of one log-in:

`models`, `states`     what is kept of a log-in, and where it can be
`entities`             who and where we are ourselves; `publishing`: our metadata
`look_ups`             what judging a message asks of the catalogue, and which messages came before
`saml_logins`          a log-in over SAML: its request, who logged in, the artifact with which it ends
`visits`               our visits to services upstream; `upstream`: which can be used; `browser_visits`: whose they are
`representing`         the visit to an outside representation service, with that log-in
`choices`              what people choose on our pages, and how that ends a log-in
`delivering`           the artifact handed in; `judging_again`: whether the answer still counts then
`asking`               the question to the one decision, wherever it is asked
`federating`           whether an earlier log-in will do; `upstream_session`: what it is called upstream
`logouts`              ending what was asserted, here and upstream
`rest_logins`          the same choice, asked for over REST
`portal_log_ins`       logging in to our own portal
`proof_visits`         proving an organisation by a log-in at eHerkenning
"""
