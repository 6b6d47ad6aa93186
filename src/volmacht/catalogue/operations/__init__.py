"""Changing the catalogue: one employee proposes, another approves or rejects (DM-64). Nothing else writes it.

Metadata of peers that were approved so comes in without a second person: its certificates say whose it is.
"""

from volmacht.catalogue.file import BadCatalogueFile
from volmacht.catalogue.operations.configurations import (
    ConfigurationFault,
    NotCarriedOut,
    carry_out_configuration,
)
from volmacht.catalogue.operations.differing import Left
from volmacht.catalogue.operations.importing import (
    Imported,
    TriedImport,
    approve_import,
    propose_import,
    reject_import,
    upload_import,
)
from volmacht.catalogue.operations.loading import Loaded, load_catalogue
from volmacht.catalogue.operations.metadata import (
    ImportOutcome,
    NotRegistered,
    check_metadata,
    import_from_address,
    import_metadata,
    refresh_metadata,
)
from volmacht.catalogue.operations.proposing import NotStaff, approve, propose, propose_edit, reject
from volmacht.catalogue.reading import InvalidContent

__all__ = [
    "BadCatalogueFile",
    "ConfigurationFault",
    "ImportOutcome",
    "Imported",
    "InvalidContent",
    "Left",
    "Loaded",
    "NotCarriedOut",
    "NotRegistered",
    "NotStaff",
    "TriedImport",
    "approve",
    "approve_import",
    "carry_out_configuration",
    "check_metadata",
    "import_from_address",
    "import_metadata",
    "load_catalogue",
    "propose",
    "propose_edit",
    "propose_import",
    "refresh_metadata",
    "reject",
    "reject_import",
    "upload_import",
]
