"""What holds in every run: of slices, relays, sessions, sealed procedures, publication and replay."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from goodoffices.talks.base.acts import CLOCK, PUBLIC, Act, decode_act, encode_act
from goodoffices.talks.base.enums import Form, Format
from goodoffices.talks.claims.contradictions import contradictions
from goodoffices.talks.commitments.queries import owed, successions
from goodoffices.talks.core import Talks, digest, due, evolve, replay, view_after, view_for
from goodoffices.talks.state.permissions import carries
from properties.worlds.cast import ROLES, SEATS, START
from properties.worlds.pairs import BEGINNINGS
from properties.worlds.policy import check_audiences
from properties.worlds.runs import Run, a_run, numbers, runs

EXAMPLES = settings(max_examples=60)


@EXAMPLES
@given(runs)
def test_r5_a_slice_only_grows_and_a_notice_is_the_same_bytes_for_ever(run: Run) -> None:
    seen: dict[str, list[bytes]] = {}
    talks = Talks()
    for act in run.acts():
        talks = evolve(talks, act)
        for seat, _ in act.audience:
            now = [notice.bytes() for notice in talks.slice_of(seat).notices]
            before = seen.get(seat, [])
            assert now[: len(before)] == before
            seen[seat] = now


@EXAMPLES
@given(runs, st.sampled_from(SEATS))
def test_r6_r7_a_view_is_a_function_of_the_acts_told_to_its_seat(run: Run, seat: str) -> None:
    told = [
        act
        for act in run.acts()
        if seat in dict(act.audience) or (act.kind == "HistoryGranted" and act.data["to"] == seat)
    ]
    if any(act.kind == "HistoryGranted" for act in told):
        return  # A granting act names earlier ones by number; without them it cannot be folded alone.
    alone = replay(replace(act, audience=tuple(seen for seen in act.audience if seen[0] == seat)) for act in told)
    whole = run.talks.slice_of(seat)
    assert alone.slice_of(seat).head == whole.head
    assert repr(alone.slice_of(seat).known) == repr(whole.known)


@EXAMPLES
@given(runs, st.sampled_from((*SEATS, PUBLIC, "nobody")))
def test_r38_a_view_folded_alone_is_the_view_of_the_whole_talks(run: Run, seat: str) -> None:
    alone, whole = view_after(run.acts(), seat), view_for(run.talks, seat)
    assert (alone.seat, alone.head, list(alone.heads)) == (whole.seat, whole.head, list(whole.heads))
    assert repr(alone.known) == repr(whole.known)
    assert [notice.bytes() for notice in alone.notices] == [notice.bytes() for notice in whole.notices]
    bodies = run.talks.slice_of(seat).bodies
    assert [alone.words(body) for body in bodies] == [whole.words(body) for body in bodies]


@EXAMPLES
@given(runs, st.sampled_from(SEATS))
def test_r6_handles_are_numbered_without_gaps(run: Run, seat: str) -> None:
    held = run.talks.slice_of(seat)
    for prefix, count in held.counts.items():
        assert all(f"{prefix}{n}" in held.ids for n in range(1, count + 1))


def _cleared(acts: list[Act], relay: Act) -> bool:
    """Check one relay against the record by the five conditions, without the code that decides."""
    item = relay.data["item"]
    filed = next(act for act in acts if act.kind == "ItemFiled" and act.data["item"] == item)
    if filed.seat == relay.seat:
        return True
    if not any(act.kind == "ItemHanded" and act.data["item"] == item and act.data["to"] == relay.seat for act in acts):
        return False
    if any(act.kind in ("ItemWithdrawn", "ItemLapsed") and act.data["item"] == item for act in acts):
        return False
    for act in acts:
        if act.kind == "ItemCleared" and act.data["item"] == item and relay.data["to"] in act.data["to"]:
            through = act.data.get("via", [])
            full = Form(act.data["form"]).fullness >= Form(relay.data["form"]).fullness
            in_time = "until" not in act.data or relay.at.isoformat() < act.data["until"].replace("Z", "+00:00")
            narrowed = [
                n for n in acts if n.kind == "ClearanceNarrowed" and n.data["clearance"] == act.data["clearance"]
            ]
            ended = any(relay.data["to"] in n.data.get("to", [relay.data["to"]]) for n in narrowed)
            if (not through or relay.seat in through) and full and in_time and not ended:
                return True
    return False


@EXAMPLES
@given(runs)
def test_r8_no_relay_without_a_valid_clearance(run: Run) -> None:
    before: list[Act] = []
    for act in run.acts():
        if act.kind == "ItemRelayed":
            assert _cleared(before, act)
        before.append(act)


def _carried(run: Run, act: Act) -> list[str]:
    """Return the ids of the bodies that an act carries to somebody, those of granted acts included."""
    granted = [run.acts()[seq - 1] for seq, _ in act.data.get("acts", ())]
    words = [body for one in (act, *granted) for body in one.data.get("words", ()) if isinstance(body, dict)]
    return [body["id"] for body in words]


@EXAMPLES
@given(runs)
def test_r9_words_reach_only_whom_their_originator_let_them_reach(run: Run) -> None:
    allowed: dict[str, set[str]] = {}
    for act in run.acts():
        if act.kind == "ItemFiled":
            allowed |= {body: {act.seat, CLOCK} for body in _carried(run, act)}
        elif act.kind in ("ItemHanded", "ItemRelayed", "HistoryGranted", "Published"):
            to = {*SEATS, PUBLIC, "back", "door"} if act.kind == "Published" else {act.data["to"]}
            for body in _carried(run, act):
                allowed.setdefault(body, set()).update(to)
    for seat in run.talks.slices:
        for item in run.talks.slice_of(seat).known.items.values():
            assert all(seat in allowed[body.id] for body in item.words)


@EXAMPLES
@given(runs)
def test_r11_no_relay_follows_a_withdrawal_and_rows_of_what_was_told_stay(run: Run) -> None:
    withdrawn: set[str] = set()
    for talks, group in run.states():
        after = replay(group, talks)
        for act in group:
            assert act.kind != "ItemRelayed" or act.data["item"] not in withdrawn
            if act.kind == "ItemWithdrawn":
                withdrawn.add(act.data["item"])
                for seat in SEATS:
                    told = talks.slice_of(seat).known.tellings
                    now = after.slice_of(seat).known.tellings
                    assert all(replace(now[h], withdrawn=False) == replace(told[h], withdrawn=False) for h in told)


@EXAMPLES
@given(runs)
def test_r14_nothing_passes_between_parties_but_in_direct_format(run: Run) -> None:
    for talks, group in run.states():
        for act in group:
            if act.kind == "ItemHanded":
                known = talks.slice_of(act.seat).known
                opened = [
                    s
                    for s in known.sessions.values()
                    if s.state == "open" and {act.seat, act.data["to"]} <= {*s.participants}
                ]
                assert carries(known.seats[act.data["to"]]) or any(s.format is Format.DIRECT for s in opened)


@EXAMPLES
@given(runs)
def test_r15_an_intervention_is_heard_only_by_those_present(run: Run) -> None:
    for talks, group in run.states():
        for act in group:
            if act.kind == "InterventionMade":
                held = talks.slice_of(act.seat)
                session = held.known.sessions[held.handles[act.data["session"]]]
                assert {seat for seat, _ in act.audience} <= set(session.present())


@EXAMPLES
@given(st.lists(numbers, max_size=30), st.integers(0, BEGINNINGS - 1), st.sampled_from(SEATS))
def test_r16_a_view_does_not_depend_on_which_person_holds_a_seat(
    steps: list[tuple[int, ...]], prologues: int, seat: str
) -> None:
    one, two = a_run(steps, prologues, person="Amal"), a_run(steps, prologues, person="Chen")
    for first, second in zip(one.talks.slice_of(seat).notices, two.talks.slice_of(seat).notices, strict=True):
        assert replace(first, person=None).bytes() == replace(second, person=None).bytes()


@EXAMPLES
@given(runs)
def test_confidential_acts_are_told_only_to_those_who_may_be_told(run: Run) -> None:
    check_audiences(run.acts())


@EXAMPLES
@given(runs)
def test_r21_a_mandate_is_shown_to_nobody_else(run: Run) -> None:
    for act in run.acts():
        if act.kind == "MandateSet":
            assert [seat for seat, _ in act.audience] == [act.seat]


@EXAMPLES
@given(runs, st.sampled_from(SEATS))
def test_r22_r24_only_who_undertook_is_bound_and_a_silent_successor_is_unclear(run: Run, seat: str) -> None:
    known = run.talks.slice_of(seat).known
    undertaken = {(act.seat, act.data["recorded"]["slug"]) for act in run.acts() if act.kind == "CommitmentRecorded"}
    for row in owed(known):
        assert not row.binds or (row.obligor, row.commitment.commitment.slug) in undertaken
    spoken = {(a.data["commitment"], a.data["successor"]) for a in run.acts() if a.kind == "SuccessionStated"}
    for heir in successions(known):
        thing = run.talks.slice_of(seat).ids[heir.commitment.handle]
        assert (heir.state == "unclear") == ((thing, heir.successor) not in spoken)


@EXAMPLES
@given(runs, st.sampled_from(SEATS))
def test_r27_both_sides_of_a_contradiction_in_a_view_are_listed(run: Run, seat: str) -> None:
    known = run.talks.slice_of(seat).known
    marked_compatible = any(mark.compatible for mark in known.marks)
    standing = [c for c in known.claims.values() if c.replaced_by is None]
    listed = {claim.handle for found in contradictions(known) for claim in found.claims}
    for one in standing:
        for two in standing:
            rival = one.claim.about == two.claim.about and one.claim.value.low != two.claim.value.low
            if rival and not marked_compatible:
                assert {one.handle, two.handle} <= listed


@EXAMPLES
@given(runs)
def test_r30_r31_r32_sealed_procedures_speak_at_closing_and_to_all_at_once(run: Run) -> None:
    closes: dict[str, str] = {}
    for act in run.acts():
        if act.kind in ("DepositOpened", "BlindAsked", "ListMatchOpened"):
            closes[str(act.seq)] = act.data["closes_at"]
        if act.kind in ("DepositClosed", "BlindResultGiven", "MatchReported") or (
            act.kind == "DepositsRevealed" and act.seat == CLOCK
        ):
            thing = next(act.data[name] for name in ("deposit", "blind", "match") if name in act.data)
            assert act.at.isoformat() == closes[thing].replace(".000000Z", "+00:00")
        if act.kind == "DepositsRevealed":
            shown = {who for who, _ in act.data["papers"]}
            assert shown <= {seat for seat, _ in act.audience}
        if act.kind == "DepositClosed":
            assert set(act.data) == {"deposit"}


@EXAMPLES
@given(runs)
def test_r35_nothing_reaches_the_public_but_what_was_published(run: Run) -> None:
    for act in run.acts():
        if PUBLIC in dict(act.audience):
            assert act.kind == "Published" or (act.kind == "TextReadOut" and act.data["public"])


@EXAMPLES
@given(runs)
def test_r36_no_seat_sees_everything_once_two_parties_filed_items(run: Run) -> None:
    parties = {act.seat for act in run.acts() if act.kind == "ItemFiled"} & {"gov", "opp", "pap"}
    if len(parties) > 1:
        for seat in ROLES:
            assert any(seat not in dict(act.audience) for act in run.acts())


@EXAMPLES
@given(runs)
def test_r37_r38_every_act_is_written_read_and_folded_to_the_same_talks(run: Run) -> None:
    read = []
    for act in run.acts():
        head, bodies = encode_act(act)
        read.append(decode_act(act.seq, head, bodies))
    assert digest(replay(read)) == digest(run.talks)


@EXAMPLES
@given(runs)
def test_the_digest_of_words_is_of_the_words(run: Run) -> None:
    for act in run.acts():
        for body in act.data.get("words", ()) if isinstance(act.data.get("words"), list) else ():
            text = run.talks.words(body["id"])
            assert text is None or hashlib.sha256(text.encode()).hexdigest() == body["digest"]


@EXAMPLES
@given(st.lists(numbers, max_size=25), st.integers(0, BEGINNINGS - 1), st.integers(1, 9))
def test_r48_the_period_of_the_timer_changes_nothing(steps: list[tuple[int, ...]], prologues: int, period: int) -> None:
    """Wait in small steps after a run instead of once: the acts of the clock are the same, with the same times."""
    from datetime import timedelta

    run = a_run(steps, prologues)
    last = max((act.at for act in run.acts() if act.seat != CLOCK), default=START)
    talks = replay(act for act in run.acts() if act.seat != CLOCK or act.at <= last)
    at, timed = last, talks
    while at < START + timedelta(days=2):
        at += timedelta(minutes=37 * period)
        timed = replay(due(timed, at), timed)
    once = replay(due(talks, START + timedelta(days=2)), talks)
    assert [replace(a, seq=0) for a in timed.acts] == [replace(a, seq=0) for a in once.acts]


@pytest.mark.slow
def test_r38_another_process_with_another_hash_seed_folds_to_the_same_digest() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from properties.worlds.runs import a_run\n"
        "from goodoffices.talks.core import digest\n"
        "print(digest(a_run([tuple((7 * i + j) % 64 for j in range(10)) for i in range(30)], 15).talks))"
    )
    folded = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(folded) == 1
