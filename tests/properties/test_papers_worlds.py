"""What others do in secret changes no byte of a seat's papers: week, calendar, lists, grid, round and sealed files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from goodoffices.formats.workbooks.workbook_file import xlsx_of
from goodoffices.record.sealed_files import Direction, SealedFor, new_seat_keys, seal
from goodoffices.reports import binder
from goodoffices.reports.lists import calendar, workbook
from goodoffices.reports.papers.files import paper_file
from goodoffices.reports.positions import grid
from goodoffices.reports.rounds import round_file as rounds
from goodoffices.reports.rounds.round_page import round_page
from goodoffices.reports.week import week_paper as weeks
from goodoffices.reports.week.span import week_of
from goodoffices.talks.base.enums import Form, Format, Kind, NoteLevel
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.claims.positions import Assess, StatePosition
from goodoffices.talks.exchange.items import FileItem, HandItem, WithdrawItem
from goodoffices.talks.exchange.relays import RelayItem
from goodoffices.talks.notes.lines import TakeNote
from goodoffices.talks.notes.minutes import CirculateMinutes
from goodoffices.talks.rounds.sessions import OpenSession, PlanSession
from goodoffices.talks.sealed.commands import AnswerBlind, AskBlind
from goodoffices.talks.seats import sealed_keys, sealed_outcomes
from goodoffices.talks.seats.sealed_keys import Compared, RegisterKey, RegisterKeyFor, SealFile, key_line
from goodoffices.talks.state.command_context import Command
from goodoffices.talks.state.view import View
from goodoffices.web.pages.hall import reply
from properties.worlds.cast import START
from stories import Story, words

OBSERVER = "gov"
KEYS = new_seat_keys(lambda size: b"\2" * size)


def told(*, busy: bool) -> Story:
    """Return a story in which the observer takes part; with ``busy`` others also do what it is not told of."""
    story = Story()
    story.do("un", PlanSession(title="Morning", format=Format.PLENARY, participants=("un", "gov", "opp", "rus", "tur")))
    if busy:
        quiet = PlanSession(
            title="In secret", format=Format.DIRECT, participants=("opp", "tur"), starts_at=START + timedelta(days=1)
        )
        story.do("un", quiet)
        story.do("opp", StatePosition(issue="who-watches", words=words("We say this to one alone."), to=("tur",)))
        story.do(
            "ana", Assess(party="gov", issue="who-watches", quantity="salience", value="0.5", source="x", strength="x")
        )
        item = story.paper(by="opp", holder="un", to="rus")
        story.do("un", RelayItem(item=item, to="rus", form=Form.PARAPHRASE, words=words("Nobody else is told.")))
        story.do("un", AskBlind(question=words("A truce?"), to=("opp", "rus"), closes_at=START + timedelta(days=2)))
        vouched = RegisterKeyFor(seat="pap", key=key_line("3" * 64, "4" * 64), vouched_by="Dana",
                                 compared=Compared.IN_PERSON)  # fmt: skip
        story.do("sec", vouched)
        story.do("sec", SealFile(seat="pap"))
        for _ in range(9):
            story.do("rus", FileItem(words=(words("A paper of nobody else."),)))
    story.at = START + timedelta(hours=1)
    story.do("un", OpenSession(session="s1"))
    story.do("gov", StatePosition(issue="who-watches", option="committee"))
    story.do("un", TakeNote(session="s1", words=words("Opens."), speaker="un"))
    if busy:
        story.at -= timedelta(minutes=1)
        story.do("un", TakeNote(session="s1", words=words("Quite secret."), speaker="opp", level=NoteLevel.OFF_RECORD))
    story.do("un", CirculateMinutes(session="s1", until=START + timedelta(hours=30)))
    story.do(OBSERVER, RegisterKey(key=key_line("1" * 64, "2" * 64)))
    outcomes = tuple(came_back(story, f"k{n}", command) for n, command in enumerate(SENT))
    story.do(OBSERVER, sealed_outcomes.NoteOutcomes(digest="e" * 64, outcomes=outcomes))
    for _ in range(2):
        story.do("sec", SealFile(seat=OBSERVER))
    return story


SENT = (
    FileItem(words=(words("From afar."),)),
    WithdrawItem(item="m9"),
    HandItem(item="m1", to="opp"),
    OpenSession(session="s2"),
    RelayItem(item="m2", to="rus", form=Form.PARAPHRASE, words=words("Nobody else is told.")),
    AnswerBlind(question="b1", accept=True),
    StatePosition(issue="who-else", words=words("Nothing.")),
)
"""What the observer asks for in a sealed file: each might be refused because of what it does not know."""


def came_back(story: Story, key: str, command: Command) -> sealed_outcomes.Outcome:
    """Ask as a sealed file does, and return what its seat is told of it."""
    outcome = story.submit(OBSERVER, command, person=None, second=None)
    name = type(command).__name__
    if isinstance(outcome, Refusal):
        return sealed_outcomes.not_taken(key, name, outcome)
    return sealed_outcomes.taken(key, name, len(story.view(OBSERVER).notices))


def papers_of(view: View) -> dict[str, bytes]:
    """Return every paper and file that a seat makes of its view."""
    week = weeks.week_paper(view, week_of(view, until=START + timedelta(days=1)), weeks.Note(reader="the reader"))
    made = {f"week {ending}": paper_file(week, ending) for ending in ("docx", "pdf", "html", "txt")}
    bare = weeks.Note(reader="the reader", confidences=False)
    made["bare week"] = paper_file(weeks.week_paper(view, week_of(view, until=START + timedelta(days=1)), bare), "txt")
    made["calendar"] = calendar.calendar_file(view)
    made["lists"] = workbook.lists_file(view)
    made["grid"] = re.sub(r"Body\(id='[^']*'", "", repr(grid.grid_of(view))).encode()
    made["round"] = rounds.round_file(view)
    made["page"] = round_page(view, since=5).encode()
    rows = reply.reply_rows(view)
    shown = [(row.notice.n, [view.text(body) for body in row.words], [name for name, _ in row.boxes]) for row in rows]
    made["reply"] = repr(shown).encode()
    for name, held in (("whole", binder.slice_content(view)), ("last", binder.content_of_file(view))):
        content = json.dumps(held, sort_keys=True).encode()
        bound = SealedFor(record_id=bytes(16), kind=Kind.EXERCISE, direction=Direction.OUT, sender=bytes(32),
                          recipient=KEYS.box_key)  # fmt: skip
        made[f"sealed {name}"] = seal(bound, content, bytes(64), lambda size: b"\1" * size)
        made[f"in sealed {name}"] = content
    return made


def differences() -> list[str]:
    quiet, busy = (papers_of(told(busy=busy).view(OBSERVER)) for busy in (False, True))
    return sorted(name for name in quiet if quiet[name] != busy[name])


def test_what_others_do_in_secret_changes_no_paper() -> None:
    assert differences() == []


Patch = pytest.MonkeyPatch


def _acts(view: View) -> int:
    """Return how many texts the whole record has: no view tells it, and its store does."""
    return sum(view.words(f"{n}.0") is not None for n in range(1, 400))


def entries_named_by_the_record(patch: Patch) -> None:
    original = calendar._Calendar.entry
    patch.setattr(
        calendar._Calendar, "entry",
        lambda self, thing, title, when, **more: original(self, f"{thing}/{_acts(self.view)}", title, when, **more),
    )  # fmt: skip


def entries_stamped_by_the_record(patch: Patch) -> None:
    original = calendar._Calendar.entry

    def entry(self: Any, *given: Any, **more: Any) -> Any:
        made = original(self, *given, **more)
        return replace(made, stamp=made.stamp + timedelta(seconds=_acts(self.view)))

    patch.setattr(calendar._Calendar, "entry", entry)


def rows_numbered_by_the_record(patch: Patch) -> None:
    columns, rows = workbook.LISTS["journal"]
    patch.setattr(
        workbook, "LISTS",
        {**workbook.LISTS, "journal": (columns, lambda v, w: ((_acts(v), *row[1:]) for row in rows(v, w)))},
    )  # fmt: skip


def a_sheet_as_wide_as_the_longest_secret(patch: Patch) -> None:
    original = xlsx_of
    held: list[int] = []
    lists_file = workbook.lists_file

    def of(view: View, *given: Any) -> bytes:
        held.append(max(len(view.words(f"{n}.0") or "") for n in range(1, 400)))
        return lists_file(view, *given)

    patch.setattr(workbook, "lists_file", of)
    patch.setattr(
        workbook, "xlsx_of",
        lambda title, lists, is_rtl: original(f"{title}{' ' * held[-1]}", lists, is_rtl=is_rtl),
    )  # fmt: skip


def the_week_counts_what_happened(patch: Patch) -> None:
    original = weeks._Week.head

    def head(self: Any) -> Any:
        yield from original(self)
        yield self.w.say("{n} acts this week", n=_acts(self.view))

    patch.setattr(weeks._Week, "head", head)


def footnotes_numbered_by_the_record(patch: Patch) -> None:
    patch.setattr(weeks._Week, "in_short", lambda self: iter([self.sourced((), [self.w.say(str(_acts(self.view)))])]))


def positions_of_everybody_in_the_grid(patch: Patch) -> None:
    original = grid._on_issue

    def on_issue(view: View, issue: Any, actor: str, language: str) -> Any:
        found = [*original(view, issue, actor, language)]
        said = next(
            (view.words(f"{n}.0") for n in range(1, 400) if "to one alone" in (view.words(f"{n}.0") or "")), None
        )
        if actor == "opp" and said is not None:
            return iter([*found, grid.Word(text=said, language="en", at=START, source="", mark=grid.Mark.TOLD)])
        return iter(found)

    patch.setattr(grid, "_on_issue", on_issue)


def a_blank_page_for_each_paper_left_out(patch: Patch) -> None:
    original = rounds._RoundFile.papers

    def papers(self: Any) -> Any:
        yield from original(self)
        yield from (self.part("") for _ in range(_acts(self.view) // 3))

    patch.setattr(rounds._RoundFile, "papers", papers)


def words_of_the_whole_record_in_a_sealed_file(patch: Patch) -> None:
    original = binder.texts_of

    def texts_of(view: View, **more: Any) -> dict[str, str]:
        every = {f"{n}": view.words(f"{n}.0") or "" for n in range(1, 400)}
        return {**every, **original(view, **more)}

    patch.setattr(binder, "texts_of", texts_of)


def a_sealed_file_numbered_by_the_record(patch: Patch) -> None:
    original = binder.slice_content
    patch.setattr(
        binder, "slice_content", lambda view, **more: {**original(view, **more), "file": _acts(view)}
    )  # fmt: skip


def commands_that_were_done_numbered_by_the_record(patch: Patch) -> None:
    original, counted = sealed_outcomes.taken, Story.submit
    held: list[int] = [0]

    def submit(self: Story, *given: Any, **more: Any) -> Any:
        outcome = counted(self, *given, **more)
        held[0] = self.talks.n_acts if hasattr(self.talks, "n_acts") else _acts(self.view(OBSERVER))
        return outcome

    patch.setattr(Story, "submit", submit)
    patch.setattr(sealed_outcomes, "taken", lambda key, name, n: original(key, name, held[0]))


def a_reason_that_names_what_others_hold(patch: Patch) -> None:
    original = came_back

    def naming(story: Story, key: str, command: Command) -> sealed_outcomes.Outcome:
        made = original(story, key, command)
        others = str(len(story.view("rus").known.items))
        return replace(made, values=(*made.values, ("held", f'"{others}"'))) if made.code else made

    patch.setitem(globals(), "came_back", naming)


def a_sealed_file_as_long_as_what_is_hidden(patch: Patch) -> None:
    original = binder.slice_content
    patch.setattr(
        binder, "slice_content", lambda view, **more: {**original(view, **more), "pad": " " * 500 * _acts(view)}
    )  # fmt: skip


def keys_of_others_told_to_everybody(patch: Patch) -> None:
    patch.setattr(sealed_keys, "_secretariats", lambda context: context.everyone())


def rows_of_a_reply_sheet_for_what_others_are_asked(patch: Patch) -> None:
    original = reply.reply_rows

    def reply_rows(view: View) -> list[Any]:
        n = sum("A truce?" in (view.words(f"{k}.0") or "") for k in range(1, 400))
        return [*original(view), *(reply.ReplyRow(notice=view.notices[0], words=(), boxes=()) for _ in range(n))]

    patch.setattr(reply, "reply_rows", reply_rows)


def the_week_stamped_with_how_far_the_record_is(patch: Patch) -> None:
    original = weeks._Week.paper
    patch.setattr(
        weeks._Week, "paper", lambda self: replace(original(self), page=f"{_acts(self.view)}")
    )  # fmt: skip


LEAKS: Mapping[str, Callable[[Patch], None]] = {
    plant.__name__.replace("_", " "): plant
    for plant in (
        entries_named_by_the_record,
        entries_stamped_by_the_record,
        rows_numbered_by_the_record,
        a_sheet_as_wide_as_the_longest_secret,
        the_week_counts_what_happened,
        footnotes_numbered_by_the_record,
        positions_of_everybody_in_the_grid,
        a_blank_page_for_each_paper_left_out,
        words_of_the_whole_record_in_a_sealed_file,
        a_sealed_file_numbered_by_the_record,
        commands_that_were_done_numbered_by_the_record,
        a_reason_that_names_what_others_hold,
        a_sealed_file_as_long_as_what_is_hidden,
        keys_of_others_told_to_everybody,
        rows_of_a_reply_sheet_for_what_others_are_asked,
        the_week_stamped_with_how_far_the_record_is,
    )
}


@pytest.mark.parametrize("name", list(LEAKS))
def test_a_planted_leak_of_a_paper_is_found(name: str, monkeypatch: Patch) -> None:
    LEAKS[name](monkeypatch)
    assert differences() != []
