"""Every shared scenario folder is read rightly, or a part of it refused with its reason."""

from __future__ import annotations

import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from goodoffices.formats.input.diagnostics import Grade
from goodoffices.formats.scenarios.detect import read_scenario
from goodoffices.formats.scenarios.scenario import Scenario

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def read(shared: Path) -> dict[str, Scenario]:
    """Return every scenario of the index, by path."""
    with (shared / "scenarios" / "index.csv").open(encoding="utf-8") as file:
        paths = [row["path"] for row in csv.DictReader(file)]
    return {path: read_scenario(shared / "scenarios" / path, grid=11 if "SON" in path else None) for path in paths}


@pytest.mark.parametrize(
    ("folder", "scenarios", "profiles"),
    [
        ("genius-xml", 67, 319),
        ("tau-xml", 25, 102),
        ("geniusweb-anl2023", 25, 50),
        ("geniusweb-anac2020", 2, 4),
        ("negolog", 33, 66),
        ("genius-websocket", 4, 10),
        ("negmas-yaml", 5, 19),
        ("anl2025-multideal", 3, 4),
    ],
)
def test_all_folders_of_a_format_are_read(
    read: dict[str, Scenario], folder: str, scenarios: int, profiles: int
) -> None:
    mine = [scenario for path, scenario in read.items() if path.startswith(f"{folder}/")]
    assert len(mine) == scenarios
    assert sum(len(scenario.bargain.parties) for scenario in mine) == profiles


def with_entries(read: dict[str, Scenario], prefix: str, grade: Grade, kind: str | None = None) -> list[str]:
    return [
        path
        for path, scenario in read.items()
        if path.startswith(prefix) and any(kind in (None, entry.kind) for entry in scenario.report.of(grade))
    ]


def test_twelve_genius_folders_needed_repairs_and_none_of_tau(read: dict[str, Scenario]) -> None:
    assert len(with_entries(read, "genius-xml/", Grade.REPAIR)) == 12
    assert with_entries(read, "tau-xml/", Grade.REPAIR) == []
    assert len(with_entries(read, "genius-xml/", Grade.ASSUMPTION, "encoding")) == 1
    assert with_entries(read, "", Grade.ASSUMPTION, "no-discount") == ["genius-xml/anac/y2011/IS_BT_Acquisition"]


def test_only_the_twelve_blank_profiles_are_left_out(read: dict[str, Scenario]) -> None:
    refused = Counter(
        entry.kind for s in read.values() if s.origin.dialect == "genius-xml" for entry in s.report.of(Grade.REFUSAL)
    )
    assert refused == {"blank-profile": 12}
    headline = read["genius-xml/Domain1"].report.headline
    assert headline == "4 of 6 profiles read"


def test_assumptions_travel_with_the_bargain(read: dict[str, Scenario]) -> None:
    for scenario in read.values():
        assert len(scenario.bargain.assumptions) >= len(scenario.report.of(Grade.ASSUMPTION)) - 1


def test_the_repair_of_a_missing_blank_names_its_line(read: dict[str, Scenario]) -> None:
    [entry] = read["genius-xml/anac/y2011/Car"].report.of(Grade.REPAIR)
    assert (entry.kind, entry.place.line) == ("missing-blank", 46)


def test_websocket_profiles_are_raw_points_with_status_quo_and_opt_out(read: dict[str, Scenario]) -> None:
    scenario = read["genius-websocket/catering"]
    assert scenario.bargain.parties == ("catering_martin", "catering_sands")
    named = {"Capital": "$0 Sands $15000 Martin", "Space": "Martin takes over space lease"}
    settlement = tuple(
        issue.options.index(named[issue.name]) if issue.name in named else 0 for issue in scenario.bargain.issues
    )
    # 4.0 (multiplier) * 0.25 (weight) * evaluation: 85 and 65 points, the rest of the agenda at "-" (0 points).
    assert scenario.bargain.worth_of(settlement)[0] == 150
    assert scenario.timing.opt_out_value == (Fraction(0), Fraction(0))
    neighbours = read["genius-websocket/neighbours_alex_deniz"]
    assert Fraction(280) in neighbours.bargain.reservation_value


def test_edges_share_the_centre_where_its_worth_is_in_numbers(read: dict[str, Scenario]) -> None:
    party = read["anl2025-multideal/genius/party"]
    assert len(party.edges) == 6
    assert all(bargain.parties[0] == "center" for _, bargain in party.edges)
    dinners = read["anl2025-multideal/dinners"]
    assert [bargain.parties for _, bargain in dinners.edges] == [("edge001",), ("edge002",), ("edge003",)]
    assert with_entries(read, "anl2025-multideal/dinners", Grade.REFUSAL, "centre-by-code")


def test_the_origin_holds_a_hash_of_every_file(read: dict[str, Scenario]) -> None:
    for scenario in read.values():
        assert scenario.origin.files
        assert all(len(digest) == 64 for _, digest in scenario.origin.files)
