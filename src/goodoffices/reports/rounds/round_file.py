"""A round as one PDF: contents, who sat, sessions and minutes, texts with check codes, papers, decisions, the journal.

It is made from one view, as a pack is. Pages are numbered through, each text keeps its check code and copy mark, and
the fingerprint of the whole stands on every page. Same view, same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from goodoffices.canonical_json import spaced_json
from goodoffices.errors import ScenarioError
from goodoffices.languages import direction
from goodoffices.progress import Progress
from goodoffices.reports.lists.sentences import SENTENCES as LIST_WORDS
from goodoffices.reports.lists.thing_names import first_words
from goodoffices.reports.lists.workbook import LISTS
from goodoffices.reports.minutes.minutes_paper import minutes_with, newest_copies
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.one_zone import SENTENCES as ZONE, in_one_zone
from goodoffices.reports.papers.paper import text_of
from goodoffices.reports.papers.refusals import refusal_text
from goodoffices.reports.rounds.journal import acts_by_day, begun_with
from goodoffices.reports.rounds.sentences import SENTENCES
from goodoffices.reports.tables import capital
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
from goodoffices.talks.claims.as_of import talks_time
from goodoffices.talks.earlier_views import stands, view_now
from goodoffices.talks.seats.sealed_outcomes import Answered, answered_files
from goodoffices.talks.state.known_meetings import KnownSession
from goodoffices.talks.state.view import View

_MOST_PAPERS = 2_000
Part = dict[str, Any]


def round_file(  # noqa: PLR0913 - one argument for each thing that a reader chooses
    view: View,
    *,
    round_: str | None = None,
    since: int | None = None,
    until: datetime | None = None,
    language: str = "en",
    calendar: str = "",
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
    until
        The moment up to which the view goes, if it was cut already; ``None`` cuts it at the present moment of its
        talks.
    language
        The language of all that is not a person's words.
    calendar
        The calendar in which days are given a second time: ``persian``, ``islamic`` or none.
    progress
        Is told what is being made and the share done so far.

    Raises
    ------
    ScenarioError
        If the view has no such round.
    StorageError
        If the fonts that come with matplotlib are not where it puts them.
    """
    data = round_data(
        view, round_=round_, since=since, until=until, language=language, calendar=calendar, progress=progress
    )
    return typeset("goodoffices.reports.texts", "pack", data)


def round_data(  # noqa: PLR0913 - one argument for each thing that a reader chooses
    view: View,
    *,
    round_: str | None = None,
    since: int | None = None,
    until: datetime | None = None,
    language: str = "en",
    calendar: str = "",
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Return what :func:`round_file` draws, as plain data."""
    if until is None and len(view.notices):
        view, until = view_now(view)
    if round_ is not None and round_ not in view.known.rounds:
        known = ", ".join(view.known.rounds)
        raise ScenarioError(f"there is no round {round_!r} here; this view has these rounds: {known or 'none'}")
    parts, offset = in_one_zone(
        lambda w: [*_RoundFile(view, w, round_, since, until).parts(progress)], view, language, calendar
    )
    said = pack_words(parts[0]["lang"])
    if offset:
        parts[0]["lines"].append(Wording(view, language).plain(ZONE["all-times"], offset=offset))
    header = view.known.header
    data: dict[str, Any] = {
        "title": header.title,
        "seat": capital(view.name(view.seat, parts[0]["lang"])),
        "band": said("exercise") if header.kind is Kind.EXERCISE else "",
        "parts": parts,
    }
    fingerprint = hashlib.sha256(b"goodoffices/round/1\n" + spaced_json([view.seat, data])).hexdigest()
    for part in parts:
        named = Wording(view, part["lang"]).plain(SENTENCES["fingerprint"])
        part["print"] = [named, spaced_digits(fingerprint[:24], 4)]
    return data


class _RoundFile:
    """The parts of a round, each as plain data."""

    def __init__(
        self, view: View, wording: Wording, round_: str | None, since: int | None, until: datetime | None
    ) -> None:
        self.view, self.round, self.since, self.until = view, round_, since, until
        self.w = wording
        self.words = pack_words(self.w.language)

    def parts(self, progress: Progress | None) -> Iterator[Part]:
        steps = self.steps()
        for at, (name, step) in enumerate(steps.items()):
            if progress is not None:
                progress(name, at / (len(steps) + 1))
            yield from step()
        if progress is not None:
            progress("drawing", len(steps) / (len(steps) + 1))

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
            "journal": self.journal,
            "beginning": self.beginning,
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
            [self.say("head"), spaced_digits(self.view.head[:16], 4), True],
        ]
        lines = [self.say("for", seat=name)]
        if self.until is not None:
            # A file that is found in a drawer must say how old it is, and hold nothing of later.
            until = text_of(self.w.when(self.until))
            lines.append(self.w.plain(WEEK["known-by"], at=until))
        read = [["", self.words(key)] for key in ("read-print", "read-head", "read-notice")]
        read += [["", self.say(key)] for key in ("read-names", "read-dash")]
        read += [["", self.w.plain(WEEK[key])] for key in ("legend", "legend-chain", "legend-brief")]
        yield self.part(title, lines=lines, facts=facts, paragraphs=[[self.say("how-to-read"), ""], *read])
        yield self.part(self.say("contents"), kind="contents")

    def news(self) -> Iterator[Part]:
        if self.since is not None:
            new = [one for one in self.view.notices if one.n > self.since and stands(self.view, one)]
            yield self.part(self.say("news", n=self.since), tables=[*acts_by_day(self.view, self.w, new)])

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
        mine = [one for one in known.sessions.values() if self.round is None or one.round in (None, self.round)]
        if not mine:
            return
        columns = [self.w.plain(LIST_WORDS[name]) for name in ("session-column", "when", "format", "attendance")]
        rows = [
            [self.titled(one), self.held_at(one), self.w.word("format", one.format), self.marks(one)] for one in mine
        ]
        yield self.part(self.say("sessions"), tables=[{"title": "", "columns": columns, "rows": rows, "empty": "–"}])
        for session in mine:
            said = [
                [self.view.name(one.by, self.w.language), self.view.text(one.words) or self.say("gone")]
                for one in known.interventions
                if one.session == session.handle
            ]
            if said:
                yield self.part(self.say("session", title=session.title), paragraphs=said)

    def titled(self, session: KnownSession) -> str:
        return f"{'~ ' if session.is_invented else ''}{session.title}"

    def held_at(self, session: KnownSession) -> str:
        if session.opened_at is not None:
            begun = text_of(self.w.when(session.opened_at))
            return begun if session.closed_at is None else f"{begun}–{self.w.clock(session.closed_at)}"
        if session.starts_at is None:
            return "–"
        return self.say("planned-for", when=text_of(self.w.when(session.starts_at)))

    def marks(self, session: KnownSession) -> str:
        """Return who is marked how; a row of dashes would look as if nobody had been there."""
        by_mark: dict[str, list[str]] = {}
        for seat, mark in session.presence:
            by_mark.setdefault(mark, []).append(seat)
        said = [
            self.say("marked", mark=self.w.word("mark", mark), seats=text_of(self.w.listed(map(self.w.seat, seats))))
            for mark, seats in by_mark.items()
        ]
        return self.w.semicolon.join(said) or self.say("not-noted")

    def minutes(self) -> Iterator[Part]:
        for copy in reversed(newest_copies(self.view)):
            session = self.view.known.sessions.get(copy.session or "")
            if self.round is None or session is None or session.round in (None, self.round):
                yield paper_part(minutes_with(self.w, copy.handle), self.words("page"))

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
            title = self.say("paper", title=first_words(self.view, (item.title, *item.words)) or item.handle)
            yield self.part(title, lines=[self.say(key, seat=who), text_of(self.w.when(item.at))], paragraphs=words)
        if len(every) > _MOST_PAPERS:
            yield self.part(self.say("more-papers", n=len(every) - _MOST_PAPERS))

    def lists(self) -> Iterator[Part]:
        for name in ("commitments", "stances"):
            rows = self.rows(name)
            if rows:
                yield self.part(self.w.plain(LIST_WORDS[name]), tables=[self.table(name, rows)])

    def journal(self) -> Iterator[Part]:
        tables = [*acts_by_day(self.view, self.w, self.view.later_notices)]
        if tables:
            yield self.part(self.say("journal"), tables=tables)

    def beginning(self) -> Iterator[Part]:
        names, tables = begun_with(self.view, self.w)
        if not names and not tables:
            return
        first = self.view.notices[0]
        when = text_of(self.w.when(talks_time(self.view, first.when)))
        lines = [self.say("begun-when", when=when, seat=self.view.name(first.by, self.w.language))]
        if self.until is not None:
            lines.append(self.say("known-only", when=text_of(self.w.when(self.until))))
        yield self.part(self.say("begun-with"), lines=lines, paragraphs=names, tables=tables)

    def rows(self, name: str) -> list[list[str]]:
        _, rows_of = LISTS[name]
        return [["" if cell is None else str(cell) for cell in row] for row in rows_of(self.view, self.w)]

    def table(self, name: str, rows: list[list[str]]) -> dict[str, Any]:
        columns, _ = LISTS[name]
        headings = [self.w.plain(LIST_WORDS[column]) for column in columns]
        return {"title": "", "columns": headings, "rows": rows, "empty": "–"}
