"""Changing the catalogue: one employee proposes, another approves or rejects (DM-64). Nothing else writes it."""

from volmacht.catalogue.file import BadCatalogueFile
from volmacht.catalogue.operations.loading import Loaded, load_catalogue
from volmacht.catalogue.operations.proposing import NotStaff, approve, propose, reject
from volmacht.catalogue.reading import InvalidContent

__all__ = [
    "BadCatalogueFile",
    "InvalidContent",
    "Loaded",
    "NotStaff",
    "approve",
    "load_catalogue",
    "propose",
    "reject",
]
