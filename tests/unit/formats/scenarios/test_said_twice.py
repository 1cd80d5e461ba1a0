"""What a Genius profile says twice, and not alike, is refused or named: else one of the two counts in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from terminal import run

_DOMAIN = (
    '<negotiation_template><utility_space><objective index="0" name="D" type="objective">'
    '<issue index="1" name="a" type="discrete"><item index="1" value="x"/><item index="2" value="y"/></issue>'
    '<issue index="2" name="n" type="integer" lowerbound="0" upperbound="3"/></objective></utility_space>'
    "</negotiation_template>"
)
_ISSUE = (
    '<issue index="1" name="a" type="discrete"><item index="1" value="x" evaluation="5"/>'
    '<item index="2" value="y" evaluation="1"/></issue>'
)
_EVALUATOR = '<evaluator ftype="linear" offset="0" slope="0.3"/>'
_PROFILE = (
    f'<utility_space><objective index="0" name="D" type="objective">{_ISSUE}'
    f'<issue index="2" name="n" type="integer" lowerbound="0" upperbound="3">{_EVALUATOR}</issue>'
    '<weight index="1" value="0.5"/><weight index="2" value="0.5"/></objective>'
    '<discount_factor value="0.9"/><reservation value="0.1"/></utility_space>'
)


def _settle(folder: Path, profile: str) -> str:
    for name, text in (("domain.xml", _DOMAIN), ("one.xml", profile), ("two.xml", _PROFILE)):
        (folder / name).write_text(text, encoding="utf-8")
    told = run("settle", folder)
    return " ".join((told.stdout + told.stderr).split())


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('<weight index="1" value="0.5"/>', '<weight index="1" value="0.5"/><weight index="1" value="0.9"/>',
         "issue '1' has two weights, 0.5 and 0.9"),
        (_ISSUE, _ISSUE + _ISSUE.replace('"5"', '"7"'), "the profile has issue '1' twice"),
        (_EVALUATOR, _EVALUATOR + _EVALUATOR.replace("0.3", "0.1"), "issue 'n' has two evaluators"),
        ('<discount_factor value="0.9"/>', '<discount_factor value="0.9"/><discount_factor value="0.5"/>',
         "the profile states two discount factors"),
        ('<reservation value="0.1"/>', '<reservation value="0.1"/><reservation value="0.2"/>',
         "the profile states two reservation values"),
        ('<item index="2" value="y" evaluation="1"/>',
         '<item index="2" value="y" evaluation="1"/><item index="2" value="y" evaluation="4"/>',
         "issue 'a' evaluates 'y' twice"),
    ],
)  # fmt: skip
def test_what_is_said_twice_and_not_alike_is_named(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert before in _PROFILE
    assert said in _settle(tmp_path, _PROFILE.replace(before, after, 1))


@pytest.mark.parametrize("again", ['<weight index="1" value="0.5"/>', '<discount_factor value="0.9"/>', _EVALUATOR])
def test_the_same_said_twice_changes_nothing(tmp_path: Path, again: str) -> None:
    assert _settle(tmp_path, _PROFILE.replace(again, again + again, 1)) == _settle(tmp_path, _PROFILE)
