"""What the sentences may never say, and that each answer has its sentence."""

from __future__ import annotations

import re
from datetime import date, timedelta
from string import Formatter

import numpy as np
import pytest

from ceasefire_data import FIRST, stream_of
from goodoffices.ceasefire.alarms import alarms, reference
from goodoffices.ceasefire.area_changes import area_changes
from goodoffices.ceasefire.change import change
from goodoffices.ceasefire.change_points import change_points
from goodoffices.ceasefire.ledgers import reconcile, seen_by_neither, week_of
from goodoffices.ceasefire.messages import MESSAGES, NOT_SAID, WORDS, Speech
from goodoffices.ceasefire.return_times import return_time
from goodoffices.ceasefire.sentences import (
    alarm_sentences,
    area_sentences,
    basis_sentences,
    change_point_sentences,
    change_sentences,
    cluster_sentences,
    ledger_sentences,
    promise_sentences,
    return_sentences,
    verdict_sentences,
)
from goodoffices.ceasefire.space_time_scan import clusters
from goodoffices.ceasefire.verdicts import Reason, verdicts
from goodoffices.errors import ScenarioError
from goodoffices.event_table import Event, LedgerDay

EVERY = {**MESSAGES, **WORDS}
LEDGER_FIRST = r"\{ledger\}[:,] [^{]"


@pytest.mark.parametrize("key", EVERY)
def test_no_sentence_says_why_or_who_is_to_blame(key: str) -> None:
    said = EVERY[key].casefold()
    assert not [word for word in NOT_SAID if re.search(rf"\b{re.escape(word)}", said)]


@pytest.mark.parametrize("key", EVERY)
def test_the_keeper_of_a_ledger_is_never_the_one_who_did_it(key: str) -> None:
    said = EVERY[key]
    assert "{keeper}" not in said
    assert "{ledger}" not in said or re.match(LEDGER_FIRST, said)


@pytest.mark.parametrize("key", MESSAGES)
def test_sentences_are_short_and_whole(key: str) -> None:
    text = MESSAGES[key]
    assert all(len(part.split()) <= 25 for part in re.split(r"[.:;](?:\s|$)", text)), text
    assert text.endswith((".", "{reason}")), text
    assert all(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_every_reason_has_a_sentence() -> None:
    assert {f"verdict.reason.{name.lower()}" for name in Reason.__members__} <= set(MESSAGES)


@pytest.mark.parametrize("key", EVERY)
def test_a_count_of_one_reads_right(key: str) -> None:
    """No word that changes with a number follows it; that of days in a window, of areas and limits is never one."""
    said = re.sub(r"\{(fewest|window)\} days|all \{n\} areas", "", EVERY[key])
    assert not re.search(r"\{(n|days|total|observed|bulletins|unplaced|before|after|amount|promise)\} [a-z]+s\b", said)


def _world(falls: float) -> list[str]:
    rng = np.random.default_rng(1)
    rates = np.repeat([6.0, 6.0 * falls], 60)
    streams = [stream_of(rng.poisson(rates).astype(float), "A"), stream_of(rng.poisson(2, 120).astype(float), "B"),
               stream_of(rng.poisson(2, 120).astype(float), "C")]  # fmt: skip
    return list(change_sentences(change(streams, FIRST + timedelta(days=60), (60,)), 60))


def test_what_confounds_a_change_stands_first_after_the_answer() -> None:
    said = _world(0.2)
    assert said[0].startswith("From 2016-11-30 on, events of p were lower: 0.")
    assert said[2].startswith("The difference is carried by A: without it the ratio is")


def test_every_failing_condition_is_said() -> None:
    said = _world(1.0)
    assert "The interval includes 1, no change." in said
    assert any(
        sentence.startswith("To call a change unusual, other periods of this length are needed: ") for sentence in said
    )
    assert "No pair outside the cease-fire is given to compare with." in said


def test_cannot_tell_says_why() -> None:
    streams = [stream_of([0.0] * 120)]
    said = change_sentences(change(streams, FIRST + timedelta(days=60), (60,)), 60)
    assert said[0].endswith("for these reasons.")
    assert "Counted in both windows together: 0; at least 20 are needed." in said


def test_a_claim_names_the_comparison_and_how_rare_it_is() -> None:
    rng = np.random.default_rng(6)
    streams = []
    for n in range(6):
        rates = np.full(1500, 2.0)
        rates[1000:1060] *= 0.3
        streams.append(stream_of(rng.negative_binomial(6, 6 / (6 + rates)).astype(float), f"a{n}", pair="p"))
    outside = stream_of(rng.poisson(2, 1500).astype(float), pair="elsewhere")
    found = change(streams, FIRST + timedelta(days=1000), (30,), comparison=outside)
    said = change_sentences(found, 30)
    assert said[0].startswith("After 2019-06-28, events of p fell to 0.")
    assert said[1].startswith("So large a change is rare in this series")
    assert "did not occur in elsewhere" in said[2]
    assert said[3].startswith("If the ledger saw")


@pytest.mark.slow
def test_alarms_carry_their_promise_and_what_came_so_far() -> None:
    stream = stream_of([1.0, 0.0] * 50 + [9.0] * 14 + [0.0] * 40, "North")
    null = reference(stream, FIRST, 60)
    assert null is not None
    record = alarms(stream, null)
    assert re.match(r"North: alarm on 2017-01-\d\d, closed on 2017-", alarm_sentences([record])[0])
    promise = promise_sentences(record)
    assert promise[0] == "With nothing changed, days to an alarm of one area are on average 365 or more."
    assert promise[2] == (
        "North: alarms so far: 1; days watched: 94; alarms to be expected with nothing changed: at most 0.26."
    )


def test_each_other_answer_has_its_sentence() -> None:
    stream = stream_of([1.0] * 60 + [0.0] * 40 + [4.0] * 40, "North")
    assert verdict_sentences(verdicts(stream, FIRST + timedelta(days=60))[-1])[0].startswith("North, week to 2017-02-")
    assert "2016-11-30 (down)" in change_point_sentences([change_points(stream)])[0]
    back, untold = return_sentences({"North": return_time(stream, 60), "East": None, "West": None})
    assert back.startswith("North: back at three quarters")
    assert untold.startswith("East and West: when reports fell back")
    [told] = area_sentences(area_changes([stream], FIRST + timedelta(days=60)))
    assert told.startswith("North: before 60, ")
    assert basis_sentences(stream)[0].endswith("observed 100 % of days.")
    none = clusters([], FIRST, FIRST + timedelta(days=30), seed=1)
    assert cluster_sentences(none) == ("No cluster in space and time stands out.",)


def test_a_cluster_is_named_by_its_commonest_place() -> None:
    days = [*range(0, 40, 4), *[20, 20, 21, 21, 22, 22]]
    events = [
        Event(first_day=FIRST + timedelta(days=day), last_day=FIRST + timedelta(days=day), latitude=33.0,
              longitude=36.0 + (day not in (20, 21, 22)), place="Spring" if day in (20, 21, 22) else "Town")
        for day in days
    ]  # fmt: skip
    said = cluster_sentences(clusters(events, FIRST, FIRST + timedelta(days=40), seed=1))
    assert said[0].startswith("1. Spring (area not stated): ")


DAY = date(2017, 1, 23)


def _bulletin(ledger: str, day: date = DAY, **parts: int) -> LedgerDay:
    return LedgerDay(ledger=ledger, day=day, n_days=1, parts=parts, total=sum(parts.values()))


def test_a_ledger_is_told_by_its_keeper_and_never_added_up() -> None:
    later = _bulletin("B", DAY + timedelta(days=1), Homs=2)
    said = ledger_sentences(
        reconcile([_bulletin("A", Hama=6), _bulletin("B"), later], "A", "B"),
        Speech(ledger=lambda one: f"{one}'s ledger"),
    )
    assert "A's ledger: reports 6, bulletins 1." in said
    assert "A's ledger: days without a report on which the other ledger has one: 1." in said
    assert "B's ledger: areas that the other ledger does not name: Homs." in said
    assert not any("8" in sentence for sentence in said)


def test_ledgers_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(ScenarioError, match="itself"):
        reconcile([_bulletin("A", x=1)], "A", "A")
    with pytest.raises(ScenarioError, match="no bulletin"):
        reconcile([_bulletin("A", x=1)], "A", "B")
    with pytest.raises(ScenarioError, match="two bulletins"):
        reconcile([_bulletin("A", x=1), _bulletin("A", x=2), _bulletin("B", x=2)], "A", "B")


def test_adding_to_one_ledger_changes_nothing_of_the_other() -> None:
    one = reconcile([_bulletin("A", x=1), _bulletin("B", x=2)], "A", "B")
    other = reconcile(
        [_bulletin("A", x=1), _bulletin("A", DAY + timedelta(days=1), y=9), _bulletin("B", x=2)], "A", "B"
    )
    assert (one.second.total, one.second.by_area) == (other.second.total, other.second.by_area)


def test_a_week_stands_on_four_bulletins_or_not_at_all() -> None:
    days = [_bulletin("A", DAY + timedelta(days=n), x=1) for n in range(4)]
    assert week_of(days[:3], "A", DAY) is None
    assert week_of(days, "A", DAY) is not None


def test_the_estimate_from_two_lists_refuses_numbers_that_cannot_be() -> None:
    with pytest.raises(ScenarioError):
        seen_by_neither(3, 2, 3)
