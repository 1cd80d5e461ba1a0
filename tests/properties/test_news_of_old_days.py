"""What a record learned today is news today, whatever day is written in it; a brief never says that nothing was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, strategies as st

from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.reports.brief.build import Brief, brief_of
from goodoffices.talks.base.enums import Kind, Strength, ValueKind
from goodoffices.talks.claims.commands import EnterClaim, EnterSource
from goodoffices.talks.commitments.commands import RecordCommitment
from goodoffices.talks.core import Talks, decide, replay, view_for
from goodoffices.talks.earlier_views import view_as_of
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.model.claims import Claim, Link, Source, Value
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.state.command_context import Command, CommandRequest

OPENED = datetime(2026, 11, 30, 12, 59, 3, 250, tzinfo=UTC)
TALKS = """
version: 1
talks: {slug: well, title: The well, zone: Europe/Zurich, summary: [A well.]}
languages: [en]
actors:
  north: {kind: party, names: {en: North}}
  clerk: {kind: person, names: {en: The clerk}}
seats:
  north: {actor: north, roles: [party]}
  clerk: {actor: clerk, roles: [secretariat]}
claims:
  first:
    about: north
    aspect: in the room
    value: {words: it sits there}
    chain: [{speaker: A paper}]
    strength: named-source
    source: paper
    asserted_on: 2026-01-20
sources:
  paper: {publisher: A paper, dated: 2026-01-20}
"""


@cache
def file() -> TalksFile:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "well.yaml"
        path.write_text(TALKS, encoding="utf-8")
        return read_talks(path)


def row(n: int, kind: str, day: date) -> Command:
    if kind == "source":
        return EnterSource(source=Source(slug=f"paper-{n}", publisher="A paper", title=f"Number {n}", dated=day))
    if kind == "commitment":
        return RecordCommitment(slug=f"deed-{n}", obligors=("north",), what=f"Deed {n}.", due=day)
    value = Value(kind=ValueKind.WORDS, words=f"so and so {n}")
    claim = Claim(
        slug=f"claim-{n}", about="north", aspect=f"position {n}", value=value, chain=(Link(speaker="A paper"),),
        strength=Strength.OWN_WORD, asserted_on=day, is_invented=False,
    )  # fmt: skip
    return EnterClaim(claim=claim)


rows = st.lists(
    st.tuples(st.sampled_from(["claim", "source", "commitment"]), st.integers(1, 4000)), min_size=1, max_size=4
)
after = st.sampled_from([timedelta(microseconds=1), timedelta(seconds=20), timedelta(minutes=3), timedelta(days=40)])


def brought_in(kind: Kind, found: list[tuple[str, int]], wait: timedelta) -> Talks:
    talks = replay(opening(file(), kind=kind, at=OPENED))
    for n, (what, days) in enumerate(found):
        request = CommandRequest(seat="clerk", command=row(n, what, OPENED.date() - timedelta(days=days)))
        acts = decide(talks, request, OPENED + wait)
        assert isinstance(acts, tuple), acts
        talks = replay(acts, talks)
    return talks


def news(brief: Brief) -> list[str]:
    assert brief.page is not None
    [block] = [block for block in brief.page.blocks if block.section == "changes"]
    assert block.title.startswith("Became known")
    return [f"{row.label} {row.words}" for row in block.rows]


@given(
    kind=st.sampled_from([Kind.LIVE, Kind.EXERCISE]), found=rows, wait=after, seat=st.sampled_from(["north", "clerk"])
)
def test_rows_brought_in_with_an_earlier_day_are_news(
    kind: Kind, found: list[tuple[str, int]], wait: timedelta, seat: str
) -> None:
    view = view_for(brought_in(kind, found, wait), seat)
    assert len(view.later_notices) == len(found)
    said = brief_of(view, since=OPENED - timedelta(days=1))
    assert len(said.page.blocks[-1].rows) + said.page.blocks[-1].left_out >= len(found)  # type: ignore[union-attr]
    assert "Nothing became known" not in " ".join(news(said))
    assert "2026" in said.as_of or "2027" in said.as_of
    [changes] = [section for section in said.sections if section.name == "changes"]
    assert len(changes.parts[0].rows) == len(found)
    n_claims = sum(what == "claim" for what, _ in found)
    marks = {part.title: part.rows for part in changes.parts}.get("What became known after that", ())
    assert len(marks) == n_claims


@given(kind=st.sampled_from([Kind.LIVE, Kind.EXERCISE]), found=rows, wait=after)
def test_what_a_record_learned_long_ago_is_no_news_though_its_day_is_to_come(
    kind: Kind, found: list[tuple[str, int]], wait: timedelta
) -> None:
    to_come = [("claim", -days - 100) for _, days in found]
    view = view_for(brought_in(kind, to_come, wait), "north")
    said = brief_of(view, as_of=None, since=OPENED + wait + timedelta(hours=1))
    assert news(said) == ["Nothing new Nothing became known since then."]


@given(wait=after)
def test_a_row_without_a_day_is_known_from_when_the_record_learned_it(wait: timedelta) -> None:
    talks = replay(opening(file(), kind=Kind.LIVE, at=OPENED))
    command = row(0, "claim", OPENED.date())
    assert isinstance(command, EnterClaim)
    request = CommandRequest(seat="clerk", command=EnterClaim(claim=replace(command.claim, asserted_on=None)))
    acts = decide(talks, request, OPENED + wait)
    assert isinstance(acts, tuple)
    view = view_for(replay(acts, talks), "north")
    then = view_as_of(view, OPENED + wait + timedelta(days=1))
    assert "claim-0" in {held.claim.slug for held in then.known.claims.values()}


def test_folding_a_record_at_once_counts_the_same_opening() -> None:
    found = [("claim", 3), ("source", 4)]
    talks = brought_in(Kind.EXERCISE, found, timedelta(seconds=1))
    again = replay(talks.acts)
    assert [view_for(t, "north").n_opening for t in (talks, again)] == [len(view_for(talks, "north").notices) - 2] * 2
