"""What holds for any rehearsal: the law of the room, who can have agreed to what, and where messages go."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings, strategies as st

from goodoffices.rehearsal.presence import Presence, Spoiler
from goodoffices.rehearsal.run import play
from goodoffices.rehearsal.setting import Setting
from goodoffices.rehearsal.transcript import Ending, Fate, Kind
from goodoffices.talks.base.enums import Format
from rehearsal_settings import TIME, frictions, mediated, settings_of

SEEDS = st.integers(0, 5)
FEW = settings(max_examples=40)


@FEW
@given(settings_of(), SEEDS)
def test_without_frictions_all_formats_give_move_for_move_the_same_run(setting: Setting, seed: int) -> None:
    direct = play(setting, seed=seed).outline()
    for form in (Format.PROXIMITY, Format.SHUTTLE):
        assert play(mediated(setting, form), seed=seed).outline() == direct
    assert play(replace(setting, format=Format.PLENARY), seed=seed).outline() == direct


@FEW
@given(frictions(), SEEDS)
def test_every_signatory_has_accepted_exactly_what_was_agreed(setting: Setting, seed: int) -> None:
    run = play(setting, seed=seed)
    signed = frozenset(p for p, copy in enumerate(run.copies) if copy is not None)
    if run.ending is Ending.AGREEMENT:
        assert run.settlement is not None
        assert all(run.copies[party] == run.settlement for party in signed)
    if run.ending in (Ending.AGREEMENT, Ending.DIFFERENT_COPIES):
        assert setting.must_sign <= signed
        assert setting.is_enough(signed)
        assert all(setting.preferences[party].may_sign(run.copies[party]) for party in signed)  # type: ignore[arg-type]
    else:
        assert run.settlement is None
    assert run.ending is not Ending.FAULTY, run.why


@FEW
@given(frictions(), SEEDS)
def test_nobody_signs_below_what_no_agreement_is_worth_as_it_heard_it(setting: Setting, seed: int) -> None:
    run = play(setting, seed=seed)
    for party, copy in enumerate(run.copies):
        if copy is not None:
            preferences = setting.preferences[party]
            assert (
                preferences.worth_of(copy) >= preferences.reservation_value
                or setting.negotiators[party].name == "random"
            )


@FEW
@given(frictions(), SEEDS)
def test_messages_are_heard_lost_withheld_or_under_way_and_no_other(setting: Setting, seed: int) -> None:
    run = play(setting, seed=seed)
    fates = Counter(message.fate for message in run.messages)
    assert sum(fates.values()) == len(run.messages)
    proposals = {(m.sender, m.sent_at, m.proposal) for m in run.messages if m.kind is Kind.PROPOSAL}
    made = [move for move in run.moves if type(move.move).__name__ == "Propose"]
    assert len(proposals) == len(made)
    assert all(m.arrives_at >= m.sent_at for m in run.messages)
    assert all(m.heard == m.sent for m in run.messages if m.kind is not Kind.PROPOSAL)


@FEW
@given(frictions(), SEEDS)
def test_no_seat_accepts_what_it_has_not_heard(setting: Setting, seed: int) -> None:
    run = play(setting, seed=seed)
    for message in run.messages:
        if message.kind is not Kind.PROPOSAL:
            earlier = [
                m
                for m in run.messages
                if m.kind is Kind.PROPOSAL and m.proposal == message.proposal and m.recipient == message.sender
            ]
            assert any(
                m.fate is Fate.HEARD and m.arrives_at <= message.sent_at and m.heard == message.sent for m in earlier
            )


@FEW
@given(frictions(), SEEDS)
def test_a_silent_observer_and_a_spoiler_without_effect_change_nothing(setting: Setting, seed: int) -> None:
    before = play(setting, seed=seed)
    watched = replace(setting, presence=Presence(observers=("USA",), spoilers=(Spoiler(name="X", turn=0),)))
    assert play(watched, seed=seed).outline() == before.outline()


@FEW
@given(settings_of(names=TIME, red_lines=False), SEEDS)
def test_the_same_arguments_give_the_same_run(setting: Setting, seed: int) -> None:
    assert play(setting, seed=seed).outline() == play(setting, seed=seed).outline()


@FEW
@given(settings_of(names=("hard-line", "tit-for-tat:absolute", "tit-for-tat:relative", "micro")), SEEDS)
def test_who_does_not_see_the_deadline_begins_alike_with_a_turn_more(setting: Setting, seed: int) -> None:
    hidden = replace(setting, shows_deadline=False)
    short, long = play(hidden, seed=seed), play(replace(hidden, n_turns=setting.n_turns + 1), seed=seed)
    first = [move for move in long.moves if move.turn < setting.n_turns]
    assert short.moves == tuple(first)
