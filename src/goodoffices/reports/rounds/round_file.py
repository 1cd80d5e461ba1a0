"""A round as one PDF: contents, who sat, sessions and minutes, texts with check codes, papers, decisions, the journal.

It is made from one view, as a pack is. Pages are numbered through, each text keeps its check code and copy mark, and
the fingerprint of the whole stands on every page. Same view, same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from goodoffices.canonical_json import spaced_json
from goodoffices.languages import direction
from goodoffices.progress import Progress
from goodoffices.reports.lists.sentences import SENTENCES as LIST_WORDS
from goodoffices.reports.lists.workbook import LISTS
from goodoffices.reports.minutes.minutes_paper import copy_paper, newest_copies
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.paper import text_of
from goodoffices.reports.papers.refusals import refusal_text
from goodoffices.reports.rounds.sentences import SENTENCES
from goodoffices.reports.texts.print_packs import (
    agenda_table,
    pack_words,
    paper_part,
    roster_table,
    spaced_digits,
    text_part,
)
from goodoffices.reports.texts.sheets import marked_sheet
from goodoffices.reports.typeset import typeset
from goodoffices.reports.week.sentences import SENTENCES as WEEK
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.base.states import ItemCame, VersionState
from goodoffices.talks.seats.sealed_outcomes import Answered, answered_files
from goodoffices.talks.state.view import View

_MOST_PAPERS = 2_000
Part = dict[str, Any]


def round_file(
    view: View,
    *,
    round_: str | None = None,
    since: int | None = None,
    language: str = "en",
    progress: Progress | None = None,
) -> bytes:
    """Return everything of a round that a seat has, as one PDF file.

    Parameters
    ----------
    view
        The seat's view; nothing else is read.
    round_
        The handle of the round: then only its sessions and minutes are in it. ``None`` takes all.
    since
        The number of a notice: what came after it is listed first.
    language
        The language of all that is not a person's words.
    progress
        Is told what is being made and the share done so far.

    Raises
    ------
    ScenarioError
        If the view has no such round.
    StorageError
        If the fonts that come with matplotlib are not where it puts them.
    """
    data = round_data(view, round_=round_, since=since, language=language, progress=progress)
    return typeset("goodoffices.reports.texts", "pack", data)


def round_data(
    view: View,
    *,
    round_: str | None = None,
    since: int | None = None,
    language: str = "en",
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Return what :func:`round_file` draws, as plain data."""
    from goodoffices.errors import ScenarioError

    if round_ is not None and round_ not in view.known.rounds:
        known = ", ".join(view.known.rounds)
        raise ScenarioError(f"there is no round {round_!r} here; this view has these rounds: {known or 'none'}")
    made = _RoundFile(view, round_, since, language)
    parts: list[Part] = []
    steps = made.steps()
    for at, (name, step) in enumerate(steps.items()):
        if progress is not None:
            progress(name, at / (len(steps) + 1))
        parts += step()
    if progress is not None:
        progress("drawing", len(steps) / (len(steps) + 1))
    header = view.known.header
    data: dict[str, Any] = {
        "title": header.title,
        "seat": view.name(view.seat, made.w.language),
        "band": pack_words(made.w.language)("exercise") if header.kind is Kind.EXERCISE else "",
        "parts": parts,
    }
    fingerprint = hashlib.sha256(b"goodoffices/round/1\n" + spaced_json([view.seat, data])).hexdigest()
    for part in parts:
        part["print"] = [pack_words(part["lang"])("fingerprint"), spaced_digits(fingerprint[:24], 4)]
    return data


class _RoundFile:
    """The parts of a round, each as plain data."""

    def __init__(self, view: View, round_: str | None, since: int | None, language: str) -> None:
        self.view, self.round, self.since = view, round_, since
        self.w = Wording(view, language)
        self.words = pack_words(self.w.language)

    def steps(self) -> dict[str, Callable[[], Iterator[Part]]]:
        return {
            "cover": self.cover,
            "news": self.news,
            "answers": self.answers,
            "people": self.people,
            "sessions": self.sessions,
            "minutes": self.minutes,
            "texts": self.texts,
            "papers": self.papers,
            "lists": self.lists,
        }

    def say(self, key: str, **values: object) -> str:
        return self.w.plain(SENTENCES[key], **values)

    def part(self, title: str, **more: Any) -> Part:
        return {
            "kind": "cover",
            "lang": self.w.language,
            "dir": direction(self.w.language),
            "title": title,
            "lines": [],
            "facts": [],
            "tables": [],
            "paragraphs": [],
            "foot": [],
            "page": self.words("page"),
            **more,
        }

    def cover(self) -> Iterator[Part]:
        header, name = self.view.known.header, self.view.name(self.view.seat, self.w.language)
        held = None if self.round is None else self.view.known.rounds[self.round]
        title = header.title if held is None else f"{header.title}: {held.round.title}"
        facts = [
            [self.words("notices"), str(len(self.view.notices)), True],
            [self.words("head"), spaced_digits(self.view.head, 8), True],
        ]
        lines = [self.say("for", seat=name)]
        if len(self.view.notices):
            # A file that is found in a drawer must say how old it is.
            until = text_of(self.w.when(self.view.notices[-1].when))
            lines.append(self.w.plain(WEEK["known-by"], at=until))
        yield self.part(title, lines=lines, facts=facts)
        yield self.part(self.say("contents"), kind="contents")

    def news(self) -> Iterator[Part]:
        if self.since is not None:
            rows = [row for row in self.rows("journal") if int(row[0]) > self.since]
            table = {**self.table("journal", rows), "title": ""}
            yield self.part(self.say("news", n=self.since), tables=[table])

    def answers(self) -> Iterator[Part]:
        """Yield what became of the commands that came in sealed files: it is what their delegation waits for."""
        files = [*answered_files(self.view)]
        tables = [self.answers_of(one) for one in files]
        is_again = any(outcome.code for one in files for outcome in one.outcomes)
        lines = [self.say("answers-again")] if is_again else []
        if files:
            yield self.part(self.say("answers"), lines=lines, tables=tables)

    def answers_of(self, file: Answered) -> dict[str, Any]:
        """Return a row for each command of a sealed file: taken, or why not."""
        rows = []
        for one in file.outcomes:
            why = one.refusal
            said = (
                self.say("taken", n=one.notice) if why is None else self.say("not-taken", why=refusal_text(self.w, why))
            )
            rows.append([one.key, one.command, said])
        when = text_of(self.w.when(parse_instant(file.at)))
        return {
            "title": self.say("answers-file", when=when),
            "columns": [self.say("request"), self.say("command"), self.say("outcome")],
            "rows": rows,
            "empty": "–",
        }

    def people(self) -> Iterator[Part]:
        tables = [roster_table(self.view, self.w.language), agenda_table(self.view, self.w.language)]
        yield self.part(self.say("people"), tables=tables)

    def sessions(self) -> Iterator[Part]:
        known = self.view.known
        for session in known.sessions.values():
            if self.round is not None and session.round not in (None, self.round):
                continue
            when = session.opened_at or session.starts_at
            lines = [] if when is None else [text_of(self.w.when(when))]
            lines.append(self.w.word("format", session.format))
            marks = dict(session.presence)
            rows = [
                [self.view.name(seat, self.w.language), self.w.word("mark", marks[seat]) if seat in marks else "–"]
                for seat in session.participants
            ]
            table = {
                "title": self.say("attendance"),
                "columns": [self.say("delegation"), self.say("mark")],
                "rows": rows,
                "empty": "–",
            }
            said = [
                [self.view.name(one.by, self.w.language), self.view.text(one.words) or self.say("gone")]
                for one in known.interventions
                if one.session == session.handle
            ]
            title = self.say("session", title=session.title)
            yield self.part(title, lines=lines, tables=[table], paragraphs=said)

    def minutes(self) -> Iterator[Part]:
        for copy in reversed(newest_copies(self.view)):
            session = self.view.known.sessions.get(copy.session or "")
            if self.round is None or session is None or session.round in (None, self.round):
                yield paper_part(copy_paper(self.view, copy.handle, self.w.language), self.words("page"))

    def texts(self) -> Iterator[Part]:
        for version in self.view.known.versions.values():
            if version.state is VersionState.SUPERSEDED:
                continue
            for body in version.papers:
                if self.view.text(body) is not None:
                    yield text_part(self.view, marked_sheet(self.view, version.handle, body.lang))

    def papers(self) -> Iterator[Part]:
        every = [*self.view.known.items.values()]
        for item in every[:_MOST_PAPERS]:
            by = item.teller if item.came is ItemCame.TOLD else item.originator
            who = self.view.name(by, self.w.language) if by is not None else self.say("not-stated")
            key = {ItemCame.FILED: "own", ItemCame.HANDED: "handed", ItemCame.TOLD: "told"}[item.came]
            words = [["", self.view.text(body) or self.say("gone")] for body in item.words]
            title = self.say("paper", item=item.handle, title=self.view.text(item.title) or "").rstrip(" ·")
            yield self.part(title, lines=[self.say(key, seat=who), text_of(self.w.when(item.at))], paragraphs=words)
        if len(every) > _MOST_PAPERS:
            yield self.part(self.say("more-papers", n=len(every) - _MOST_PAPERS))

    def lists(self) -> Iterator[Part]:
        for name in ("commitments", "stances", "journal"):
            rows = self.rows(name)
            if rows:
                yield self.part(self.w.plain(LIST_WORDS[name]), tables=[self.table(name, rows)])

    def rows(self, name: str) -> list[list[str]]:
        _, rows_of = LISTS[name]
        return [["" if cell is None else str(cell) for cell in row] for row in rows_of(self.view, self.w)]

    def table(self, name: str, rows: list[list[str]]) -> dict[str, Any]:
        columns, _ = LISTS[name]
        headings = [self.w.plain(LIST_WORDS[column]) for column in columns]
        return {"title": "", "columns": headings, "rows": rows, "empty": "–"}
