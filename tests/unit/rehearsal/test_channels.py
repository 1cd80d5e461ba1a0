"""What channels do to messages, and how copies are compared at the end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.rehearsal.carriage import other_option
from goodoffices.rehearsal.graph import Channel, Filter, Form, Intermediary, routes_of
from goodoffices.rehearsal.run import play
from goodoffices.rehearsal.setting import Closing, Setting
from goodoffices.rehearsal.transcript import Ending, Fate, Kind, Run
from goodoffices.talks.base.enums import Format
from rehearsal_settings import mediated, plain

MEETING = [[[0, 1, 2, 3, 4]], [[4, 3, 2, 1, 0]]]
THREE = [[[0, 1, 2, 3, 4]], [[4, 3, 2, 1, 0]], [[2, 3, 4, 3, 2]]]


def talks(channel: Channel, form: Format = Format.PROXIMITY, **more: object) -> Setting:
    return mediated(plain(MEETING, names=("linear", "linear"), n_turns=40), form, channel, **more)


def turns_of(run: Run) -> list[int]:
    return [move.turn for move in run.moves]


def test_a_delay_costs_exchanges_and_changes_no_rule() -> None:
    run = play(talks(Channel(delay=2)))
    assert turns_of(run)[:4] == [0, 2, 4, 6]
    assert run.ending is Ending.AGREEMENT
    assert run.turn == run.moves[-1].turn + 2


def test_a_shuttle_travels_to_the_sender_and_then_to_the_recipient() -> None:
    run = play(talks(Channel(travel=3), Format.SHUTTLE))
    assert turns_of(run)[:3] == [0, 3, 6]
    three = mediated(plain(THREE, n_turns=60), Format.SHUTTLE, Channel(travel=2))
    first = [m for m in play(three).messages if m.sent_at == 0 and m.sender == 0]
    assert [(m.recipient, m.arrives_at) for m in first] == [(1, 2), (2, 4)]


def test_messages_wait_in_line_where_an_intermediary_carries_few() -> None:
    three = mediated(plain(THREE, n_turns=60), Format.PROXIMITY, Channel(relays_per_turn=1))
    first = [m for m in play(three).messages if m.sent_at == 0 and m.sender == 0]
    assert [(m.recipient, m.arrives_at, m.waited) for m in first] == [(1, 0, 0), (2, 1, 1)]


def test_a_lost_message_is_not_heard_and_the_sender_is_not_told() -> None:
    run = play(talks(Channel(loss=1.0)))
    assert run.ending is Ending.DEADLINE
    assert {message.fate for message in run.messages} == {Fate.LOST}
    assert turns_of(run)[:4] == [0, 0, 1, 1]


def test_an_own_idea_hides_the_source_and_so_devaluation() -> None:
    row = ((0.0, 0.5), (0.5, 0.0))
    named = play(talks(Channel(form=Form.PARAPHRASE), devaluation=row))
    hidden = play(talks(Channel(form=Form.OWN_IDEA), devaluation=row))
    assert {message.source for message in hidden.messages if message.kind is Kind.PROPOSAL} == {-1}
    assert hidden.turn < named.turn


def test_different_copies_end_the_talks_only_if_nobody_compares() -> None:
    blurred = Channel(form=Form.PARAPHRASE, distortion=0.6)
    loose = [play(talks(blurred, closing=Closing.NONE), run=run) for run in range(30)]
    apart = [run for run in loose if run.ending is Ending.DIFFERENT_COPIES]
    assert apart
    assert all(run.copies[0] != run.copies[1] for run in apart)
    assert all(run.worth == (0.0, 0.0) for run in apart)
    exact = [play(talks(blurred, closing=Closing.EXACT), run=run) for run in range(30)]
    assert not any(run.ending is Ending.DIFFERENT_COPIES for run in exact)
    repeated = [run for run in exact if any(move.is_repeat for move in run.moves)]
    assert repeated
    for run in repeated:
        again = next(move for move in run.moves if move.is_repeat)
        told = [
            m for m in run.messages if m.kind is Kind.PROPOSAL and m.sent_at == again.turn and m.sender == again.party
        ]
        assert all(message.heard == message.sent for message in told)


def test_reading_back_catches_distortions_at_the_price_of_a_leg() -> None:
    run = play(talks(Channel(form=Form.PARAPHRASE, distortion=1.0, read_back=1.0, delay=1)))
    told = [message for message in run.messages if message.kind is Kind.PROPOSAL]
    assert all(message.heard == message.sent and message.caught == 1 for message in told)
    assert told[0].arrives_at == 2


def test_softening_withholds_what_asks_more_than_the_last_proposal_told() -> None:
    worths = [[[0, 1, 2], [0, 1, 2]], [[2, 1, 0], [2, 1, 0]]]
    withheld = 0
    for seed in range(10):
        setting = mediated(
            plain(worths, names=("random+constant(99)", "hard-line"), n_turns=20),
            channel=Channel(filter=Filter.SOFTENING),
        )
        told = [m for m in play(setting, seed=seed).messages if m.sender == 0 and m.kind is Kind.PROPOSAL and m.sent_at]
        withheld += sum(m.fate is Fate.WITHHELD for m in told)
        heard = [m.sent.count(0) for m in told if m.fate is Fate.HEARD]
        assert heard == sorted(heard)
    assert withheld > 10


def test_an_interested_intermediary_withholds_what_is_worth_little_to_it() -> None:
    setting = mediated(plain(MEETING, names=("hard-line", "hard-line")))
    biased = Intermediary(
        name="Biased", accepted_by=frozenset({0, 1}), interest=((0.0, 1.0, 2.0, 3.0, 4.0),),
        channel=Channel(filter=Filter.INTERESTED, threshold=0.5),
    )  # fmt: skip
    run = play(replace(setting, intermediaries=(biased,)))
    fates = {m.sent: m.fate for m in run.messages if m.kind is Kind.PROPOSAL}
    assert fates == {(4,): Fate.HEARD, (0,): Fate.WITHHELD}


def test_a_message_takes_the_shortest_way_through_those_who_are_accepted() -> None:
    one = Intermediary(name="Backer of A", accepted_by=frozenset({0}), joined_to=frozenset({1}))
    two = Intermediary(name="Backer of B", accepted_by=frozenset({1}), joined_to=frozenset({0}))
    assert routes_of(Format.PROXIMITY, ("A", "B"), (one, two))[0][1] == (0, 1)
    assert routes_of(Format.PROXIMITY, ("A", "B"), (one, two))[1][0] == (1, 0)
    both = Intermediary(name="Envoy", accepted_by=frozenset({0, 1}))
    assert routes_of(Format.PROXIMITY, ("A", "B"), (one, two, both))[0][1] == (2,)


def test_proximity_without_a_common_intermediary_names_who_accepts_whom() -> None:
    apart = (Intermediary(name="Iran", accepted_by=frozenset({0})),)
    with pytest.raises(ScenarioError, match=r"Opposition accepts nobody"):
        routes_of(Format.PROXIMITY, ("Government", "Opposition"), apart)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"loss": 1.2}, "share from 0 to 1"),
        ({"relays_per_turn": 0}, "carries nothing"),
        ({"delay": -1}, "give 0 or more"),
    ],
)
def test_a_channel_that_cannot_be_is_refused(wrong: dict[str, float], message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        Channel(**wrong)  # type: ignore[arg-type]


def test_a_distorted_option_is_another_one() -> None:
    assert {other_option(1, 4, False, number / 10) for number in range(10)} == {0, 2, 3}
    assert {other_option(1, 4, True, number / 10) for number in range(10)} == {0, 2}
    assert other_option(0, 4, True, 0.9) == 1
    assert other_option(3, 4, True, 0.1) == 2
