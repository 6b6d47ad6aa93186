"""What is installed is pinned by hash, and comes from whatever mirror a machine has."""

import json
import re

import pytest

from tests.architecture.sources import ROOT


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_every_python_package_is_pinned_by_hash_without_an_address(name: str) -> None:
    text = (ROOT / f"requirements/{name}.lock").read_text()
    assert "://" not in text
    for block in re.split(r"\n(?=\S)", text):
        if block.strip() and not block.startswith("#"):
            assert re.match(r"[a-z0-9][a-z0-9._-]*(\[[a-z,-]+\])?==\S+", block), block
            assert "--hash=sha256:" in block, block


def test_every_front_end_package_is_pinned_by_hash_without_an_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for path, package in packages.items():
        if path:
            assert package["integrity"].startswith("sha512-"), path
            assert "resolved" not in package, path
