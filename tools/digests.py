"""Write the digests of all that is installed: ``python tools/digests.py``.

For each package at its pinned version the digests of all its wheels, and of its source archive where it has no wheel;
no addresses. ``make`` installs from these files before the project itself, so a package that was exchanged anywhere on
its way is refused. Written anew after each change of ``constraints.txt``; this needs the network.
"""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

from pip._internal.models.index import PyPI

HERE = Path(__file__).resolve().parents[1]
SETS = {"run": ".", "test": ".[dev]"}
BUILD = ("hatchling", "editables")
_KIND = "application/vnd.pypi.simple.v1+json"


def resolved(what: list[str]) -> dict[str, str]:
    """Return the packages that an installation needs, with their versions."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-"]
    told = subprocess.run(
        [*command, *what, "-c", "constraints.txt"], cwd=HERE, capture_output=True, text=True, check=True
    ).stdout
    found = {one["metadata"]["name"]: one["metadata"]["version"] for one in json.loads(told)["install"]}
    found.pop("goodoffices", None)
    return dict(sorted(found.items(), key=lambda pair: pair[0].lower()))


def digests(name: str, version: str) -> list[str]:
    """Return the digests of the wheels of a package, or of its source archive if it has none."""
    request = urllib.request.Request(f"{PyPI.simple_url}/{name}/", headers={"Accept": _KIND})
    with urllib.request.urlopen(request, timeout=60) as answer:
        files: list[dict[str, Any]] = json.load(answer)["files"]
    wheels = [one for one in files if one["filename"].endswith(".whl") and one["filename"].split("-")[1] == version]
    sources = [one for one in files if one["filename"].endswith(f"-{version}.tar.gz")]
    return sorted(one["hashes"]["sha256"] for one in wheels or sources)


def main() -> None:
    """Write ``digests/run.txt`` and ``digests/test.txt``."""
    (HERE / "digests").mkdir(exist_ok=True)
    for name, what in SETS.items():
        found = resolved(["-e", what, *BUILD])
        lines = []
        for package, version in found.items():
            given = digests(package, version)
            if not given:
                raise SystemExit(f"no files were found of {package} {version}")
            lines.append(" \\\n    ".join([f"{package}=={version}", *(f"--hash=sha256:{one}" for one in given)]))
        (HERE / "digests" / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="ascii")
        print(f"digests/{name}.txt: {len(found)} packages")


if __name__ == "__main__":
    main()
