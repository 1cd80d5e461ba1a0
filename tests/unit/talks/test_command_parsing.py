"""Values of commands as hostile or hurried people write them: one sentence each, never a wrong reading."""

from __future__ import annotations

from fractions import Fraction

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.talks.base.local_time import instant_in
from goodoffices.talks.command_parsing import parse_command
from goodoffices.talks.decisions.commands import PutQuestion
from goodoffices.talks.exchange.items import FileItem
from goodoffices.talks.voting.rules import QualifiedMajority

RULES = {
    "a share of nothing": '{"rule": "qualified-majority", "thresholds": [{"share": "1/0"}]}',
    "no share": '{"rule": "qualified-majority", "thresholds": [{"share": "NaN"}]}',
    "an endless share": '{"rule": "qualified-majority", "thresholds": [{"share": 1e400}]}',
    "a list for a share": '{"rule": "qualified-majority", "thresholds": [{"share": [1, 2]}]}',
    "yes for a share": '{"rule": "qualified-majority", "thresholds": [{"share": true}]}',
    "a weight that is no whole number": '{"rule": "weighted-majority", "blocs": [], "weights": [["gov", 1.5]]}',
    "yes for a weight": '{"rule": "weighted-majority", "blocs": [], "weights": [["gov", true]]}',
    "a weight alone": '{"rule": "weighted-majority", "blocs": [], "weights": [["gov"]]}',
    "a number for an instant": '{"rule": "silence", "until": 5, "zone": "UTC"}',
    "a list for a rule's name": '{"rule": ["unanimity"]}',
    "half a sign": '{"rule": "consensus", "minus": ["\\ud800"]}',
    "a time to contest without end": '{"rule": "chairs-sense", "contest_minutes": 99999999999}',
    "a misspelt condition": '{"rule": "qualified-majority", "thresholds": [{"share": "1/2"}], "quorom": {}}',
    "a misspelt share": '{"rule": "qualified-majority", "thresholds": [{"share": "1/2", "off": "weight"}]}',
}
PACKAGES = {
    "a day that is not": '{"slug": "p", "steps": [{"slug": "s", "due": "2017-02-30"}]}',
    "a number for a day": '{"slug": "p", "steps": [{"slug": "s", "due": 3}]}',
    "half a sign": '{"slug": "p", "title": "\\udfff", "steps": [{"slug": "s"}]}',
    "a misspelt step": '{"slug": "p", "steps": [{"slug": "s", "obligor": ["gov"]}]}',
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_that_cannot_be_read_exactly_is_refused(rule: str) -> None:
    with pytest.raises(ScenarioError):
        parse_command("PutQuestion", {"rule": rule, "eligible": "gov"})


@pytest.mark.parametrize("package", PACKAGES.values(), ids=PACKAGES)
def test_a_package_that_cannot_be_read_exactly_is_refused(package: str) -> None:
    with pytest.raises(ScenarioError):
        parse_command("PutPackage", {"package": package, "to": "gov"})


def test_a_misspelt_condition_is_named() -> None:
    said = "the rule 'qualified-majority' has no 'quorom'; it can have only 'thresholds',.* Did you mean 'quorum'"
    with pytest.raises(ScenarioError, match=said):
        parse_command("PutQuestion", {"rule": RULES["a misspelt condition"], "eligible": "gov"})


def test_one_text_in_two_languages_is_one_text() -> None:
    given = {"version": "v1", "clause": "cl1", "sort": "asks", "words": ["one", "two"], "words.lang": ["en", "ar"]}
    assert parse_command("Comment", given) == parse_command("Comment", {**given, "words": "one", "words.lang": "en"})


@pytest.mark.parametrize(
    ("written", "meant"), [("0.55", Fraction(11, 20)), ("0.1", Fraction(1, 10)), ("1", Fraction(1))]
)
def test_a_share_in_decimals_is_what_stands_there(written: str, meant: Fraction) -> None:
    rule = f'{{"rule": "qualified-majority", "thresholds": [{{"share": {written}}}]}}'
    put = parse_command("PutQuestion", {"rule": rule, "eligible": "gov"})
    assert isinstance(put, PutQuestion)
    assert isinstance(put.rule, QualifiedMajority)
    assert put.rule.thresholds[0].share == meant


@pytest.mark.parametrize(
    ("local", "zone"), [("9999-12-31T23:59", "America/New_York"), ("0001-01-01T00:00", "Asia/Almaty")]
)
def test_a_local_time_beyond_all_years_is_refused(local: str, zone: str) -> None:
    with pytest.raises(ScenarioError, match="year from 1 to 9999"):
        instant_in(local, zone)


@pytest.mark.parametrize(
    ("text", "languages", "lang"),
    [
        ("نحن نقبل إذا دُفعت المتأخرات", ("fa", "en", "ar"), "ar"),
        ("ما می‌پذیریم", ("ar", "fa"), "fa"),
        ("نحن نقبل", ("fa",), "fa"),
        ("نحن نقبل", ("en",), "ar"),
        ("Мы согласны", ("en", "kk", "ru"), "ru"),
        ("Nous acceptons", ("ar", "fr", "en"), "fr"),
        ("We accept", ("ar",), "en"),
        ('They wrote "سلام" on the map', ("en", "ar"), "en"),
    ],
)
def test_a_text_without_a_language_is_in_the_one_that_its_letters_fit(
    text: str, languages: tuple[str, ...], lang: str
) -> None:
    filed = parse_command("FileItem", {"words": text}, languages)
    assert isinstance(filed, FileItem)
    assert [words.lang for words in filed.words] == [lang]
