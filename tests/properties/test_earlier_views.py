"""What has a moment from which it was known exists from then on and not before: acts of every kind, rows of every part.

A view as of a moment is compared with the view that the seat had at that moment. Of a talks file each part has a row
that people could know early, and one with the word of a later day, which must be nowhere.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import asdict, fields, replace
from datetime import UTC, date, datetime
from functools import cache

import pytest
from hypothesis import given, settings

from exercise_talks import STARTS, Exercise, the_exercise
from goodoffices.reports.brief.build import brief_of
from goodoffices.reports.brief.render import as_html
from goodoffices.reports.ceasefire.ledger_weeks import holding
from goodoffices.reports.papers.files import paper_file
from goodoffices.reports.rounds.round_file import round_data
from goodoffices.reports.week.span import week_of
from goodoffices.reports.week.week_paper import Note, week_paper
from goodoffices.talks.base.enums import ChangeKind, Format, Kind, Role, StanceKind, Strength, TextKind, ValueKind
from goodoffices.talks.ceasefire import shares
from goodoffices.talks.ceasefire.commands import FileAllegation
from goodoffices.talks.core import Talks, replay, view_for
from goodoffices.talks.earlier_views import view_as_of
from goodoffices.talks.exercise import clock
from goodoffices.talks.exercise.world import file_as_of
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.model.assessments import Assessment
from goodoffices.talks.model.ceasefire import CeasefireTerms, DayReport, InForce, Ledger, Mechanism
from goodoffices.talks.model.claims import Claim, Link, Recognition, RoleClaim, Source, Value
from goodoffices.talks.model.external_texts import NamedText, SaidStance
from goodoffices.talks.model.obligations import ActorChange, Commitment, DueDate, Guarantee
from goodoffices.talks.model.rounds import Delegation, Invitation, PairFormat, PlannedDate, Round, Session
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.registry import FOLDS
from goodoffices.talks.rounds.rounds import Invite
from goodoffices.talks.state.view import View
from properties.worlds.cast import SEATS, START, the_talks
from properties.worlds.runs import Run, a_run, runs
from stories import Story


def check_cuts(run: Run, cuts: range | None = None) -> set[str]:
    """Compare views as of moments of a run with the views of those moments; return the kinds of acts left out."""
    left_out: set[str] = set()
    states = [talks for talks, _ in run.states()]
    for n in cuts or range(2, len(states)):
        then = states[n] if n < len(states) else run.talks
        at = then.acts[-1].at
        later = run.talks.acts[len(then.acts) :]
        if not later or later[0].at <= at:
            continue
        left_out |= {act.kind for act in later if act.kind in FOLDS}
        for seat in SEATS:
            cut, real = view_as_of(view_for(run.talks, seat), at), view_as_of(view_for(then, seat), at)
            assert repr(cut.known) == repr(real.known), f"{seat} as of {at}"
            assert (cut.head, len(cut.notices)) == (real.head, len(real.notices))
    return left_out


@given(run=runs)
@settings(max_examples=8)
def test_a_view_as_of_a_moment_is_the_view_of_that_moment(run: Run) -> None:
    n = sum(1 for _ in run.states())
    check_cuts(run, range(max(2, n // 2), n, 5))


@pytest.mark.slow
def test_acts_of_almost_every_kind_are_left_out_before_they_happened() -> None:
    left_out: set[str] = set()
    draw = random.Random("earlier views")
    for kind in (Kind.LIVE, Kind.EXERCISE):
        for _ in range(4):
            numbers = [tuple(draw.randrange(64) for _ in range(10)) for _ in range(250)]
            run = a_run(numbers, draw.randrange(2**12), kind)
            left_out |= check_cuts(run, range(2, 3 + len(run.groups), 90))
    assert len(left_out) >= 90, sorted({*FOLDS} - left_out)
    assert {"ClaimEntered", "MechanismNamed", "ZoneProposed", "MeasureTaken"} <= left_out


def test_what_is_shared_of_a_ledger_exists_from_then_on() -> None:
    story = Story(kind=Kind.LIVE)
    story.do("rus", FileAllegation(ledger="j1", kind="shelling", area="hama", occurred_from=START))
    at, day = story.at, START.date()
    story.do("rus", shares.ShareLedger(ledger="j1", day_from=day, day_to=day, to=("usa",), face="masked"))
    assert [len(view_as_of(story.view("usa"), when).known.shares) for when in (at, story.at)] == [0, 1]


EARLY, LATE = date(2017, 1, 3), date(2017, 1, 24)
WORD = "LATER"
"""The word that every row of a later day has, and nothing else."""
TIMELESS = frozenset({
    "slug", "title", "actors", "zone", "seconds", "languages", "default_format", "seats", "compartments",
    "contact_barred", "questions", "headings", "homonyms", "agenda", "areas", "auditor", "rules", "invented",
    "opens_at", "undo_seconds", "exercise", "origin", "summary_from",
})  # fmt: skip
"""The parts of a talks file that describe the talks themselves: their rows have no moment at which they were known."""


def said(slug: str, day: date) -> Claim:
    return Claim(
        slug=slug, about="group-a", aspect=slug, value=Value(kind=ValueKind.WORDS, words=slug),
        chain=(Link(speaker=slug),), strength=Strength.NAMED, source=f"{slug}-source", known_from=day,
    )  # fmt: skip


def of_two_days() -> TalksFile:
    """Return talks of which every part that can be dated has a row of an early and one of a later day."""
    claims = ("early", WORD.lower())
    early, later = claims
    return replace(
        the_talks(),
        zone="Asia/Almaty",
        summary=("They talk.", f"{WORD} they agreed."),
        summary_from=((1, datetime(2017, 1, 24, 12, tzinfo=UTC)),),
        sources=tuple(
            Source(slug=f"{slug}-source", publisher=f"Paper {slug}", dated=day)
            for slug, day in zip((*claims, f"unused-{later}"), (EARLY, LATE, LATE), strict=True)
        ),
        claims=(said(early, EARLY), said(later, LATE)),
        roles=tuple(RoleClaim(actor=group, role=Role.OBSERVER, scope=claim, claim=claim)
                    for group, claim in zip(("group-a", "group-b"), claims, strict=True)),
        recognition=tuple(Recognition(by="gov", of="opp", represents=claim, claim=claim) for claim in claims),
        rounds=(
            Round(slug="first", title="First round", known_from=EARLY, opened=LATE, opened_claim=later,
                  planned=(PlannedDate(start=LATE, announced_on=EARLY, by="kaz"),
                           PlannedDate(start=LATE, announced_on=LATE, by=later))),
            Round(slug=f"round-{later}", title=f"{WORD} round", known_from=LATE),
        ),
        sessions=(
            Session(slug="talk", title="A talk", round="first", format=Format.PROXIMITY, participants=SEATS),
            Session(slug=f"told-{later}", title=f"{WORD} told", round="first", format=Format.DIRECT, known_from=LATE,
                    participants=SEATS),
            Session(slug=f"of-{later}", title=f"{WORD} of a later round", round=f"round-{later}", format=Format.DIRECT,
                    participants=SEATS),
        ),
        pair_formats=(PairFormat(first="gov", second="opp", format=Format.DIRECT, claim=later),),
        invitations=(Invitation(round="first", to="gov", by="kaz", answer="accepted", claim=early, answer_claim=later),
                     Invitation(round=f"round-{later}", to="opp", by="kaz", claim=later)),
        delegations=(Delegation(round="first", seat="gov", head="Early head", head_claim=early),
                     Delegation(round="first", seat="opp", head=f"{WORD} head", head_claim=later)),
        changes=tuple(ActorChange(slug=f"of-{claim}", kind=ChangeKind.MERGE, sources=("group-a",), targets=("group-b",),
                                  claims=(claim,)) for claim in claims),
        texts=tuple(
            NamedText(slug=f"text-{claim}", title=f"Text {claim}", kind=TextKind.JOINT, dated=day,
                      papers=(("en", f"# Text {claim}\n\n## 1. Words\n\nThe words of {claim}.\n"),),
                      stances=(SaidStance(actor="gov", kind=StanceKind.SIGNED, claim=later, words=WORD),))
            for claim, day in zip(claims, (EARLY, LATE), strict=True)
        ),
        commitments=(
            Commitment(slug="owed", obligors=("gov",), what="Name a delegation", claims=(early, later),
                       due=(DueDate(due=LATE, by="kaz", claim=early), DueDate(due=LATE, by=later, claim=later))),
            Commitment(slug=f"owed-{later}", obligors=("gov",), what=f"{WORD} withdraw", claims=(later,)),
            Commitment(slug=f"written-{later}", obligors=("gov",), what=f"{WORD} and in writing", text=f"text-{later}"),
        ),
        guarantees=(Guarantee(guarantor="rus", beneficiary="gov", subject="conduct", claim=early),
                    Guarantee(guarantor="tur", beneficiary="opp", subject=WORD, text=f"text-{later}"),
                    Guarantee(guarantor="kaz", beneficiary="opp", subject=WORD, since=LATE)),
        ceasefire=(
            CeasefireTerms(slug="terms", title="Terms", copy_of="text-early",
                           in_force=tuple(InForce(instant=START, zone="Asia/Damascus", words=claim, claim=claim)
                                          for claim in claims)),
            CeasefireTerms(slug=f"terms-{later}", title=f"{WORD} terms", copy_of=f"text-{later}"),
            CeasefireTerms(slug=f"said-{later}", title=f"{WORD} said", claims=(later,)),
        ),
        ledgers=(
            Ledger(slug="rus-ledger", keeper="rus", days=(
                DayReport(day=EARLY, total=4, counts=(("hama", 4),)),
                DayReport(day=EARLY, total=5, counts=(("hama", 5),), known_from=LATE, note=WORD),
                DayReport(day=LATE, total=9, note=WORD))),
            Ledger(slug=f"ledger-{later}", title=WORD, keeper="tur", days=(DayReport(day=LATE, total=1),)),
        ),
        mechanisms=(Mechanism(slug="joint", title="Joint", holders=(("committee", "un"),)),
                    Mechanism(slug=f"mechanism-{later}", title=WORD, known_from=LATE)),
        assessments=(Assessment(party="gov", issue="who-watches", claims=claims, sources=(f"{later}-source",),
                                compartment="team"),),
        scales=tuple(replace(scale, sources=(f"{later}-source",)) for scale in the_talks().scales),
    )  # fmt: skip


def later_in(*things: object) -> list[str]:
    """Return where things have the word of a later day, each with what stands around it."""
    text = "".join(map(str, things)).upper()
    return [text[max(found.start() - 60, 0) : found.end() + 30] for found in re.finditer(WORD, text)]


def test_every_part_of_a_talks_file_has_a_row_of_a_later_day_or_is_timeless() -> None:
    file = of_two_days()
    dated = {part.name for part in fields(TalksFile) if later_in(getattr(file, part.name))}
    assert dated == {part.name for part in fields(TalksFile)} - TIMELESS


@cache
def told(kind: Kind) -> Talks:
    return replay(opening(of_two_days(), kind=kind, at=datetime(2026, 5, 1, tzinfo=UTC)))


def pages(view: View, at: datetime) -> str:
    """Return what a reader gets as of a moment: the brief, the weekly note, the round file, what each ledger counts."""
    week = week_paper(view, week_of(view, until=at), Note(reader="the reader"))
    then = view_as_of(view, at)
    whole = json.dumps(round_data(then, until=at))
    return "".join(
        (as_html(brief_of(view, as_of=at)), paper_file(week, "txt").decode(), whole, repr(holding(then.known)))
    )


@pytest.mark.parametrize("kind", [Kind.EXERCISE, Kind.LIVE])
@pytest.mark.parametrize("seat", SEATS)
def test_no_row_of_a_later_day_is_in_any_view_page_or_file_before_it(seat: str, kind: Kind) -> None:
    view = view_for(told(kind), seat)
    before, after = datetime(2017, 1, 23, 17, tzinfo=UTC), datetime(2017, 1, 25, tzinfo=UTC)
    assert not later_in(view_as_of(view, before).known)
    assert not later_in(pages(view, before))
    assert later_in(view_as_of(view, after).known)
    assert later_in(pages(view, after))


@pytest.mark.parametrize("seat", SEATS)
def test_a_round_file_has_nothing_of_later_than_the_moment_on_its_cover(seat: str) -> None:
    opened = opening(replace(of_two_days(), opens_at=STARTS), kind=Kind.EXERCISE, at=datetime(2026, 5, 1, tzinfo=UTC))
    made = round_data(view_for(replay(opened), seat))
    assert any("What was known up to" in line for line in made["parts"][0]["lines"])
    assert not later_in(json.dumps(made))
    assert later_in(json.dumps(round_data(view_for(replay(opened), seat), until=datetime(2026, 5, 1, tzinfo=UTC))))


def test_a_round_to_which_somebody_is_invited_is_known_from_then_on() -> None:
    story = Story(replace(of_two_days(), opens_at=STARTS))
    rounds = {held.round.title: handle for handle, held in story.view("rus").known.rounds.items()}
    story.do("rus", Invite(round=rounds[f"{WORD} round"], to="gov", role=Role.PARTY))
    shown = json.dumps(round_data(story.view("gov")), ensure_ascii=False)
    assert f"“{WORD} round”" in shown
    assert shown.count(WORD) == shown.count(f"{WORD} round"), "nothing else of a later day came with it"
    assert not later_in(json.dumps(round_data(story.view("opp"))))


def test_a_file_cut_to_a_moment_has_no_row_of_a_later_day_and_cut_to_its_end_is_whole() -> None:
    file = of_two_days()
    assert later_in(asdict(file))
    assert not later_in(asdict(file_as_of(file, STARTS)))
    assert file_as_of(file, datetime(2017, 1, 25, tzinfo=UTC)) == replace(file, summary_from=())


def test_the_clock_of_an_exercise_tells_rows_of_every_part_when_it_reaches_them() -> None:
    file = of_two_days()
    played = Exercise(replace(the_exercise(), **{
        part.name: getattr(file, part.name) for part in fields(TalksFile)
        if part.name not in TIMELESS or part.name == "summary_from"
    })).start()  # fmt: skip
    assert not later_in(*(played.view(seat).known for seat in SEATS))
    played.do("control", clock.JumpClock(to=datetime(2017, 1, 25, tzinfo=UTC)))
    played.tick()
    known = played.view("ana").known
    for part in ("claims", "sources", "rounds", "commitments", "guarantees", "terms", "ledgers", "mechanisms", "roles"):
        assert later_in(getattr(known, part)), part
    assert later_in(known.header)
