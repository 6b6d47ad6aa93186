"""A certificate authority for tests and demonstrations, in the style of PKIoverheid: root, intermediate, organisations.

Values in, values out: no files, no clock, no settings. The command line writes the files. Nothing here is for
production, where certificates come from PKIoverheid itself.
"""

from volmacht.pki.authority import Authority, IssuedCertificate, NotInForce, make_authority
from volmacht.pki.encodings import certificates_from, pem_of, private_key_from, private_key_pem
from volmacht.pki.ending import WARNED_DAYS, days_left, warning
from volmacht.pki.hierarchy import Hierarchy, make_hierarchy
from volmacht.pki.purposes import Purpose
from volmacht.pki.requests import RequestFault, RequestRefused, request_from
from volmacht.pki.revocation import Revocation, Revoked, revocation_list
from volmacht.pki.subjects import Organisation

__all__ = [
    "WARNED_DAYS",
    "Authority",
    "Hierarchy",
    "IssuedCertificate",
    "NotInForce",
    "Organisation",
    "Purpose",
    "RequestFault",
    "RequestRefused",
    "Revocation",
    "Revoked",
    "certificates_from",
    "days_left",
    "make_authority",
    "make_hierarchy",
    "pem_of",
    "private_key_from",
    "private_key_pem",
    "request_from",
    "revocation_list",
    "warning",
]
