"""Gemeente Voorbeeld: a small, honest web service in a process of its own that lets people log in with Volmacht.

Also the example for who builds one: a service provider (DV) of Volmacht's entrance over SAML. Knows nothing of Volmacht
but what it publishes and answers over the network, and what every service may use: the messages (`volmacht.protocols`).
Read it in this order:

`own_entity`           who we are: entity id, addresses, keys, our metadata
`volmacht_documents`   who Volmacht is: its metadata, fetched and believed
`asking`               the AuthnRequest that sends somebody there to log in
`posting`              the page that takes it there: a form that sends itself
`resolving`            the artifact with which they come back, handed in over mutual TLS; the answer, judged
`answers`              what it says: who acts, and for whom; `endings`: or why nobody is logged in
`logging_out`          the LogoutRequest, and the answer to it
`log_in_pages`, `log_out_pages`, `pages`   what people see; `records` is what we have on file
"""
