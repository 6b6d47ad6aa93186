"""Which `Accept` and `Content-Type` the API takes: JSON in UTF-8, or nothing said (feature file *Zoeken*)."""

from email.message import Message

_UTF_8 = {"", "utf-8"}


def is_json(content_type: str) -> bool:
    """Whether a request body of this content type is read."""
    return not content_type.strip() or _matches(content_type, {"application/json"})


def is_acceptable(accept: str) -> bool:
    """Whether the answer, JSON in UTF-8, is among what the client accepts."""
    offered = {"application/json", "application/*", "*/*"}
    return not accept.strip() or any(_matches(part, offered) for part in accept.split(","))


def _matches(text: str, media_types: set[str]) -> bool:
    header = Message()
    header["Content-Type"] = text
    media_type = text.partition(";")[0].strip().lower()
    return media_type in media_types and str(header.get_param("charset", "")).lower() in _UTF_8
