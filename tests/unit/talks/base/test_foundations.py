"""Persistent values, plain data, canonical JSON, commands from text."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from goodoffices.canonical_json import canonical, canonical_of_sorted, parse_canonical
from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Form
from goodoffices.talks.base.persistent import Log, Table
from goodoffices.talks.base.serialization import from_plain, instant_text, parse_instant, to_plain
from goodoffices.talks.command_parsing import parse_command
from goodoffices.talks.exchange.items import ClearItem, FileItem
from goodoffices.talks.exchange.relays import RelayItem
from goodoffices.talks.model.assessments import Assessment, Estimate
from goodoffices.talks.model.obligations import DueDate
from goodoffices.talks.rounds.rounds import PlanRound
from goodoffices.talks.sealed.commands import AnswerBlind

pytestmark = pytest.mark.slow

plain_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9))))
def test_a_log_branches_without_touching_its_other_branches(steps: list[tuple[int, int]]) -> None:
    logs: list[tuple[Log[int], list[int]]] = [(Log(), [])]
    for which, item in steps:
        log, twin = logs[which % len(logs)]
        logs.append((log.append(item), [*twin, item]))
    assert all(list(log) == twin for log, twin in logs)


def test_a_log_ends_where_it_ends() -> None:
    log = Log([1, 2])
    longer = log.append(3)
    assert (log[-1], longer[-1], list(longer[1:])) == (2, 3, [2, 3])
    with pytest.raises(IndexError):
        log[2]
    assert Log([1]) == Log([1])
    assert hash(Log([1])) == hash(Log([1]))


def test_a_table_keeps_the_order_in_which_keys_came_and_its_earlier_self() -> None:
    first = Table[int]().put("m10", 1).put("m2", 2)
    second = first.put("m10", 3)
    assert list(second.items()) == [("m10", 3), ("m2", 2)]
    assert first["m10"] == 1
    assert first != second
    assert repr(first) == "Table({'m10': 1, 'm2': 2})"


@given(plain_values)
def test_canonical_json_reads_and_writes_to_the_same_bytes(value: object) -> None:
    try:
        data = canonical(value)
    except ScenarioError:
        return  # a lone surrogate is not text
    assert canonical(parse_canonical(data)) == data


@pytest.mark.parametrize("value", [0.5, {"a": [1.0]}, {"a": object()}, "\ud800"])
def test_what_canonical_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(ScenarioError):
        canonical(value)


def test_what_is_not_json_is_refused() -> None:
    with pytest.raises(ScenarioError, match="not canonical JSON"):
        parse_canonical(b"{")


def _sorted(value: dict[str, object]) -> dict[str, object]:
    return dict(sorted(value.items()))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4).map(_sorted)
        ),
    )
)
def test_what_is_in_order_is_written_to_the_same_bytes(value: object) -> None:
    assert canonical_of_sorted(value) == canonical(value)


@pytest.mark.parametrize(
    "text",
    ["[" * 500 + "]" * 500, "123456789012345678901234567890", '"é\U0001f600\u2028\x7f"', '{"b":1,"a":[true,null,-0]}'],
)
def test_canonical_json_is_read_as_the_standard_library_reads_it(text: str) -> None:
    assert parse_canonical(text.encode()) == json.loads(text)


def test_plain_data_gives_the_same_object_back() -> None:
    made = Assessment(
        party="gov",
        issue="x",
        worth=(("a", Estimate(low=Fraction(1, 3), high=Fraction(1, 2))),),
        ranking=(("a",), ("b",)),
    )
    assert from_plain(Assessment, to_plain(made)) == made
    for due in (date(2017, 1, 2), datetime(2017, 1, 2, 3, tzinfo=UTC)):
        assert from_plain(DueDate, to_plain(DueDate(due=due))) == DueDate(due=due)


@pytest.mark.parametrize("text", ["2017-01-23", "2017-01-23T13:00", "tomorrow"])
def test_an_instant_needs_its_zone(text: str) -> None:
    with pytest.raises(ScenarioError):
        parse_instant(text)


def test_instants_are_written_in_utc_with_microseconds() -> None:
    assert instant_text(parse_instant("2017-01-23T13:00+06:00")) == "2017-01-23T07:00:00.000000Z"
    with pytest.raises(ScenarioError, match="no time zone"):
        instant_text(datetime(2017, 1, 23))  # noqa: DTZ001 - the missing zone is what is tested


def test_commands_are_read_from_text() -> None:
    clear = parse_command("ClearItem", {"item": "m1", "to": "gov, rus", "form": "own-idea", "approve": "yes"})
    assert clear == ClearItem(item="m1", to=("gov", "rus"), form=Form.OWN_IDEA, approve=True)
    filed = parse_command("FileItem", {"words": ["مرحبا"], "words.lang": "ar"})
    assert filed == FileItem(words=(Words(text="مرحبا", lang="ar"),))
    assert parse_command("AnswerBlind", {"question": "q1", "accept": "no"}) == AnswerBlind(question="q1", accept=False)
    told = parse_command("RelayItem", {"item": "m1", "to": "gov", "form": "verbatim", "words": "  "})
    assert told == RelayItem(item="m1", to="gov", form=Form.VERBATIM)
    planned = parse_command("PlanRound", {"slug": "g", "title": "G", "start": "2017-02-08"})
    assert planned == PlanRound(slug="g", title="G", start=date(2017, 2, 8))


@pytest.mark.parametrize(
    ("name", "given_", "says"),
    [
        ("ClearItem", {"item": "m1", "form": "verbatim"}, "needs 'to'"),
        ("ClearItem", {"item": "m1", "to": "gov", "form": "loud"}, "'paraphrase'"),
        ("ClearItem", {"item": "m1", "to": "gov", "form": "verbatim", "until": "18:00"}, "2017-01-23T13:00"),
        ("AnswerBlind", {"question": "q1", "accept": "maybe"}, "is not yes or no"),
        ("PlanRound", {"slug": "g", "title": "G", "start": "8 February"}, "date like"),
        ("RecordChange", {"change": "merged"}, "not valid JSON"),
        ("MarkPackReady", {"seat": "pap", "up_to": "three", "carrier": "D"}, "whole number"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_would_be_right(name: str, given_: dict[str, str], says: str) -> None:
    with pytest.raises(ScenarioError, match=says):
        parse_command(name, given_)


def test_the_nearest_command_and_field_are_offered() -> None:
    with pytest.raises(UnknownWordError, match="'RelayItem'"):
        parse_command("RelayItm", {})
    with pytest.raises(UnknownWordError, match="'form'"):
        parse_command("ClearItem", {"from": "x"})
