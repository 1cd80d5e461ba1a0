"""Look for each planted leak, and write into ``found_at.py`` in which pair of worlds it shows first."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from properties import test_planted_http_leaks as http, test_planted_leaks as core
from properties.leaks.catalogue import LEAKS
from properties.worlds.pairs import begun

HERE = Path(__file__).with_name("found_at.py")


def first_of(plant: Callable[[pytest.MonkeyPatch], None], is_found: Callable[[int], bool], most: int) -> int | None:
    """Return the first pair in which a leak shows, or ``None``."""
    with pytest.MonkeyPatch.context() as patch:
        plant(patch)
        begun.cache_clear()
        return next((number for number in range(most) if is_found(number)), None)


def table(leaks: Mapping[str, Callable[[pytest.MonkeyPatch], None]], is_found: Callable[[int], bool], most: int) -> str:
    """Return the table of one catalogue as Python."""
    rows = []
    for name, plant in leaks.items():
        first = first_of(plant, is_found, most)
        print(f"{name}: {first}", flush=True)
        rows += [] if not first else [f'    "{name}": {first},\n']
    return "{\n" + "".join(rows) + "}"


def main() -> None:
    """Write both tables."""
    text = HERE.read_text(encoding="utf-8")
    for name, made in (
        ("FOUND_HTTP", table(http.LEAKS, http.is_found, len(http.DRAWN))),
        ("FOUND", table(LEAKS, core.is_found, core.WITHIN)),
    ):
        text = re.sub(
            rf"^{name}: dict\[str, int\] = \{{.*?\}}", f"{name}: dict[str, int] = {made}", text, flags=re.S | re.M
        )
    HERE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
