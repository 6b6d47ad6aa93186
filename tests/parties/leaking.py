"""Looking for a citizen service number in everything that the database holds, in every form it could have there."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.db import connection


def every_value() -> Iterator[tuple[str, object]]:
    """Each value of each row of each table, with where it stands."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - every table there is
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    yield f"{table}.{column}", value


def forms(digits: str) -> list[bytes]:
    """The digits as text, in pieces as people write them, in other encodings, and hashed without a key."""
    readable = [
        digits,
        digits[::-1],
        f"{digits[:3]} {digits[3:6]} {digits[6:]}",
        f"{digits[:4]}.{digits[4:6]}.{digits[6:]}",
    ]
    encoded = [text.encode(encoding) for text in readable for encoding in ("ascii", "utf-16-le", "utf-16-be")]
    packed = [bytes.fromhex(digits + "f"), bytes.fromhex("0" + digits)]
    hashed = [
        hash_
        for name in ("md5", "sha1", "sha256", "sha512")
        for digest in [hashlib.new(name, digits.encode()).digest()]
        for hash_ in (digest, digest.hex().encode())
    ]
    return [*encoded, *packed, *hashed, base64.b64encode(digits.encode()), digits.encode().hex().encode()]


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return str(value).encode(errors="replace")


def leaks_of(*numbers: str) -> list[str]:
    """Where in the database one of these numbers can be read."""
    values = [(place, value, _bytes(value)) for place, value in every_value()]
    together = b"\n".join(held for _, _, held in values)
    wanted = [form for digits in numbers for form in forms(digits) if form in together]
    counted = {int(digits) for digits in numbers}
    return [
        place
        for place, value, held in values
        if (isinstance(value, int) and value in counted) or any(form in held for form in wanted)
    ]


def leaks_on_disk(*numbers: str) -> list[str]:
    """The files of an embedded database in which a number stands; what was removed may still stand there."""
    if connection.vendor != "sqlite":
        return []
    path = Path(str(connection.settings_dict["NAME"]))
    files = [file for file in path.parent.glob(f"{path.name}*") if "clean" not in file.name]
    assert files
    wanted = [form for digits in numbers for form in forms(digits)]
    return [
        file.name for file in files for held in [file.read_bytes()] if any(form in held for form in wanted)
    ]
