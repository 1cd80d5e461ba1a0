"""Helpers: bargains of the shared reference cases."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from goodoffices.bargain import Bargain, Interaction
from goodoffices.formats.scenarios.detect import read_scenario


def only(bargain: Bargain, parties: list[str]) -> Bargain:
    """Return the bargain among some of its parties, in the order named."""
    at = [bargain.parties.index(party) for party in parties]
    return Bargain(
        issues=bargain.issues,
        parties=tuple(parties),
        worth=tuple(tuple(tuple(row[p] for p in at) for row in table) for table in bargain.worth),
        reservation_value=tuple(bargain.reservation_value[p] for p in at),
        cap=tuple(bargain.cap[p] for p in at),
        interactions=tuple(
            Interaction(box=link.box, worth=tuple(link.worth[p] for p in at)) for link in bargain.interactions
        ),
    )


def uncapped(bargain: Bargain) -> Bargain:
    """Return the bargain without caps."""
    return replace(bargain, cap=())


def cases(scenarios: Path) -> list[dict[str, Any]]:
    """Return the reference cases."""
    found: list[dict[str, Any]] = json.loads((scenarios / "reference_values.json").read_text())["cases"]
    return found


def bargain_of(scenarios: Path, case: dict[str, Any]) -> Bargain:
    """Return the bargain of one reference case."""
    whole = read_scenario(scenarios / case["path"]).bargain
    return only(whole, [Path(name).stem for name in case["profiles"]])
