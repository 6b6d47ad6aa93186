"""Other versions of keys, as an operator would add them to the key file."""

from dataclasses import replace

from volmacht.sealing import KeyRing


def new_keys(
    ring: KeyRing, *, encryption: dict[int, bytes] | None = None, hashing: dict[int, bytes] | None = None
) -> KeyRing:
    """The same secrets with some versions changed; the highest are current, and no file is followed."""
    return replace(
        ring,
        ciphers={},
        encryption=encryption or ring.encryption,
        hashing=hashing or ring.hashing,
        sealing_version=0,
        hashing_version=0,
        follow=None,
    )
