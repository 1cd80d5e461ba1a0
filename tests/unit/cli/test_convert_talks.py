"""`goodoffices convert … --to talks`: a scenario of another program as talks with assessments."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.cli.main import main
from goodoffices.formats.scenarios.detect import read_scenario
from goodoffices.formats.scenarios.log import ScenarioReport
from goodoffices.formats.scenarios.scenario import Origin, Scenario, Timing
from goodoffices.formats.scenarios.to_talks_file import write_as_talks
from goodoffices.formats.scenarios.writer import write_scenario
from goodoffices.formats.talks_file.reader import read_talks

ODD = ("no", "010", "a & b", 'quo"te: {x}', "العربية", "~")


def scenario(discount: tuple[Fraction, str] | None = None) -> Scenario:
    issues = (
        BargainIssue(name="no", options=ODD),
        BargainIssue(name="Ж", options=("only",)),
        BargainIssue(name="é", options=("x y", "x-y")),
    )
    worth = (
        tuple((Fraction(k, 8), Fraction(5 - k, 8)) for k in range(6)),
        ((Fraction(1, 4), Fraction(1, 2)),),
        ((Fraction(1, 3), Fraction(0)), (Fraction(0), Fraction(1, 8))),
    )
    return Scenario(
        bargain=Bargain(
            issues=issues, parties=("Side A", "side a"), worth=worth, reservation_value=(Fraction(1, 2), 0)
        ),
        timing=Timing(discount=(discount, None), worth_per_turn=(Fraction(0),) * 2, opt_out_value=(None, None)),
        origin=Origin(dialect="test", files=(("a.xml", "00ff"),)),
        report=ScenarioReport(),
    )


def answer(*words: object) -> str:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code in (0, 1), result.output
    return result.stdout


def test_what_could_be_agreed_is_the_same_after_conversion(tmp_path: Path) -> None:
    write_as_talks(scenario(), tmp_path / "made")
    result = json.loads(answer("settle", tmp_path / "made", "--frontier", "--json"))
    bargain = scenario().bargain
    assert (
        result["bargain"]["parties"] == ["Side A [side-a]", "side a [side-a-2]"]
        or len(result["bargain"]["parties"]) == 2
    )
    from goodoffices.settlement.frontiers.frontier import frontier
    from goodoffices.settlement.results import pick

    points = frontier(bargain)
    gains = sorted([float(g) for g in pick(bargain, points.settlement(at)).gains] for at in range(len(points)))
    least = [Fraction(1, 2) - Fraction(1, 4), -Fraction(1, 2)]
    found = sorted([float(w) - float(r) for w, r in zip(point["worth"].values(), least, strict=True)]
                   for point in result["frontier"]["points"])  # fmt: skip
    assert len(found) == len(gains)
    assert all(
        a == pytest.approx(b, abs=1e-12)
        for one, other in zip(found, gains, strict=True)
        for a, b in zip(one, other, strict=True)
    )


def test_the_talks_file_is_marked_as_converted_and_keeps_names_and_sources(tmp_path: Path) -> None:
    report = write_as_talks(scenario(), tmp_path / "made")
    talks = read_talks(tmp_path / "made")
    text = (tmp_path / "made" / "talks.yaml").read_text(encoding="utf-8")
    assert "00ff" in text
    assert all(entry.is_invented and entry.sources == ("converted",) and entry.compartment == "analysis"
               for entry in talks.assessments)  # fmt: skip
    [basket] = talks.agenda
    assert [name.text for option in basket.issues[0].options for name in option.names] == list(ODD)
    assert {entry.kind for entry in report.entries} == {"not-said", "shifted", "rounded"}


def test_what_talks_cannot_hold_is_refused_unless_losses_are_allowed(tmp_path: Path) -> None:
    write_scenario(scenario((Fraction(1, 2), "run")), tmp_path / "from", "negmas-yaml")
    refused = CliRunner().invoke(main, ["convert", str(tmp_path / "from"), str(tmp_path / "made"), "--to", "talks"])
    assert refused.exit_code == 2
    assert "discounts" in refused.output
    assert "discounts" in answer("convert", tmp_path / "from", tmp_path / "made", "--to", "talks", "--lossy")
    assert len(read_scenario(tmp_path / "from").bargain.issues) == 3


def test_every_shared_scenario_without_links_reads_back_as_talks(shared: Path, tmp_path: Path) -> None:
    folders = sorted(path for path in (shared / "scenarios" / "negolog").iterdir() if path.is_dir())[:12]
    folders += sorted((shared / "scenarios" / "genius-xml" / "anac" / "y2012").iterdir())[:6]
    for folder in folders:
        write_as_talks(read_scenario(folder), tmp_path / folder.name, lossy=True)
        talks = read_talks(tmp_path / folder.name)
        worth = {(entry.party, entry.issue): entry for entry in talks.assessments if entry.issue}
        wide = [issue for issue in read_scenario(folder).bargain.issues if len(issue.options) > 1]
        assert len(worth) == len(wide) * len(read_scenario(folder).bargain.parties)
