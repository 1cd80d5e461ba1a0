"""`decide explain` assumes no time that decides, counts no name twice or in silence, and refuses by name and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from terminal import run

_SILENCE = "rule: {rule: silence, until: 2026-03-01T12:00+03:00, zone: Asia/Damascus}\neligible: [a, b]\n"
_BLOCS = "rule: {rule: weighted-majority, weights: {a: 30, b: 20, d: 25}, blocs: {n: [a, b], u: [%s]}}\n"


def _explain(folder: Path, text: str) -> str:
    (folder / "rule.yaml").write_text(text, encoding="utf-8")
    told = run("decide", "explain", folder / "rule.yaml")
    return " ".join((told.stdout + told.stderr).split())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"{_SILENCE}received: [a, b]\nat: 2026-03-03T00:00Z",
            "when the text was received is missing; write received:",
        ),
        (f"{_SILENCE}objects: [a]\nat: 2026-03-03T00:00Z", "the time of an objection is missing; write objects:"),
        (
            f"{_SILENCE}objects: {{b: 2026-02-25T09:00Z}}\nat: 2026-02-24T00:00Z",
            "'b' answered later than 'at', the moment of judging",
        ),
        (_BLOCS % "", "the bloc 'u' has no members, so it can never consent; name its members"),
        (_BLOCS.replace("d: 25", "d: 0") % "d", "no member of the bloc 'u' has weight, so it can never consent"),
        (_BLOCS.replace("a: 30", "a: 181,829") % "d", "the weight of '829' is empty; give a whole number"),
        (_BLOCS.replace("a: 30", "a: 9999999999999999999") % "d", "the weight of 'a' is '9999999999999999999'; give a"),
        (
            "rule: {rule: unanimity}\neligible: [1, 2]\naccepts: [1]",
            "'accepts' has the number 1; put a name of digits in",
        ),
        ("rule: {rule: unanimity}\neligible: ['', b]\naccepts: [b]", "there is a name '', which nobody can see"),
        ("rule: {rule: unanimity}\neligible: [\u0410n, b]\naccepts: [An]", "It looks alike, but is written in other"),
        (
            "rule: {rule: unanimity}\neligible: [North, b]\naccepts: [north]",
            "Did you mean 'North'? It looks alike, but",
        ),
        ("rule: {rule: referendum, prongs: [{share: 1/2}]}", "a referendum prong needs 'against'"),
        ("rule: {rule: referendum}", "for example prongs: [{against: 'no'}]"),
        ("rule: {rule: qualified-majority, thresholds: [{}]}\neligible: [a]", "a threshold needs 'share'"),
    ],
)
def test_a_refusal_names_the_key_the_value_and_what_to_write(tmp_path: Path, text: str, said: str) -> None:
    told = _explain(tmp_path, text)
    assert told.startswith("Error: ") and said in told, told


def test_names_that_differ_in_capitals_alone_are_pointed_out(tmp_path: Path) -> None:
    told = _explain(tmp_path, "rule: {rule: unanimity}\neligible: [north, North]\naccepts: [north, North]")
    assert "'north' and 'North' look alike, but are different names." in told


def test_whoever_a_rule_counts_and_the_electorate_lacks_is_named(tmp_path: Path) -> None:
    text = _BLOCS.replace("d: 25", "d: 25, c: 25") % "c, d" + "eligible: [a, b, c]\naccepts: [a, c]\nobjects: [b]\n"
    told = _explain(tmp_path, text)
    assert "Not eligible, so that the rule's weights and blocs are counted without: d." in told


@pytest.mark.parametrize(
    ("more", "unused"),
    [
        ("polls: [{name: n, electorate: 10, 'yes': 5, 'no': 1}]", "polls"),
        ("received: {a: 2026-01-01T00:00Z}", "who received the text"),
        ("present: [a]", "who is present"),
        ("present: [a]\nreceived: {a: 2026-01-01T00:00Z}", "who received the text; who is present"),
    ],
)
def test_what_a_rule_does_not_look_at_is_named(tmp_path: Path, more: str, unused: str) -> None:
    told = _explain(tmp_path, f"rule: {{rule: unanimity}}\neligible: [a, b]\naccepts: [a, b]\n{more}\n")
    assert f"This rule does not look at: {unused}." in told
    shares = "rule: {rule: qualified-majority, thresholds: [{share: 1/2, base: present}]}"
    told = _explain(tmp_path, f"{shares}\neligible: [a, b]\naccepts: [a]\npresent: [a]\n")
    assert "does not look at" not in told


@pytest.mark.parametrize("word", ["eligible", "accepts", "objects", "abstains"])
def test_an_option_beside_a_rule_file_counts_or_is_refused(tmp_path: Path, word: str) -> None:
    rule = tmp_path / "rule.yaml"
    rule.write_text("rule: {rule: unanimity}\neligible: [a, b]\n", encoding="utf-8")
    if word == "eligible":
        rule.write_text("rule: {rule: unanimity}\naccepts: [a]\n", encoding="utf-8")
    added = run("decide", "explain", rule, f"--{word}", "a,b")
    assert added.exit_code == 0, added.stderr
    as_data = run("decide", "explain", rule, f"--{word}", "a,b", "--json").stdout
    rule.write_text(f"{rule.read_text(encoding='utf-8')}{word}: [a, b]\n", encoding="utf-8")
    assert run("decide", "explain", rule, "--json").stdout == as_data
    told = run("decide", "explain", rule, f"--{word}", "a,b")
    assert told.exit_code == 2 and f"and so does --{word}; leave out --{word}" in told.stderr


def test_whom_the_command_names_as_eligible_makes_a_bare_rule_readable(tmp_path: Path) -> None:
    rule = tmp_path / "rule.yaml"
    rule.write_text("rule: {rule: unanimity}\naccepts: [a]\n", encoding="utf-8")
    assert "--eligible" in run("decide", "explain", rule).stderr
    assert "Eligible: a, b (2)." in run("decide", "explain", rule, "--eligible", "a,b").stdout
    assert "'c'" in run("decide", "explain", rule, "--eligible", "a,b", "--objects", "c").stderr


def test_a_referendum_takes_nobody_beside_its_polls(tmp_path: Path) -> None:
    rule = tmp_path / "rule.yaml"
    poll = "polls: [{name: n, electorate: 10, 'yes': 5, 'no': 1}]"
    rule.write_text(f"rule: {{rule: referendum, prongs: [{{against: 'no'}}]}}\n{poll}\n", encoding="utf-8")
    assert run("decide", "explain", rule).exit_code == 0
    assert "alone; leave out --eligible" in run("decide", "explain", rule, "--eligible", "a").stderr


@pytest.mark.parametrize("blocs", ["", ", blocs: {}"])
def test_weights_without_blocs_are_shown_the_rule_that_counts_them(tmp_path: Path, blocs: str) -> None:
    weights = "weights: {a: 3, b: 2, c: 1}"
    told = _explain(tmp_path, f"rule: {{rule: weighted-majority, {weights}{blocs}}}\naccepts: [a, c]\n")
    assert "thresholds: [{share: 1/2, of: weight}]" in told, told
    better = "rule: qualified-majority, thresholds: [{share: 1/2, of: weight}]"
    told = _explain(tmp_path, f"rule: {{{better}, {weights}}}\naccepts: [a, c]\n")
    assert "It passes." in told and "4 of 6" in told
