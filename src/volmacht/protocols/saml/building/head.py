"""The attributes with which all messages begin. Pure."""

from datetime import datetime

from volmacht.protocols.saml.instants import written


def head(
    message_id: str,
    version: str,
    issued: datetime | None,
    *,
    destination: str | None = None,
    in_response_to: str | None = None,
) -> dict[str, str | None]:
    """The attributes that every message has, or may have. Raises ValueError without an instant."""
    if issued is None:
        raise ValueError("a message without IssueInstant is never sent")
    return {
        "ID": message_id,
        "Version": version,
        "IssueInstant": written(issued),
        "Destination": destination,
        "InResponseTo": in_response_to,
    }
