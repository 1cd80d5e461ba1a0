"""Automated seats: X2, X3, X7 and X9 of the exercises, for runs of Astana in which every seat is automated."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from operator import itemgetter

import pytest

from goodoffices.exercises.automated_results import ResultForm, result_of
from goodoffices.rehearsal.seats.lexicon import Lexicon, lexicon_of
from goodoffices.rehearsal.seats.outlook import LANGUAGES
from goodoffices.rehearsal.seats.players.explanations import explain
from goodoffices.rehearsal.seats.players.kinds import next_command
from goodoffices.rehearsal.seats.players.seeds import draws_of
from goodoffices.rehearsal.seats.points import Point, read_points
from goodoffices.talks.base.enums import StanceKind
from goodoffices.talks.base.states import ItemCame, RoundState
from goodoffices.talks.core import Talks, replay, view_after, view_for
from goodoffices.talks.decisions.eligibility import hindered
from goodoffices.talks.exchange.items import FileItem
from goodoffices.talks.rounds.sessions import Intervene
from goodoffices.talks.state.slices import Slice
from goodoffices.talks.texts.comments import Comment
from goodoffices.talks.texts.stances import TakeStance
from seat_runs import astana, begun, orders_of, played

SEEDS = (1, 3, 5, 7)
"""Few, since each run takes seconds; docs/explanation/automated-seats.md has the table of a hundred."""
"""Seeds whose runs end in three forms of result; a run takes seconds, and `goodoffices exercise batch` plays more."""


def test_x2_the_same_seed_gives_the_same_record_wherever_it_is_paused() -> None:
    paused, run = begun(3), begun(3)
    until = astana().timetable.starts_at + timedelta(hours=18)
    while paused.at < until:
        paused.play_until(min(until, paused.at + timedelta(hours=2, minutes=13)))
    run.play_until(until)
    assert paused.talks.digest() == run.talks.digest()


def _told_until(seat: str, n_notices: int) -> int:
    """Return how many acts there were when a seat had so many notices."""
    acts = played(3).talks.acts()
    seen = [k for k, act in enumerate(acts, 1) if any(who == seat for who, _ in act.audience)]
    return seen[n_notices - 1]


def test_x3_a_seat_gives_the_same_command_on_the_same_slice_whatever_else_is_in_the_record() -> None:
    run, orders = played(3), orders_of(3)
    acts = run.talks.acts()
    deeds = [deed for deed in run.deeds if not deed.refusal][::23]
    assert len(deeds) > 15
    talks = Talks()
    for until, deed in sorted(((_told_until(deed.seat, deed.n_notices), deed) for deed in deeds), key=itemgetter(0)):
        talks = replay(acts[len(talks.acts) : until], talks)
        view, held = view_for(talks, deed.seat), talks.slice_of(deed.seat)

        def own_words(body: str, held: Slice = held, talks: Talks = talks) -> str | None:
            assert body in held.bodies, "a seat read words that it was never told"
            return talks.words(body)

        again = next_command(replace(view, words=own_words), orders[deed.seat], deed.at, draws_of(3, deed.seat))
        assert again == deed.intention.command


def test_x7_a_seat_can_be_taken_out_and_put_back_without_a_change_in_any_slice() -> None:
    run, table = begun(3), astana().timetable
    run.play_until(table.starts_at + timedelta(hours=3))
    for seat in sorted(run.orders):
        run.hand_to_person(seat)
        run.hand_to_tool(seat)
    run.play_until(table.ends_at)
    assert run.talks.digest() == played(3).talks.digest()


def test_x7_taking_a_seat_over_changes_no_slice_at_that_moment() -> None:
    run = begun(3)
    run.play_until(astana().timetable.starts_at + timedelta(hours=18))
    before = run.talks.digest()
    run.hand_to_person("russia")
    assert run.talks.digest() == before
    lengths = {seat: run.talks.length_of(seat) for seat in run.orders}
    run.hand_to_tool("russia")
    assert {seat: run.talks.length_of(seat) for seat in run.orders} == lengths


def test_x9_no_automated_seat_is_refused_and_the_run_ends_in_time() -> None:
    run = played(3)
    assert [deed for deed in run.deeds if deed.refusal] == []
    assert max(deed.at for deed in run.deeds) <= astana().timetable.ends_at


@pytest.mark.slow
def test_x9_at_least_three_forms_of_result_and_each_has_reasons() -> None:
    forms: Counter[ResultForm] = Counter()
    for seed in SEEDS:
        result = result_of(played(seed))
        forms[result.form] += 1
        assert result.causes, f"nothing says what decided seed {seed}"
        assert result.n_refused == 0
    assert len(forms) >= 3, forms


def test_every_act_has_a_reason_that_cites_only_notices_that_the_seat_had() -> None:
    run, orders = played(3), orders_of(3)
    acts = run.talks.acts()
    for deed in run.deeds[::23]:
        view = view_after(acts[: _told_until(deed.seat, deed.n_notices)], deed.seat)
        for language in LANGUAGES:
            text = explain(view, orders[deed.seat], deed.at, draws_of(3, deed.seat), language=language)
            assert text, f"{deed.seat} {deed.intention.key} has no reason in {language}"
            assert "{" not in text
        cited = [int(n) for n in re.findall(r"\d+", "".join(re.findall(r"\(notices? ([\d, ]+)\)", text)))]
        assert all(1 <= n <= len(view.notices) for n in cited)


def _given_points(seat: str, seed: int) -> list[Point]:
    """Return the points of a seat's own papers by which it lets the others have something."""
    view = played(seed).talks.view(seat)
    bodies = [b for item in view.known.items.values() if item.came == ItemCame.FILED for b in item.words]
    read = [read_points(view.text(body) or "", _lexicon(seat, seed), body.lang).points for body in bodies]
    return [point for points in read for point in points if point.stand.gives]


def test_no_seat_gives_what_its_brief_forbids() -> None:
    for seed in (1, 3):
        for seat, orders in played(seed).orders.items():
            red = {(line.issue, line.option) for line in orders.brief.red_lines}
            assert not [p for p in _given_points(seat, seed) if (p.issue, p.option) in red]


def test_no_seat_signs_below_its_reservation_value_or_over_a_red_line() -> None:
    for seed in (1, 3):
        for deed in played(seed).deeds:
            values = deed.intention.reason.values
            if isinstance(deed.intention.command, TakeStance) and deed.intention.command.kind is not StanceKind.REFUSED:
                assert float(values["worth"]) >= float(values["least"]) - 1


def _lexicon(seat: str, seed: int) -> Lexicon:
    known = played(seed).talks.view(seat).known
    return lexicon_of(known.agenda, known.header.zone)


def test_the_record_of_a_run_can_be_replayed() -> None:
    run = played(3)
    again = replay(run.talks.acts())
    assert len(again.acts) == len(run.talks.acts())


def _said(seed: int) -> list[tuple[datetime, str, str]]:
    """Return every sentence that automated seats wrote themselves: when, and by whom."""
    found = []
    for deed in played(seed).deeds:
        words = getattr(deed.intention.command, "words", None)
        if isinstance(deed.intention.command, FileItem | Comment | Intervene) and words:
            for one in words if isinstance(words, tuple) else (words,):
                found += [(deed.at, deed.seat, line) for line in one.text.split("\n")]
    return found


@pytest.mark.parametrize("seed", [1, 3])
def test_no_seat_repeats_a_sentence_within_ten_minutes(seed: int) -> None:
    quiet = timedelta(minutes=10 * astana().timetable.pace)
    last: dict[tuple[str, str], datetime] = {}
    for at, seat, line in _said(seed):
        earlier = last.get((seat, line))
        assert earlier is None or at - earlier >= quiet, f"{seat} says again: {line}"
        last[seat, line] = at


@pytest.mark.parametrize(
    "player", ["un-envoy", *(pytest.param(seat, marks=pytest.mark.nightly) for seat in ("opposition", "russia"))]
)
def test_with_a_player_who_does_nothing_the_others_carry_on_and_something_comes_before_long(player: str) -> None:
    run = begun(1, player=player)
    run.play_until(astana().timetable.ends_at)
    assert [deed for deed in run.deeds if deed.refusal] == []
    assert {deed.seat for deed in run.deeds} == set(run.orders) - {player, "press", "secretariat", "analyst"}
    start = astana().timetable.starts_at
    first = min(n.when for n in run.talks.view(player).notices if n.by != player and n.when > start)
    assert first - start <= timedelta(minutes=18)


def test_a_delegation_takes_part_for_those_whom_it_represents() -> None:
    """The opposition's delegation has no invitation of its own: groups that it represents accepted theirs."""
    run = begun(1)
    run.play_until(astana().timetable.starts_at + timedelta(hours=40))
    known = run.talks.view("opposition").known
    assert any(held.state == RoundState.OPEN for held in known.rounds.values())
    assert "opposition" not in {held.invitation.to for held in known.invitations.values()}
    assert hindered(known, "opposition") is None
    assert hindered(known, "press") == "not_invited"
