"""Talks files with points on scales, made for tests of forecasts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from settlement_talks import talks_of

PARTIES = ("north", "south", "host")
WELL = {"well": ["ours", "shared", "theirs"]}
SCALE = {"issue": "well", "places": {"ours": 0, "shared": 40, "theirs": 100}, "compartment": "analysis"}


def points(
    positions: dict[str, Any], salience: Any = 0.5, capability: Any = 10, issue: str = "well"
) -> list[dict[str, Any]]:
    """Return assessments of where parties stand on an issue."""
    placed = [
        {"party": party, "issue": issue, "point": point, "salience": salience} for party, point in positions.items()
    ]
    return placed + [{"party": party, "capability": capability} for party in positions]


def placed_talks(
    folder: Path,
    assessments: list[dict[str, Any]],
    scales: tuple[dict[str, Any], ...] = (SCALE,),
    issues: dict[str, list[str]] = WELL,
) -> Path:
    """Write talks of three parties with assessments and scales; return the file."""
    path = talks_of(folder, issues, assessments, PARTIES)
    file = json.loads(path.read_text(encoding="utf-8"))
    file["scales"] = list(scales)
    path.write_text(json.dumps(file), encoding="utf-8")
    return path
