"""Every field of a decision rule in a talks file is used by its kind, or refused: no rule is another one in silence."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest

from goodoffices.errors import TalksFileError
from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.talks.voting.rules import Rule

_HEAD = """\
talks: {title: Lake, slug: lake}
actors: {east: {kind: party, names: {en: East}}, west: {kind: party, names: {en: West}}}
seats: {east: {actor: east, roles: [party]}, west: {actor: west, roles: [party]}}
rules:
"""
_BLOCS, _WEIGHTS = "blocs: {n: [east], s: [west]}", "weights: {east: 3, west: 2}"
_NEEDED = {
    "unanimity": "",
    "consensus": "",
    "sufficient-consensus": f"{_WEIGHTS}, {_BLOCS}",
    "qualified-majority": "thresholds: [{share: 1/2}]",
    "parallel-consent": _BLOCS,
    "weighted-majority": _BLOCS,
    "chairs-sense": "contest_minutes: 5",
}
_FIELDS = {
    "weights": _WEIGHTS, "blocs": _BLOCS, "total": "total: 9", "total_range": "total_range: {low: 8, high: 9}",
    "bloc_base": "bloc_base: participating", "also": "also: [east]", "minus": "minus: [west]",
    "thresholds": "thresholds: [{share: 2/3, of: weight, base: total}, {share: 1/2, of: blocs}]",
    "contest_minutes": "contest_minutes: 9", "base": "base: present", "overall": "overall: 2/3", "floor": "floor: 1/2",
    "quorum": "quorum: {share: 2/3}",
}  # fmt: skip
_OF_KIND = {
    next(iter(fields(one))).default: {field.name for field in fields(one)} for one in get_args(Rule)
}  # the first field of each rule is its kind


def _rule(folder: Path, kind: str, *parts: str) -> Any:
    lines = ", ".join(filter(None, ("title: R", f"rule: {kind}", *parts)))
    (folder / "talks.yaml").write_text(f"{_HEAD}  r: {{{lines}}}\n", encoding="utf-8")
    [named] = read_talks(folder).rules
    return named.rule


@pytest.mark.parametrize("field", _FIELDS)
@pytest.mark.parametrize("kind", _NEEDED)
def test_a_field_changes_the_rule_or_is_refused(tmp_path: Path, kind: str, field: str) -> None:
    needed = _NEEDED[kind]
    if field in needed:
        return
    given = [needed, _FIELDS[field]]
    if kind == "qualified-majority" and field in ("weights", "blocs", "total", "total_range"):
        given = [_FIELDS["thresholds"], _WEIGHTS, _BLOCS, *([_FIELDS[field]] if "total" in field else ["total: 9"])]
    if field not in _OF_KIND[kind]:
        with pytest.raises(TalksFileError, match=f"the rule '{kind}' has no '{field}'"):
            _rule(tmp_path, kind, *given)
        return
    assert _rule(tmp_path, kind, *given) != _rule(tmp_path, kind, needed)


def test_no_field_of_a_rule_is_left_without_a_key() -> None:
    known = {name for kind in _NEEDED for name in _OF_KIND[kind]} - {"rule"}
    assert known == set(_FIELDS)
