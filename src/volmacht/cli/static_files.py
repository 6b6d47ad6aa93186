"""Collecting style sheets, scripts and fonts for serving, only when one of them changed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path


def _sources() -> Iterator[tuple[str, Path]]:
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for name, storage in finder.list([]):
            yield f"{getattr(storage, 'prefix', '')}/{name}", Path(storage.path(name))


def fingerprint() -> str:
    """Changes when a source file comes, goes or changes."""
    digest = hashlib.sha256()
    for name, path in sorted(_sources()):
        state = path.stat()
        digest.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _mark() -> Path:
    from django.conf import settings

    return Path(settings.STATIC_ROOT) / ".collected"


def are_current() -> bool:
    """Whether what is served is what the sources hold."""
    mark = _mark()
    return mark.exists() and mark.read_text() == fingerprint()


def collect() -> None:
    """Collect when something changed."""
    if are_current():
        return
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark = _mark()
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(fingerprint())
