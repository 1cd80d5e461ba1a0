"""Talks files with assessments, made for tests of what could be agreed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from goodoffices.formats.talks_file.reader import find_scenario

SEATS_WITHOUT = ("government", "opposition", "russia", "turkey", "iran", "un-envoy", "kazakhstan", "usa", "secretariat")


def talks_of(
    folder: Path, issues: dict[str, list[str]], assessments: list[dict[str, Any]], parties: tuple[str, ...]
) -> Path:
    """Write talks whose analysts assess ``parties`` on ``issues``; return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = {
        "talks": {"slug": "made-up", "title": "Made-up talks"},
        "actors": {slug: {"kind": "faction", "names": {"en": f"The {slug}"}} for slug in (*parties, "desk")},
        "seats": {slug: {"actor": slug, "roles": ["party"]} for slug in parties}
        | {"desk": {"actor": "desk", "roles": ["analyst"]}},
        "compartments": {"analysis": {"seats": ["desk"], "owner": "desk"}},
        "agenda": [
            {
                "basket": "All",
                "issues": {
                    slug: {
                        "question": {"en": f"What of the {slug}?"},
                        "options": {option: {"en": f"Choice {option}"} for option in options},
                    }
                    for slug, options in issues.items()
                },
            }
        ],
        "assessments": [{"compartment": "analysis", **entry} for entry in assessments],
    }
    path = folder / "talks.yaml"
    path.write_text(json.dumps(file), encoding="utf-8")
    return path


WELLS = {"well": ["ours", "shared", "theirs"], "road": ["open", "closed"]}


def wells(folder: Path, least: tuple[Any, Any] = (20, 20), lines: tuple[str, ...] = ()) -> Path:
    """Two parties, a well and a road; with 20 points each three combinations are possible."""
    return talks_of(
        folder,
        WELLS,
        [
            {"party": "north", "issue": "well", "worth": {"ours": 40, "shared": 30, "theirs": 0}, "red_lines": lines},
            {"party": "north", "issue": "road", "worth": {"open": 20, "closed": 0}},
            {"party": "north", "reservation_value": least[0]},
            {"party": "south", "issue": "well", "worth": {"ours": 0, "shared": 25, "theirs": 40}},
            {"party": "south", "issue": "road", "worth": {"open": 15, "closed": 10}},
            {"party": "south", "reservation_value": least[1]},
        ],
        ("north", "south"),
    )


def astana_without_assessments(folder: Path) -> Path:
    """The Astana talks, equal but for the file of assessments."""
    shutil.copytree(find_scenario("astana-2017"), folder)
    talks = folder / "talks.yaml"
    text = talks.read_text(encoding="utf-8")
    assert ", assessments.yaml" in text
    talks.write_text(text.replace(", assessments.yaml", ""), encoding="utf-8")
    return folder
