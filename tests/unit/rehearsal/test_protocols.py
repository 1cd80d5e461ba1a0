"""The exact rules of each protocol, on runs that can be followed by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from goodoffices.bargain import Rule
from goodoffices.errors import UnknownWordError
from goodoffices.rehearsal.draws import Draws
from goodoffices.rehearsal.graph import Channel, format_named
from goodoffices.rehearsal.mediators import MEDIATORS, mediator_named
from goodoffices.rehearsal.negotiators.catalogue import negotiator_named
from goodoffices.rehearsal.negotiators.interface import (
    Accept,
    Hold,
    Leave,
    Move,
    Own,
    Propose,
    Question,
    Say,
    Seen,
    Table,
    Vote,
)
from goodoffices.rehearsal.run import play
from goodoffices.rehearsal.setting import ProtocolName, Setting, protocol_named
from goodoffices.rehearsal.transcript import Ending
from rehearsal_settings import mediated, plain

MEETING = [[[0, 1, 2, 3, 4]], [[4, 3, 2, 1, 0]]]
THREE = [*MEETING, [[2, 3, 4, 3, 2]]]


class Scripted:
    """Plays given moves in turn, and votes for the settlements named."""

    name = "scripted"

    def __init__(self, *moves: Move, votes: tuple[tuple[int, ...], ...] = ()) -> None:
        self.moves, self.votes = moves, votes

    def begin(self, own: Own, table: Table) -> int:
        return 0

    def move(self, state: int, seen: Seen, draws: Draws) -> tuple[int, Move]:
        if seen.question is Question.VOTE:
            return state, Vote(tuple(one.id for one in seen.ballot if one.settlement in self.votes))
        return state + 1, self.moves[min(state, len(self.moves) - 1)]


class Insisting(Scripted):
    """Answers every question with the same settlement, which is the space's own."""

    def begin(self, own: Own, table: Table) -> int:
        self.moves = (Propose(table.space.settlement(2)),)
        return 0

    def move(self, state: int, seen: Seen, draws: Draws) -> tuple[int, Move]:
        return state, self.moves[0]


def scripted(*negotiators: Scripted, **more: Any) -> Setting:
    setting = plain(THREE[: len(negotiators)], n_turns=more.pop("n_turns", 4), **more)
    return replace(setting, negotiators=negotiators)


def test_a_proposal_counts_as_its_makers_acceptance_and_a_new_one_clears_all() -> None:
    a = Scripted(Propose((0,)), Hold())
    b = Scripted(Accept(), Accept())
    c = Scripted(Propose((1,)), Hold())
    run = play(scripted(a, b, c, n_turns=3))
    assert run.ending is Ending.DEADLINE
    a = Scripted(Propose((0,)), Accept())
    run = play(scripted(a, b, c, n_turns=3))
    assert (run.ending, run.settlement, run.turn) == (Ending.AGREEMENT, (1,), 1)


def test_the_rule_decides_how_many_acceptances_are_enough() -> None:
    a, b, c = Scripted(Propose((0,))), Scripted(Accept()), Scripted(Hold())
    setting = scripted(a, b, c, rule=Rule.weighted_majority((1, 1, 1), 2), essential=frozenset())
    run = play(setting)
    assert (run.ending, run.turn, run.without) == (Ending.AGREEMENT, 0, (2,))


def test_all_proposals_that_meet_the_rule_are_reported_and_the_first_seat_is_taken() -> None:
    both = ((0,), (1,))
    run = play(
        scripted(Scripted(Propose((0,)), votes=both), Scripted(Propose((1,)), votes=both),
                 protocol=ProtocolName.ALL_PROPOSE)
    )  # fmt: skip
    assert (run.settlement, run.also_met, run.turn) == ((0,), ((1,),), 0)


def test_majority_keeps_the_best_supported_until_strictly_more_accept() -> None:
    a = Scripted(Propose((0,)), Propose((2,)))
    b = Scripted(Propose((1,)), votes=((0,),))
    c = Scripted(Hold(), votes=())
    rule = Rule.weighted_majority((1, 1, 1), 2)
    setting = scripted(a, b, c, rule=rule, essential=frozenset(), protocol=ProtocolName.MAJORITY)
    run = play(setting)
    assert (run.ending, run.settlement, run.turn) == (Ending.AGREEMENT, (0,), 4)
    strict = replace(setting, rule=Rule.weighted_majority((1, 1, 1), 3))
    assert play(strict).ending is Ending.DEADLINE


def test_votes_that_travel_are_counted_when_they_arrive() -> None:
    both = ((0,), (1,))
    a, b = Scripted(Propose((0,)), votes=both), Scripted(Propose((1,)), votes=both)
    setting = scripted(a, b, protocol=ProtocolName.ALL_PROPOSE, n_turns=10)
    assert play(mediated(setting, channel=Channel(delay=2))).turn == 4


@pytest.mark.parametrize(
    ("negotiator", "why"),
    [
        (Scripted(Propose((7,))), "not a settlement"),
        (Scripted(Propose((0, 0))), "not a settlement"),
        (Scripted(Propose([0])), "not a settlement"),  # type: ignore[arg-type]
        (Scripted(Accept()), "nothing was on the table"),
        (Scripted(Leave()), "do not allow it"),
        (Scripted(Say(True)), "not an answer"),
        (Scripted("yes"), "not an answer"),  # type: ignore[arg-type]
    ],
)
def test_a_move_that_the_rules_forbid_ends_the_run_and_names_the_party(negotiator: Scripted, why: str) -> None:
    run = play(scripted(negotiator, Scripted(Hold())))
    assert (run.ending, run.by) == (Ending.FAULTY, 0)
    assert why in run.why
    assert run.why.startswith("P0")


def test_a_red_line_is_never_proposed_nor_accepted() -> None:
    setting = scripted(Scripted(Propose((0,))), Scripted(Accept()))
    for party in (0, 1):
        crossing = list(setting.preferences)
        crossing[party] = replace(crossing[party], red_lines=frozenset({(0, 0)}))
        run = play(replace(setting, preferences=tuple(crossing)))
        assert (run.ending, run.by) == (Ending.FAULTY, party)
        assert "red line" in run.why


def single_text(mediator: str, names: tuple[str, ...] = ("hill-climb", "hill-climb"), **more: Any) -> Setting:
    worths = [[[0, 3], [1, 0], [2, 0]], [[0, 3], [0, 1], [1, 0]]]
    return plain(
        worths, names=names, protocol=ProtocolName.SINGLE_TEXT, mediator=mediator_named(mediator),
        n_turns=more.pop("n_turns", 60), **more,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("mediator", list(MEDIATORS))
def test_every_mediator_finds_what_both_want(mediator: str) -> None:
    endings = [play(single_text(mediator), run=run) for run in range(10)]
    assert all(run.ending is Ending.AGREEMENT for run in endings)
    if mediator != "blind":
        assert all(run.settlement is not None and (run.settlement[0], run.settlement[2]) == (1, 0) for run in endings)


def test_a_text_is_ratified_against_what_no_agreement_is_worth() -> None:
    poor = single_text("mutate", reservation=[20, 0])
    assert play(poor).ending is Ending.DEADLINE
    assert play(replace(poor, ratifies=False)).ending is Ending.AGREEMENT


def test_the_blind_mediator_ends_with_the_first_text_that_all_could_sign() -> None:
    run = play(single_text("blind", reservation=[4, 4]))
    assert run.ending is Ending.AGREEMENT
    assert run.turn < 60
    assert min(run.gain) >= 0.0


def test_annealers_accept_losses_early_and_hill_climbers_never() -> None:
    losses = {}
    for name in ("hill-climb", "anneal(1)"):
        run = play(single_text("mutate", names=(name, name)), run=3)
        said = [move.move for move in run.moves if isinstance(move.move, Say) and move.move.feedback is not None]
        losses[name] = sum(one.accepts and one.feedback.value == "worse" for one in said)  # type: ignore[union-attr]
    assert losses["hill-climb"] == 0
    assert losses["anneal(1)"] > 0


def test_names_that_are_not_known_get_the_nearest() -> None:
    for call, wrong, near in (
        (protocol_named, "alternate", "alternating"),
        (format_named, "proximty", "proximity"),
        (mediator_named, "mutat", "mutate"),
        (negotiator_named, "boulwar", "boulware"),
        (negotiator_named, "linear+nxt", "next"),
        (negotiator_named, "linear(bta=2)", "beta"),
    ):
        with pytest.raises(UnknownWordError) as caught:
            call(wrong)
        assert caught.value.nearest == near


def test_the_transcript_can_be_read() -> None:
    run = play(plain(MEETING, names=("linear", "linear"), n_turns=10))
    text = run.lines(("Government", "Opposition"), (("seat", ("a", "b", "c", "d", "e")),))
    assert "turn   0  Government: propose (seat: e)" in text
    assert text.splitlines()[-1].endswith("agreement: seat: c")


@pytest.mark.parametrize("protocol", [ProtocolName.ALL_PROPOSE, ProtocolName.MAJORITY, ProtocolName.SINGLE_TEXT])
def test_a_proposal_answers_no_other_question_though_it_may_be_made(protocol: ProtocolName) -> None:
    run = play(scripted(Insisting(), Insisting(), protocol=protocol, mediator=mediator_named("mutate")))
    assert (run.ending, run.by, run.turn) == (Ending.FAULTY, 0, 0)
    assert "Propose is not an answer" in run.why
