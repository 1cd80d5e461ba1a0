"""Slices are folded when somebody first looks, all at once or act by act: whichever way, the result is the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import event, given, settings, strategies as st

from goodoffices.canonical_json import canonical
from goodoffices.talks.base.act_log import ActLog
from goodoffices.talks.base.acts import CLOCK, PUBLIC, Act, decode_act, encode_act, read_texts
from goodoffices.talks.base.states import SessionState
from goodoffices.talks.core import Talks, digest, evolve, replay, view_after, view_at, view_for
from goodoffices.talks.deadlines import _deadlines
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_seats import KnownSeat
from goodoffices.talks.state.slices import Slice
from properties.worlds.cast import SEATS
from properties.worlds.runs import Run, runs

EXAMPLES = settings(max_examples=40)


def everything(talks: Talks) -> list[object]:
    """All that a fold has made, in a form that can be compared."""
    slices = [talks.slices[seat] for seat in sorted(talks.slices)]
    maps = [dict(held) for one in slices for held in (one.handles, one.ids, one.counts)]
    logs = [list(held) for one in slices for held in (one.notices, one.seqs, one.heads)]
    return [digest(talks), list(talks.acts), dict(talks.bodies), maps, logs, [set(one.bodies) for one in slices]]


@EXAMPLES
@given(runs, st.integers(0, 3))
def test_r38_a_whole_record_folded_at_once_gives_what_its_acts_give_one_by_one(run: Run, last: int) -> None:
    acts = run.acts()
    talks = Talks()
    for act in acts:
        talks = evolve(talks, act)
    assert everything(replay(acts)) == everything(talks)
    # What was folded at once goes on like any other, and stays as it was.
    head = len(acts) - min(last, len(acts))
    begun = replay(acts[:head])
    before = everything(begun)
    assert everything(replay(acts[head:], begun)) == everything(talks)
    assert everything(begun) == before


def stored(acts: tuple[Act, ...] | list[Act]) -> ActLog:
    """The acts as they come from a record: heads that nobody has read yet."""
    written = [encode_act(act) for act in acts]
    texts = {act.seq: read_texts(act.seq, bodies) for act, (_, bodies) in zip(acts, written, strict=True) if bodies}
    return ActLog.of_heads([head for head, _ in written], texts)


@EXAMPLES
@given(runs, st.integers(0, 3))
def test_r38_acts_that_are_decoded_when_they_are_read_give_the_same_talks(run: Run, last: int) -> None:
    acts = run.acts()
    read = [decode_act(act.seq, *encode_act(act)) for act in acts]
    assert list(stored(acts)) == read
    assert everything(replay(stored(acts))) == everything(replay(read))
    head = len(acts) - min(last, len(acts))
    begun = replay(stored(acts[:head]))
    assert everything(replay(read[head:], begun)) == everything(replay(read))


@EXAMPLES
@given(runs, st.data())
def test_r38_nothing_depends_on_when_a_slice_is_looked_at(run: Run, data: st.DataObject) -> None:
    """Slices are folded when they are looked at: whoever looks, and whenever, each is what it would be."""
    talks, often = Talks(), Talks()
    for act in run.acts():
        talks, often = evolve(talks, act), evolve(often, act)
        looked = data.draw(st.sampled_from((None, *SEATS)))
        if looked is not None:
            assert len(often.slice_of(looked)) == sum(1 for seat, _ in _told(run, act.seq) if seat == looked)
    assert everything(often) == everything(talks)


def _told(run: Run, last: int) -> list[tuple[str, int]]:
    """Each seat that was told of an act up to number ``last``, with the act."""
    told = []
    acts = run.acts()
    for act in acts[:last]:
        told += [(seat, act.seq) for seat, _ in act.audience]
        if act.kind == "HistoryGranted":
            to = act.data["to"]
            told += [(to, seq) for seq, _ in act.data["acts"] if to not in dict(acts[seq - 1].audience)]
    return told


@EXAMPLES
@given(runs)
def test_the_bytes_of_a_notice_are_canonical(run: Run) -> None:
    for held in run.talks.slices.values():
        for notice in held.notices:
            assert notice.bytes() == canonical(notice.plain())


@EXAMPLES
@given(runs)
def test_acts_are_addressed_by_what_the_slices_hold(run: Run) -> None:
    for talks in (run.talks, replay(run.acts()), replay(stored(run.acts()))):
        slices = dict(talks.slices)
        for thing in {thing for held in slices.values() for thing in held.handles}:
            assert talks.seen_by(thing) == tuple(sorted(s for s, held in slices.items() if thing in held.handles))
        bodies = sorted({body for held in slices.values() for body in held.bodies})
        for body in bodies:
            assert talks.saw([body]) == tuple(sorted(s for s, held in slices.items() if body in held.bodies))
        assert talks.saw(bodies[:3]) == tuple(
            sorted(s for s, held in slices.items() if set(bodies[:3]) & set(held.bodies))
        )
        assert (talks.seen_by("nothing"), talks.saw(["nothing"])) == ((), ())


@EXAMPLES
@given(runs)
def test_seats_and_open_sessions_are_those_of_the_whole_slices(run: Run) -> None:
    """They are folded apart, from a few kinds of acts, so that asking for them folds nobody's slice."""
    for talks in (run.talks, replay(stored(run.acts()))):
        apart = dict(talks.slices.meetings())
        for seat, held in talks.slices.items():
            known = apart[seat].known if seat in apart else Knowledge(seat)
            assert _without_keys(known) == _without_keys(held.known)
            assert _open_sessions(apart[seat]) == _open_sessions(held) if seat in apart else not _open_sessions(held)


def _without_keys(known: Knowledge) -> list[KnownSeat]:
    """Return the seats without what is known of sealed files: nobody asks all slices for that."""
    return [replace(seat, sealing_key=None, sealed=()) for seat in known.seats.values()]


def _open_sessions(held: Slice) -> set[str]:
    return {held.ids[h] for h, one in held.known.sessions.items() if one.state == SessionState.OPEN}


@EXAMPLES
@given(runs, st.sampled_from((*SEATS, PUBLIC, "nobody")), st.integers(0, 200))
def test_what_a_seat_knew_at_a_notice_is_the_beginning_of_what_it_knows(run: Run, seat: str, n: int) -> None:
    whole = view_for(run.talks, seat)
    n = min(n, len(whole.notices))
    then = view_at(run.talks, seat, n)
    assert [one.bytes() for one in then.notices] == [one.bytes() for one in whole.notices[:n]]
    assert list(then.heads) == list(whole.heads[:n])
    granted = any(act.kind == "HistoryGranted" for act in run.acts())
    if n and not granted:
        assert repr(then.known) == repr(view_after(run.acts()[: run.talks.slice_of(seat).seqs[n - 1]], seat).known)


@EXAMPLES
@given(runs)
def test_a_watch_is_never_quiet_about_a_deadline_that_has_passed(run: Run) -> None:
    """It looks only at what the clock was told since, and must find what looking through everything finds."""
    talks, later = Talks(), 0
    for act in run.acts():
        talks = evolve(talks, act)
        clock = talks.slice_of(CLOCK)
        deadlines = sorted({one.at for one in _deadlines(clock, talks)})
        for at in deadlines[:3]:
            assert not talks.watch.is_quiet(clock, at, talks)
        if deadlines and talks.watch.is_quiet(clock, deadlines[0] - timedelta(seconds=1), talks):
            later += 1
        elif talks.facts is None and (not deadlines or deadlines[0] > act.at):
            talks.watch.note(clock, talks)
            assert talks.watch.is_quiet(clock, act.at, talks)
    event(f"quiet before {min(later, 3)} deadlines")
