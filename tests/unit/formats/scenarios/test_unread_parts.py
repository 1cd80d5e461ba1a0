"""Keys that no reader looks at are named in the report, in every format that has keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from goodoffices.errors import ScenarioFileError
from goodoffices.formats.scenarios.detect import read_scenario
from goodoffices.formats.scenarios.writer import write_scenario
from properties.mutants.seeds import scenario

SUFFIXES = {"geniusweb-json": ".json", "negolog": ".json", "negmas-yaml": ".yml"}
_BY_NAME = ("issuesValues", "issues", "valueUtilities", "issueWeights", "issueUtilities", "mapping", "issuevalues")
"""Mappings whose keys are names of issues or options."""


def mappings(value: Any, around: str = "") -> Iterator[dict[str, Any]]:
    """Yield every mapping whose keys are words of the format."""
    parts = (
        value.items() if isinstance(value, dict) else [(around, part) for part in value if not isinstance(value, str)]
    )
    if isinstance(value, dict) and around not in _BY_NAME:
        yield value
    for key, part in parts:
        if isinstance(part, dict | list):
            yield from mappings(part, key)


@pytest.mark.parametrize("dialect", list(SUFFIXES))
def test_an_unknown_key_anywhere_is_named(dialect: str, tmp_path: Path) -> None:
    write_scenario(scenario(), tmp_path / "whole", dialect, lossy=True)
    tried = 0
    for path in sorted((tmp_path / "whole").glob(f"*{SUFFIXES[dialect]}")):
        text = path.read_text(encoding="utf-8")
        whole = yaml.safe_load(text)
        for number in range(len(list(mappings(whole)))):
            changed = yaml.safe_load(text)
            place = list(mappings(changed))[number]
            if dialect == "negolog" and place is not changed:
                continue  # the tables of the issues, whose keys are options
            if dialect == "geniusweb-json" and place is changed and "issuesValues" not in place:
                continue  # a profile has one key, its kind
            place["strange"] = "7"
            path.write_text(json.dumps(changed), encoding="utf-8")
            try:
                said = str(read_scenario(tmp_path / "whole").report)
            except ScenarioFileError as error:
                said = str(error)
            assert "strange" in said, (path.name, number)
            tried += 1
        path.write_text(text, encoding="utf-8")
    assert tried >= 2


def test_an_issue_without_its_name_is_said(tmp_path: Path) -> None:
    write_scenario(scenario(), tmp_path / "whole", "negmas-yaml", lossy=True)
    path = tmp_path / "whole" / "domain.yml"
    path.write_text(path.read_text(encoding="utf-8").replace('"name": "map', '"ame": "map'), encoding="utf-8")
    said = str(read_scenario(tmp_path / "whole").report)
    assert "issue 0 has parts that are not read: ame" in said
    assert "issue 0 has no 'name'" in said


@pytest.mark.parametrize("key", ["2", "-1", "x", "٠", "1.0", "99"])
def test_a_rectangle_of_an_issue_that_there_is_not_is_refused(key: str, tmp_path: Path) -> None:
    space = {"type": "DiscreteCartesianOutcomeSpace", "name": "d", "issues": [
        {"type": "CategoricalIssue", "name": name, "values": ["a", "b"]} for name in ("one", "two")
    ]}  # fmt: skip
    utility = {"type": "HyperRectangleUtilityFunction", "outcome_ranges": [{key: ["a"]}], "utilities": [1],
               "reserved_value": 0}  # fmt: skip
    for name, value in (("domain", space), ("A", utility), ("B", utility)):
        (tmp_path / f"{name}.yml").write_text(yaml.safe_dump(value, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ScenarioFileError, match="is not the number of an issue; they are 0 to 1"):
        read_scenario(tmp_path)
