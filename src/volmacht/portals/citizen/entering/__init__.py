"""Logging in to the citizen portal: to the authentication service and back. May touch `logins` and the session."""
