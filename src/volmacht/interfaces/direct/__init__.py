"""The direct door: a provider's web service lets somebody log in and fetches the answer as JSON.

Front channel: the browser comes with entity id, service and RelayState; nothing secret. Back channel: the
provider's server fetches the answer once, with its key. May touch `logins`, `catalogue` and `parties`.
"""
