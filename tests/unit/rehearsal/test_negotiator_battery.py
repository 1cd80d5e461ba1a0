"""One battery for all negotiators: whatever the situation, their moves are legal, rational and repeatable."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.rehearsal.draws import Draws, key_of
from goodoffices.rehearsal.graph import Channel
from goodoffices.rehearsal.negotiators.catalogue import ACCEPTANCES, PROPOSALS, VOTERS, negotiator_named
from goodoffices.rehearsal.negotiators.interface import Accept, Heard, Propose, Question, Seen, Vote
from goodoffices.rehearsal.run import play
from goodoffices.rehearsal.setting import ProtocolName, Setting
from goodoffices.rehearsal.transcript import Ending
from rehearsal_settings import mediated, plain

ALL = [
    *PROPOSALS,
    *(f"linear+{name}" for name in ACCEPTANCES),
    *VOTERS,
    "trade-off(model=zero-sum)",
    "linear(clock=late)",
]
RATIONAL = [name for name in ALL if name != "random"]
TWO = [[[0, 1, 2], [3, 1, 0], [0, 0, 5]], [[2, 1, 0], [3, 1, 0], [5, 0, 0]]]

SITUATIONS: dict[str, dict[str, Any]] = {
    "two parties": {"worths": TWO, "reservation": [2, 2]},
    "one issue": {"worths": [[[0, 1, 2]], [[2, 1, 0]]]},
    "one option": {"worths": [[[3]], [[3]]]},
    "equal worths": {"worths": [[[1, 1], [1, 1]], [[0, 0], [0, 0]]]},
    "nothing possible": {"worths": [[[0, 4]], [[4, 0]]], "reservation": [3, 3]},
    "reservation above the best": {"worths": TWO, "reservation": [99, 0]},
    "one turn": {"worths": TWO, "n_turns": 1},
    "three parties": {"worths": [*TWO, [[1, 1, 1], [0, 0, 9], [2, 2, 0]]], "reservation": [2, 2, 2]},
    "twenty-six parties": {"worths": [[[0, 1], [p % 2, 1]] for p in range(26)], "n_turns": 3},
}


def situation(name: str, negotiator: str, **more: Any) -> Setting:
    given = {"n_turns": 15, **SITUATIONS[name]}
    worths = given.pop("worths")
    return plain(worths, given.pop("reservation", None), names=(negotiator,) * len(worths), **given, **more)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("protocol", [ProtocolName.ALTERNATING, ProtocolName.ALL_PROPOSE, ProtocolName.MAJORITY])
def test_every_negotiator_survives_every_situation(name: str, protocol: ProtocolName) -> None:
    for where in SITUATIONS:
        run = play(situation(where, name, protocol=protocol))
        assert run.ending in (Ending.AGREEMENT, Ending.DEADLINE), f"{where}: {run.why}"


@pytest.mark.parametrize("name", ALL)
def test_every_negotiator_survives_silence_and_the_loss_of_every_message(name: str) -> None:
    for channel in (Channel(loss=1.0), Channel(delay=40)):
        run = play(mediated(situation("two parties", name), channel=channel))
        assert run.ending is Ending.DEADLINE


@pytest.mark.parametrize("name", RATIONAL)
def test_nobody_proposes_or_signs_what_is_worse_than_no_agreement(name: str) -> None:
    for where in ("two parties", "three parties", "reservation above the best", "nothing possible"):
        setting = situation(where, name)
        for move in play(setting).moves:
            if isinstance(move.move, Propose):
                own = setting.preferences[move.party]
                assert own.worth_of(move.move.settlement) >= own.reservation_value


@pytest.mark.parametrize("name", ALL)
def test_red_lines_are_kept_by_the_negotiator_itself(name: str) -> None:
    setting = situation("two parties", name)
    lined = tuple(replace(own, red_lines=frozenset({(2, 2), (0, 0)})) for own in setting.preferences)
    run = play(replace(setting, preferences=lined))
    assert run.ending is not Ending.FAULTY, run.why


@pytest.mark.parametrize("name", ALL)
def test_the_same_arguments_give_the_same_move_and_leave_the_state_alone(name: str) -> None:
    setting = situation("two parties", name)
    negotiator = negotiator_named(name)
    state = negotiator.begin(setting.own(0), setting.table(0))
    heard = Heard(0, 1, (0, 0, 0), 0)
    seen = Seen(Question.MOVE, 1, (heard,), heard, (), (0, 1), 2.0)
    draws = Draws(key_of(1), 0, 16, 1)
    first, again = negotiator.move(state, seen, draws), negotiator.move(state, seen, draws)
    assert repr(first[1]) == repr(again[1])
    assert negotiator.move(first[0], seen, draws)[1] == negotiator.move(again[0], seen, draws)[1]


@pytest.mark.parametrize("name", ALL)
def test_a_hidden_deadline_is_survived_or_refused_in_one_sentence(name: str) -> None:
    setting = replace(situation("two parties", name), shows_deadline=False)
    try:
        assert play(setting).ending in (Ending.AGREEMENT, Ending.DEADLINE)
    except ScenarioError as error:
        assert "the deadline is hidden" in str(error)


@pytest.mark.parametrize("name", [n for n in RATIONAL if "micro" not in n and "random" not in n])
def test_the_order_of_options_matters_only_for_ties(name: str) -> None:
    worths = [[[0, 1, 7], [30, 11, 0]], [[20, 5, 0], [3, 2, 0]]]
    turned = [[row[::-1] for row in tables] for tables in worths]
    run, other = (play(plain(w, names=(name, name), n_turns=15)) for w in (worths, turned))
    assert (run.ending, run.turn, run.worth) == (other.ending, other.turn, other.worth)


@pytest.mark.parametrize("name", RATIONAL)
def test_what_is_good_enough_is_accepted_in_any_question(name: str) -> None:
    setting = replace(situation("two parties", name), n_turns=20)
    negotiator = negotiator_named(name)
    state = negotiator.begin(setting.own(0), setting.table(0))
    best = Heard(0, 1, (2, 0, 2), 0)
    draws = Draws(key_of(1), 0, 16, 19)
    _, answer = negotiator.move(state, Seen(Question.MOVE, 19, (best,), best, (), (0, 1), 2.0), draws)
    assert answer == Accept()
    proposed, _ = negotiator.move(state, Seen(Question.PROPOSE, 19, (), None, (), (0, 1), 2.0), draws)
    _, vote = negotiator.move(proposed, Seen(Question.VOTE, 19, (best,), None, (best,), (0, 1), 2.0), draws)
    assert vote == Vote((0,))
