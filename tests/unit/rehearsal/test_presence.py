"""Absence, joining, walking out, quorum, spoilers, ratification, and who refuses to sit in one room."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from goodoffices.bargain import Rule
from goodoffices.errors import ScenarioError
from goodoffices.rehearsal.graph import Channel
from goodoffices.rehearsal.presence import Joining, Presence, Ratifier, Spoiler, Walkout
from goodoffices.rehearsal.run import play
from goodoffices.rehearsal.setting import ProtocolName, Setting
from goodoffices.rehearsal.transcript import Ending
from goodoffices.talks.base.enums import Format
from rehearsal_settings import mediated, plain

MEETING = [[[0, 1, 2, 3, 4]], [[4, 3, 2, 1, 0]]]
THREE = [*MEETING, [[2, 3, 4, 3, 2]]]


def three(presence: Presence, names: tuple[str, ...] = ("linear",) * 3, **more: Any) -> Setting:
    """Return talks of three in which A and B have to sign, and C may."""
    rule = Rule.signatories(3, (0, 1))
    return plain(THREE, names=names, n_turns=30, rule=rule, essential=frozenset({0, 1}), presence=presence, **more)


def test_who_stays_away_is_left_out_of_the_agreement() -> None:
    run = play(three(Presence(absent=frozenset({2}))))
    assert run.ending is Ending.AGREEMENT
    assert run.without == (2,)
    assert run.copies[2] is None
    assert not any(move.party == 2 for move in run.moves)


def test_an_absent_party_may_join_a_finished_agreement_if_it_is_worth_it() -> None:
    run = play(three(Presence(absent=frozenset({2}), accession_turns=100)))
    assert run.without == ()
    poor = three(Presence(absent=frozenset({2}), accession_turns=100))
    preferences = (*poor.preferences[:2], replace(poor.preferences[2], reservation_value=9.0))
    assert play(replace(poor, preferences=preferences)).without == (2,)


def test_who_has_to_sign_and_stays_away_for_good_is_a_contradiction() -> None:
    with pytest.raises(ScenarioError, match="stays away for good"):
        three(Presence(absent=frozenset({0})))


def test_a_late_party_moves_only_after_it_has_joined_and_hears_what_stands() -> None:
    run = play(three(Presence(joining=(Joining(party=2, turn=5),)), names=("hard-line", "hard-line", "linear")))
    assert min(move.turn for move in run.moves if move.party == 2) == 5


def test_if_an_essential_party_leaves_the_talks_end() -> None:
    names = ("hard-line+leaves(0.5)", "hard-line", "linear")
    setting = three(Presence(walkout=Walkout.CONTINUES), names=names)
    starved = (replace(setting.preferences[0], reservation_value=4.0), *setting.preferences[1:])
    run = play(replace(setting, preferences=starved))
    assert (run.ending, run.by) == (Ending.WALKOUT, 0)


def test_if_another_party_leaves_the_rest_go_on_where_the_rule_allows_it() -> None:
    names = ("linear", "linear", "hard-line+leaves(0.1)")
    for style, ending in ((Walkout.CONTINUES, Ending.AGREEMENT), (Walkout.ENDS, Ending.WALKOUT)):
        setting = three(Presence(walkout=style), names=names)
        unhappy = (*setting.preferences[:2], replace(setting.preferences[2], reservation_value=4.5))
        run = play(replace(setting, preferences=unhappy))
        assert run.ending is ending
        assert ending is not Ending.AGREEMENT or run.without == (2,)


def test_a_suspended_party_is_asked_again() -> None:
    names = ("hard-line", "hard-line", "hard-line+leaves(0.1)")
    setting = three(Presence(walkout=Walkout.SUSPENDS, suspended_turns=4), names=names)
    unhappy = (*setting.preferences[:2], replace(setting.preferences[2], reservation_value=4.5))
    turns = [move.turn for move in play(replace(setting, preferences=unhappy)).moves if move.party == 2]
    assert turns[-2:] == [3, 8]


def test_leaving_is_faulty_where_the_rules_do_not_allow_it() -> None:
    run = play(plain(MEETING, [5, 0], names=("hard-line+leaves(0)", "hard-line"), n_turns=5))
    assert run.ending is Ending.DEADLINE


def test_without_quorum_the_talks_end() -> None:
    presence = Presence(quorum=3, quorum_turns=2, absent=frozenset({2}))
    run = play(three(presence))
    assert (run.ending, run.turn) == (Ending.NO_QUORUM, 2)
    assert run.moves == ()


def test_a_spoiler_makes_the_war_better_for_one_side_once() -> None:
    setting = plain(MEETING, names=("linear", "linear"), n_turns=40)
    strike = Spoiler(name="Raid", turn=2, reservation=((0, 2.5), (1, 2.5)))
    assert play(setting).ending is Ending.AGREEMENT
    assert play(replace(setting, presence=Presence(spoilers=(strike,)))).ending is Ending.DEADLINE


def test_a_spoiler_costs_turns_drives_out_and_silences() -> None:
    setting = plain(MEETING, names=("hard-line", "hard-line"), n_turns=10)
    lost = play(replace(setting, presence=Presence(spoilers=(Spoiler(name="X", turn=1, lost_turns=4),))))
    assert sorted({move.turn for move in lost.moves}) == [0, 5, 6, 7, 8, 9]
    driven = Presence(spoilers=(Spoiler(name="X", turn=1, drives_out=1),))
    assert play(replace(setting, presence=driven)).ending is Ending.WALKOUT
    silenced = Presence(spoilers=(Spoiler(name="X", turn=0, silenced_turns=3),))
    run = play(mediated(replace(setting, presence=silenced), channel=Channel()))
    assert {m.fate.value for m in run.messages if m.sent_at < 3} == {"lost"}
    assert {m.fate.value for m in run.messages if m.sent_at >= 3} == {"heard"}


def test_the_same_strike_hits_every_format() -> None:
    setting = plain(MEETING, names=("hard-line", "hard-line"), n_turns=30)
    presence = Presence(spoilers=(Spoiler(name="X", probability=0.1, drives_out=0),))
    struck = replace(setting, presence=presence)
    for run in range(10):
        direct, through = play(struck, run=run), play(mediated(struck), run=run)
        assert (direct.ending, direct.turn) == (through.ending, through.turn)


def test_a_raised_devaluation_is_felt_at_once() -> None:
    setting = plain(MEETING, names=("linear", "linear"), n_turns=40)
    bitter = Presence(spoilers=(Spoiler(name="X", turn=0, devaluation=0.9),))
    assert play(setting).ending is Ending.AGREEMENT
    assert play(replace(setting, presence=bitter)).turn > play(setting).turn


def test_a_refused_ratification_is_recorded_and_nothing_is_gained() -> None:
    setting = plain(MEETING, names=("linear", "linear"), n_turns=40)
    yes = Ratifier(name="Parliament", worth=((0.0,) * 5,), reservation_value=0.0)
    no = Ratifier(name="Capital", probability=0.0)
    run = play(replace(setting, presence=Presence(ratifiers=(yes, no))))
    assert run.ending is Ending.AGREEMENT
    assert run.ratified == (("Parliament", True), ("Capital", False))
    assert not run.is_agreement
    assert run.gain == (0.0, 0.0)


def test_who_does_not_sit_with_the_other_meets_only_through_intermediaries() -> None:
    setting = plain(MEETING, names=("linear", "linear"), will_sit=((1.0, 0.0), (1.0, 1.0)))
    run = play(setting)
    assert (run.ending, run.by) == (Ending.DID_NOT_CONVENE, 0)
    assert play(replace(setting, format=Format.PLENARY)).ending is Ending.DID_NOT_CONVENE
    assert play(mediated(setting)).ending is Ending.AGREEMENT


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Joining(party=0),
        lambda: Joining(party=0, turn=1, acceptances=1),
        lambda: Presence(absent=frozenset({0}), joining=(Joining(party=0, turn=1),)),
        lambda: Presence(joining=(Joining(party=0, turn=1), Joining(party=0, turn=2))),
        lambda: Ratifier(name="X"),
        lambda: Spoiler(name="X", probability=2.0),
        lambda: plain(MEETING, n_turns=0),
        lambda: plain(MEETING[:1]),
        lambda: plain(MEETING, protocol=ProtocolName.SINGLE_TEXT),
    ],
)
def test_contradictions_are_refused(wrong: object) -> None:
    with pytest.raises(ScenarioError):
        wrong()  # type: ignore[operator]
