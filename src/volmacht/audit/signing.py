"""What a checkpoint's signature covers, and checking it. Pure."""

from datetime import UTC, date, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def checkpoint_text(day: date, moment: datetime, heads: str) -> bytes:
    """The bytes that are signed: day, moment (UTC, microseconds) and the heads as compact JSON."""
    return f"volmacht checkpoint\n{day}\n{moment.astimezone(UTC).isoformat(timespec='microseconds')}\n{heads}".encode()


def public_key(private: bytes) -> Ed25519PublicKey:
    """The key with which anyone can check a checkpoint."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key()


def signature_holds(key: Ed25519PublicKey, signature: bytes, text: bytes) -> bool:
    """Whether the signature is over this text by this key."""
    try:
        key.verify(signature, text)
    except InvalidSignature:
        return False
    return True
