"""The closed vocabularies of connecting that tables hold: kinds of files, states of a configuration, what is noted."""

from enum import StrEnum, auto
from typing import Final

FILE_ADDED: Final = "add_file"  # in the history
ENVIRONMENTS: Final = "environments"  # in its data: where the document of a change counts from then on


class FileKind(StrEnum):
    """What a stored file is. Values are stored: never rename one."""

    METADATA = auto()
    CERTIFICATE_REQUEST = auto()
    CERTIFICATE = auto()  # made of such a request, by `certify_request` only
    SECURITY_STATEMENT = auto()
    SIGNED = auto()  # made by `sign` only
    REPORT = auto()
    ATTACHMENT = auto()


class ConfigurationState(StrEnum):
    """How far a version of a configuration is (CN-15). Values are stored: never rename one.

    A draft is none of these: it is what the answers come to at the moment of asking (`queries.draft_configuration`).
    """

    PENDING = auto()  # judged and confirmed, not carried out yet
    PUBLISHED = auto()
    ARCHIVED = auto()
    FAILED = auto()
