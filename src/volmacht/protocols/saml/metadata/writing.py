"""Writes metadata documents: schema-valid, signed, in the order of the schema (MD-01 to MD-20, MD-30, MD-45).

What an entity publishes is given as the same value that reading yields. Used for our own entities, for the stand-ins
and for the sample provider. Pure: the caller stores and serves the bytes.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from volmacht.protocols.saml.instants import written
from volmacht.protocols.saml.keys import OwnKey, PublishedKey
from volmacht.protocols.saml.metadata.addresses import CONSUMER, LOGOUT, RESOLUTION, SIGN_ON, Kind
from volmacht.protocols.saml.metadata.durations import written_duration
from volmacht.protocols.saml.metadata.model import Descriptor, Endpoint, Entity, ServiceReference
from volmacht.protocols.saml.metadata.profiles import INSIDE, Count, Profile, profile_of
from volmacht.protocols.saml.signing import new_id, sign
from volmacht.protocols.xml.names import DS, MD, NAMESPACES, PROTOCOL, SAML, SERVICE_UUID, XML

DEFAULT_VALIDITY: Final = timedelta(days=365)
MEDIA_TYPE: Final = "application/samlmetadata+xml"

_PREFIXES = {prefix: NAMESPACES[prefix] for prefix in ("md", "ds", "saml")}


def idp_metadata(entity: Entity, *, key: OwnKey, valid_until: datetime) -> bytes:
    """The document of one that others log in at: E1 towards DVs, E2, E4. Raises ValueError for what must not be."""
    if not entity.is_identity_provider:
        raise ValueError("not an identity provider")
    return _single(entity, key, {"validUntil": written(valid_until)})


def sp_metadata(
    entity: Entity,
    *,
    key: OwnKey,
    valid_until: datetime | None = None,
    cache_duration: timedelta | None = None,
) -> bytes:
    """The document of a DV, with one of the two dates: E3, the sample provider. Raises ValueError."""
    if not entity.is_service_provider:
        raise ValueError("not a service provider")
    return _single(entity, key, _dates(valid_until, cache_duration))


def rd_sp_metadata(
    entity: Entity, providers: Sequence[Entity], *, key: OwnKey, valid_until: datetime
) -> bytes:
    """The document of an RD towards AD and BVD: itself, then every active DV with its encryption keys (MD-20).

    It has room for four keys of its own. Encryption keys that do not fit, while signing keys change, are left out:
    nobody encrypts for an RD (MD-33). Raises ValueError.
    """
    profile = profile_of(entity.role, entity.descriptor)
    room = max(0, (profile.keys_at_most or 0) - len(entity.signing))
    fitting = replace(entity, encryption=entity.encryption[:room])
    return _group(fitting, providers, key, {"validUntil": written(valid_until)})


def lc_metadata(
    entity: Entity,
    providers: Sequence[Entity],
    *,
    key: OwnKey,
    valid_until: datetime | None = None,
    cache_duration: timedelta | None = None,
) -> bytes:
    """The document of an LC with the DVs that it connects, with one of the two dates. Raises ValueError."""
    return _group(entity, providers, key, _dates(valid_until, cache_duration))


def _dates(valid_until: datetime | None, cache_duration: timedelta | None) -> dict[str, str]:
    """Exactly one of the two (MD-04, MD-05)."""
    if valid_until is not None and cache_duration is None:
        return {"validUntil": written(valid_until)}
    if cache_duration is not None and valid_until is None:
        return {"cacheDuration": written_duration(cache_duration)}
    raise ValueError("either validUntil or cacheDuration")


def _single(entity: Entity, key: OwnKey, dates: Mapping[str, str]) -> bytes:
    profile = profile_of(entity.role, entity.descriptor)
    if profile.group:
        raise ValueError("this kind of entity publishes a group")
    return _signed(_described(entity, profile, dates), entity, key)


def _group(entity: Entity, providers: Sequence[Entity], key: OwnKey, dates: Mapping[str, str]) -> bytes:
    """The publisher first, then the DVs, each with a copy of an address of the publisher (MD-17)."""
    profile = profile_of(entity.role, entity.descriptor)
    if not profile.group:
        raise ValueError("this kind of entity publishes a document of its own")
    ids = [entity.entity_id, *(provider.entity_id for provider in providers)]
    if len(set(ids)) != len(ids):
        raise ValueError("an entity is listed twice")
    root = _element(MD + "EntitiesDescriptor", {"ID": new_id(), **dates})
    root.append(_described(entity, profile, {}))
    copied = entity.consumer(None) or entity.assertion_consumers[0]
    for provider in providers:
        inside = replace(provider, signing=(), single_logout=(), services=(), assertion_consumers=(copied,))
        root.append(_described(inside, INSIDE, {}))
    return _signed(root, entity, key)


def _signed(root: etree._Element, entity: Entity, key: OwnKey) -> bytes:
    """With the entity's own key, which it must list, as that is how the key is found (MD-25, MD-45)."""
    if key.published() not in entity.signing:
        raise ValueError("the document must list the key that signs it")
    sign(root, key)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _described(entity: Entity, profile: Profile, dates: Mapping[str, str]) -> etree._Element:
    """The EntityDescriptor, in the order of the schema (MD-19)."""
    _check_publishable(entity, profile)
    node = _element(MD + "EntityDescriptor", {"ID": new_id(), "entityID": entity.entity_id, **dates})
    descriptor = etree.SubElement(node, profile.descriptor_tag)
    for flag in profile.flags:
        descriptor.set(flag, "true")
    descriptor.set("protocolSupportEnumeration", PROTOCOL)
    for use, keys in (("signing", entity.signing), ("encryption", entity.encryption)):
        for key in keys:
            _add_key(descriptor, use, key)
    for kind, endpoints in (
        (RESOLUTION, entity.artifact_resolution),
        (LOGOUT, entity.single_logout),
        (SIGN_ON, entity.single_sign_on),
        (CONSUMER, entity.assertion_consumers),
    ):
        for endpoint in endpoints:
            _add_endpoint(descriptor, kind, endpoint)
    for service in entity.services:
        _add_service(descriptor, service)
    return node


def _element(tag: str, attributes: Mapping[str, str]) -> etree._Element:
    element = etree.Element(tag, nsmap=_PREFIXES)
    for name, value in attributes.items():
        element.set(name, value)
    return element


def _check_publishable(entity: Entity, profile: Profile) -> None:
    """Raises ValueError for what a reader would refuse by number alone."""
    is_idp = profile.descriptor is Descriptor.IDENTITY_PROVIDER
    some, none = Count(1), Count(0, 0)
    parts: tuple[tuple[str, Sequence[object], Count], ...] = (
        ("signing keys", entity.signing, profile.signing),
        ("encryption keys", entity.encryption, profile.encryption or none),
        ("all keys", (*entity.signing, *entity.encryption), Count(1, profile.keys_at_most)),
        ("resolution addresses", entity.artifact_resolution, some if is_idp else none),
        ("sign-on addresses", entity.single_sign_on, some if is_idp else none),
        ("log-out addresses", entity.single_logout, profile.logout),
        ("consumers", entity.assertion_consumers, none if is_idp else some),
        ("services", entity.services, Count(0) if profile.lists_services else none),
    )
    for name, found, count in parts:
        if count.too_few(len(found)) or count.too_many(len(found)):
            raise ValueError(f"{len(found)} {name}")


def _add_key(descriptor: etree._Element, use: str, key: PublishedKey) -> None:
    node = etree.SubElement(descriptor, MD + "KeyDescriptor", {"use": use})
    info = etree.SubElement(node, DS + "KeyInfo")
    etree.SubElement(info, DS + "KeyName").text = key.name
    data = etree.SubElement(info, DS + "X509Data")
    der = key.certificate.public_bytes(Encoding.DER)
    etree.SubElement(data, DS + "X509Certificate").text = base64.b64encode(der).decode("ascii")


def _add_endpoint(descriptor: etree._Element, kind: Kind, endpoint: Endpoint) -> None:
    attributes = {"Binding": kind.binding, "Location": endpoint.location}
    if endpoint.response_location is not None:
        attributes["ResponseLocation"] = endpoint.response_location
    if kind.indexed:
        attributes["index"] = str(endpoint.index or 0)
    if kind.has_default and endpoint.is_default:
        attributes["isDefault"] = "true"
    etree.SubElement(descriptor, MD + kind.tag, attributes)


def _add_service(descriptor: etree._Element, service: ServiceReference) -> None:
    """Raises ValueError for a service without a name."""
    if not service.names:
        raise ValueError("a service needs a name")
    attributes = {"index": str(service.index)} | ({"isDefault": "true"} if service.is_default else {})
    node = etree.SubElement(descriptor, MD + "AttributeConsumingService", attributes)
    for language, name in service.names:
        etree.SubElement(node, MD + "ServiceName", {XML + "lang": language}).text = name
    requested = etree.SubElement(node, MD + "RequestedAttribute", {"Name": SERVICE_UUID})
    etree.SubElement(requested, SAML + "AttributeValue").text = service.service_uuid
