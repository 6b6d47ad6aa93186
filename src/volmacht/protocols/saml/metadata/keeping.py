"""Whether a new document keeps what others go by until they have read it, up to a day later (MD-27, MD-43). Pure."""

from collections.abc import Collection, Iterable
from datetime import datetime

from cryptography import x509

from volmacht.protocols.saml.keys import PublishedKey
from volmacht.protocols.saml.metadata.model import Document, Entity

Keys = Collection[PublishedKey]


def keeps_keys(publisher: Entity, inside: Iterable[Entity], document: Document, now: datetime) -> bool:
    """Whether no log-in fails meanwhile: of what each party uses keys for now, one key that counts stays.

    A certificate for TLS is listed among the keys for signing, and signs nothing: it makes up for none of those. Where
    a key for signing goes, the document is signed with one that counts now: with that its owner signs.
    """
    listed = {one.entity_id: (one.signing, one.encryption) for one in document.entities}
    for one in (publisher, *inside):
        signing, encryption = listed.get(one.entity_id, ((), ()))
        if not _keeps(one.signing, signing, now) or not _keeps(one.encryption, encryption, now):
            return False
    standing = _counting(publisher.signing, now)
    return document.signed_with in standing or all(key in document.publisher.signing for key in standing)


def left_out(publisher: Entity, inside: Iterable[Entity], document: Document, now: datetime) -> list[str]:
    """The names of keys that count now and that the document does not list for the same use, each once."""
    listed = {one.entity_id: (one.signing, one.encryption) for one in document.entities}
    gone: dict[str, None] = {}
    for one in (publisher, *inside):
        signing, encryption = listed.get(one.entity_id, ((), ()))
        for standing, named in ((one.signing, signing), (one.encryption, encryption)):
            gone |= dict.fromkeys(key.name for key in _counting(standing, now) if key not in named)
    return list(gone)


def _keeps(standing: Keys, listed: Keys, now: datetime) -> bool:
    counting = _counting(standing, now)
    return {_for_what(key) for key in counting} == {_for_what(key) for key in counting if key in listed}


def _counting(keys: Keys, now: datetime) -> list[PublishedKey]:
    return [key for key in keys if key.counts_at(now)]


def _for_what(key: PublishedKey) -> frozenset[x509.ObjectIdentifier]:
    """The extended key usages of its certificate; none where it is for anything."""
    try:
        return frozenset(key.certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        return frozenset()
