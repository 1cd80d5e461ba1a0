"""Write THIRD_PARTY.md: what comes with the program or is installed beside it, and under which licence.

The packages are those that ``pyproject.toml`` needs and those that they need, in the versions of ``digests/run.txt``.
Their licences are what each of them says of itself where it is installed::

    .venv/bin/python tools/third_party.py
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import metadata, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
WHERE = ROOT / "THIRD_PARTY.md"
_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==(\S+)", re.MULTILINE)
_CLASSIFIERS = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
_ANYWHERE = {"extra": "", "python_version": "3.11", "python_full_version": "3.11.0", "sys_platform": "linux"}
"""The same page is made with every Python: that of the oldest on which the program runs, which needs the most."""
SHORT = frozenset({"MIT", "BSD-3-Clause", "BSD-2-Clause", "Apache-2.0", "PSF-2.0"})
"""What older packages write into a field that often holds the whole text instead."""
EXTRAS = (
    ("psycopg, psycopg-binary", "`goodoffices[postgresql]`", "LGPL-3.0-only", "not copied, changed or shipped"),
    ("pyarrow", "`goodoffices[parquet]`", "Apache-2.0", ""),
    ("distributed, dask", "`goodoffices[cluster]`", "BSD-3-Clause", ""),
)
"""What only some install by themselves, with the name of the extra; nothing of it is in the base installation."""
_HEAD = """# What others made

Good Offices itself is under the Apache License 2.0 (`LICENSE`). This page names everything of others that comes with it or is
installed beside it. It is made by `tools/third_party.py`, and a test compares it with what the installed packages say.

## In the package

| what | where | licence | source |
|---|---|---|---|
| Noto Sans, Noto Serif, Noto Sans Arabic, Noto Naskh Arabic, cut to the letters of six languages | `goodoffices/web/static/fonts` | SIL Open Font License 1.1, in `OFL.txt` beside them | Google, <https://github.com/notofonts> |
| errors of forecasting models on 233 issues, computed by us from DEU III; no positions and no outcomes | `goodoffices/forecast/data/deu3.json` | data said by a third party to be under CC BY 4.0; to be confirmed at the deposit before a release | J. Arregui and C. Perarnaud (2022), doi:10.1080/13501763.2021.1982755, data doi:10.34810/data53; R. Thomson et al. (2012, 2006) |
| counts of the two ledgers of Astana, as news agencies quoted them: facts | `goodoffices/scenarios/astana-2017` | facts; each day names its outlet | Russian and Turkish bulletins in the press |

The drawings, icons, scenarios and sentences are ours. There are no map data.

## Installed with it

None of these is under a licence that asks the same licence of what uses it (copyleft).

| package | version | licence |
|---|---|---|
"""  # noqa: E501 - rows of a table


def licence(package: str) -> str:
    """Return the licence of an installed package, as it says itself: an SPDX expression, or the name of a family."""
    said = metadata(package)
    for field in ("License-Expression", "License"):
        words = next(iter(said.get_all(field) or []), "")
        if words and (field == "License-Expression" or words in SHORT):
            return words
    named = [line.split(" :: ")[-1] for line in said.get_all("Classifier") or [] if line.startswith("License")]
    found = [_CLASSIFIERS[name] for name in named if name in _CLASSIFIERS]
    if not found:
        raise SystemExit(f"{package} does not say its licence in a way that this script reads; look, and add it here")
    return " AND ".join(found)


def packages() -> dict[str, str]:
    """Return the pinned version of every package that the base installation needs when it runs, by name."""
    lines = (ROOT / "digests" / "run.txt").read_text(encoding="utf-8")
    pinned = {canonicalize_name(name): version for name, version in _PINNED.findall(lines)}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, str] = {}
    waiting = list(project["dependencies"])
    while waiting:
        needed = Requirement(waiting.pop())
        name = canonicalize_name(needed.name)
        if name in found or (needed.marker is not None and not needed.marker.evaluate(_ANYWHERE)):
            continue
        found[name] = pinned[name]
        waiting += requires(name) or []
    return found


def page() -> str:
    """Return the whole page."""
    rows = [f"| {name} | {version} | {licence(name)} |" for name, version in sorted(packages().items())]
    extras = [f"| {name} | {extra} | {under} | {note} |" for name, extra, under, note in EXTRAS]
    return (
        _HEAD
        + "\n".join(rows)
        + "\n\n## Only where somebody asks for it\n\n| package | comes with | licence | |\n|---|---|---|---|\n"
        + "\n".join(extras)
        + "\n"
    )


if __name__ == "__main__":
    WHERE.write_text(page(), encoding="utf-8")
    sys.exit(0)
