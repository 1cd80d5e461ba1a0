"""What is installed is pinned by digests: each package at its version, no addresses, nothing that a pin lacks."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINS = dict(
    line.split("==", 1)
    for line in (ROOT / "constraints.txt").read_text(encoding="ascii").splitlines()
    if "==" in line and not line.startswith("#")
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(lines: list[str]) -> set[str]:
    """Return the names of the packages that requirements ask for."""
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines)
    return {plain(match[0]) for match in found if match is not None}


@pytest.mark.parametrize("name", ["run", "test"])
def test_every_package_is_pinned_with_digests_and_without_addresses(name: str) -> None:
    text = (ROOT / "digests" / f"{name}.txt").read_text(encoding="ascii")
    assert "://" not in text
    entries = text.replace("\\\n", " ").splitlines()
    pins = {plain(package): version for package, version in PINS.items()}
    for entry in entries:
        package, *given = entry.split()
        assert given, f"{package} has no digest"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for one in given), entry[:200]
        wanted, _, version = package.partition("==")
        assert pins.get(plain(wanted)) == version, f"{package} is not what constraints.txt pins; run tools/digests.py"
    asked = PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
    asked += PROJECT["project"]["optional-dependencies"]["dev"] if name == "test" else []
    assert named(asked) <= named(entries)


def test_the_tool_that_builds_the_project_is_pinned() -> None:
    [needed] = PROJECT["build-system"]["requires"]
    package, _, version = needed.partition("==")
    assert PINS[package] == version
