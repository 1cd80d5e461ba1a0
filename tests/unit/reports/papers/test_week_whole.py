"""The weekly note leaves nothing out in silence: whom a claim is about, each bulletin and speaker, how many more."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import icalendar

from goodoffices.reports.brief.build import brief_of
from goodoffices.reports.brief.render import as_text
from goodoffices.reports.ceasefire.view_tables import ledger_table, view_bulletins
from goodoffices.reports.lists.calendar import calendar_file
from goodoffices.reports.papers.page_file import terminal_text
from goodoffices.reports.rounds.invitation_letter import invitation_letter
from goodoffices.reports.week.span import week_of
from goodoffices.reports.week.week_paper import Note, week_paper
from goodoffices.talks.base.enums import Form
from goodoffices.talks.ceasefire.queries import ledger_totals
from goodoffices.talks.core import view_for
from goodoffices.talks.exchange.relays import RelayItem
from goodoffices.talks.state.view import View
from stories import Story, words
from talks_once import folded

_LAKE = """\
talks: {title: Lake, slug: lake, zone: UTC, opens_at: "2026-11-30T12:00Z"}
actors:
  east: {kind: party, names: {en: East}}
  guard: {kind: faction, names: {en: Lake Guard}}
  envoy: {kind: person, names: {en: Envoy}}
seats: {east: {actor: east, roles: [party]}, envoy: {actor: envoy, roles: [mediator]}}
areas: {pier: {names: {en: Pier}}, gate: {names: {en: Gate}}}
questions: {Q: {question: Did it leave?}}
sources: {post: {publisher: Post, dated: 2026-11-27}, gazette: {publisher: Gazette, dated: 2026-11-20, side: ru}}
claims:
  a1: {about: guard, aspect: withdrew, value: no, chain: [Post, One], strength: unnamed-source, source: post,
    in_seed: no, question: Q}
  a2: {about: guard, aspect: withdrew, value: no, chain: [Post, Two], strength: unnamed-source, source: post,
    in_seed: no, question: Q}
  a3: {about: guard, aspect: withdrew, value: no, chain: [Post, Three], strength: unnamed-source, source: post,
    in_seed: no, question: Q}
  a4: {about: guard, aspect: withdrew, value: yes, chain: [Post, Four], strength: unnamed-source, source: post,
    in_seed: no, question: Q, words: The guard left.}
  d1: {about: second, aspect: opening date, value: {date: 2026-11-28}, chain: [Gazette], strength: unnamed-source,
    source: gazette, in_seed: no}
  d2: {about: second, aspect: opening date, value: {date: 2026-12-01}, chain: [Post, Their spokesman],
    strength: own-word, source: post, in_seed: no}
commitments:
%s
rounds:
  second:
    title: Second round
    planned:
      - {start: 2026-11-28, announced_on: 2026-11-20, claim: d1}
      - {start: 2026-12-01, end: 2026-12-02, announced_on: 2026-11-25, by: east, claim: d2}
      - {start: 2026-12-05, announced_on: 2026-11-26, by: envoy}
      - {start: 2026-12-05, announced_on: 2026-11-26, by: guard}
invitations: [{round: second, to: east, by: envoy, role: party}]
ledgers:
  one: {keeper: east, days: [
    {day: 2026-11-26, n_days: 2, counts: {pier: 2}, unplaced: 1, total: 3, note: One is inferred.},
    {day: 2026-11-28, counts: {gate: 4}, total: 4}, {day: 2026-11-29, total: 0}]}
  two: {keeper: guard, days: [{day: 2026-11-27, counts: {pier: 5}, total: 5}]}
"""


def _lake(folder: Path) -> View:
    due = "\n".join(f"  c{n}: {{obligors: [east], what: Task {n}., due: [{{due: 2026-12-0{n}}}]}}" for n in range(1, 9))
    (folder / "lake.yaml").write_text(_LAKE % due, encoding="utf-8")
    return view_for(folded(folder / "lake.yaml", datetime(2026, 11, 30, 12, tzinfo=UTC)), "envoy")


def _note(view: View) -> str:
    return " ".join(terminal_text(week_paper(view, week_of(view), Note()), 10_000).split())


def test_a_claim_without_words_of_its_own_says_whom_it_is_about(tmp_path: Path) -> None:
    told = _note(_lake(tmp_path))
    assert told.count(": Lake Guard, withdrew: no.") == 3
    assert "Four: the guard left" in told


def test_every_bulletin_of_the_week_is_told_and_no_ledger_hides_another(tmp_path: Path) -> None:
    told = _note(_lake(tmp_path))
    assert "For Sun 29 Nov, the ledger of East reports zero." in told
    assert "For Fri 27 Nov, the ledger of Lake Guard reports 5 (Pier 5)." in told
    assert "Violations reported earlier this week, by the ledger of East: 25 Nov to 26 Nov: 3; 28 Nov: 4." in told
    assert "Days without a bulletin here: 24 Nov." in told


def test_a_bulletin_without_a_figure_does_not_read_as_zero(tmp_path: Path) -> None:
    whole = _LAKE.replace(
        "{day: 2026-11-28, counts: {gate: 4}, total: 4}, {day: 2026-11-29, total: 0}",
        "{day: 2026-11-28, note: Said only that it was calm.}, {day: 2026-11-29, note: As before.}",
    )
    assert whole != _LAKE
    due = "\n".join(f"  c{n}: {{obligors: [east], what: Task {n}., due: [{{due: 2026-12-0{n}}}]}}" for n in range(1, 9))
    (tmp_path / "lake.yaml").write_text(whole % due, encoding="utf-8")
    view = view_for(folded(tmp_path / "lake.yaml", datetime(2026, 11, 30, 12, tzinfo=UTC)), "envoy")
    told = _note(view)
    east = next(held for held in view.known.ledgers.values() if held.ledger.keeper == "east")
    totals = ledger_totals(east)
    assert (totals.days, totals.total, totals.days_none) == (3, 3, 0)
    assert {str(one.day) for one in view_bulletins(view.known, name_of=lambda held: held.handle)} == {
        "2026-11-26",
        "2026-11-27",
    }
    brief = as_text(brief_of(view))
    assert "no figure" in brief
    assert "stated as none" not in brief.replace("days stated as none", "")
    assert "For Sun 29 Nov, the ledger of East gives no figure." in told
    assert "28 Nov: no figure" in told
    assert "zero" not in told


def test_every_speaker_of_a_contested_value_is_named_and_what_is_left_out_is_counted(tmp_path: Path) -> None:
    told = _note(_lake(tmp_path))
    assert "Did it leave? One, Two and Three: no; Four: yes." in told
    assert "More dates in the brief: 3." in told


def test_dates_that_differ_stand_with_those_who_say_them_and_what_has_passed_says_so(tmp_path: Path) -> None:
    told = _note(_lake(tmp_path))
    assert (
        "Second round: Sat 28 Nov 2026, which has passed (Gazette, close to Russia); "
        "Tue 1 Dec 2026 to Wed 2 Dec 2026 (East); Sat 5 Dec 2026 (Envoy and Lake Guard); the dates differ." in told
    )


def test_a_letter_names_who_says_each_of_several_dates(tmp_path: Path) -> None:
    said = " ".join(terminal_text(invitation_letter(_lake(tmp_path), "i1"), 4000).split())
    assert "Sat 28 Nov 2026 (Gazette, close to Russia), Tue 1 Dec 2026 to Wed 2 Dec 2026 (East) and Sat 5 Dec" in said


def test_each_of_several_dates_without_an_author_is_an_entry_of_the_calendar_with_who_says_it(tmp_path: Path) -> None:
    rival = _LAKE.replace(", by: east, claim: d2", ", claim: d2")
    (tmp_path / "lake.yaml").write_text(rival % "  c1: {obligors: [east], what: Task.}", encoding="utf-8")
    view = view_for(folded(tmp_path / "lake.yaml", datetime(2026, 11, 30, 12, tzinfo=UTC)), "envoy")
    events = icalendar.Calendar.from_ical(calendar_file(view)).walk("VEVENT")
    rounds = [one for one in events if "Second round" in str(one["SUMMARY"])]
    assert len({str(one["UID"]) for one in rounds}) == len(rounds) == 4
    notes = " ".join(str(one.get("DESCRIPTION", "")) for one in rounds)
    assert all(name in notes for name in ("Gazette, close to Russia", "Their spokesman", "Envoy", "Lake Guard"))


def test_a_bulletin_of_several_days_is_in_no_daily_count_and_says_so(tmp_path: Path) -> None:
    view = _lake(tmp_path)
    held = next(one for one in view.known.ledgers.values() if one.ledger.keeper == "east")
    table = ledger_table(view.known, held, name="East")
    assert [event.count for event in table.events if not event.is_daily_precise] == [2, 1]
    assert "1 bulletin covers several days and is in no daily count" in table.notes
    shown = " ".join(as_text(brief_of(view)).split())
    assert "covers 2 days; One is inferred" in shown


def test_words_told_in_confidence_are_quoted_whole_or_marked_as_cut() -> None:
    long = (
        "We accept the text if the road is open on both sides of the river by spring and "
        + "so on " * 10
        + "but not x."
    )
    story = Story()
    item = story.paper(by="opp", holder="un", to="gov")
    story.do("un", RelayItem(item=item, to="gov", form=Form.PARAPHRASE, words=words(long)))
    view = story.view("gov")
    made = terminal_text(week_paper(view, week_of(view, until=story.in_minutes(5)), Note()), 4000)
    assert " …”. That is its beginning; the whole stands in item " in made
