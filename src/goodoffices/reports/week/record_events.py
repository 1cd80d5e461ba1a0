"""What happened in the record in a week, as sentences with their sources: meetings, texts, positions, commitments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.paper import Look, Span, Spans
from goodoffices.reports.provenance import chain_text, claim_of
from goodoffices.reports.week.sentences import SENTENCES
from goodoffices.reports.week.span import Week
from goodoffices.reports.week.week_minutes import all_have, minutes_had, minutes_source
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.states import ItemCame
from goodoffices.talks.model.agenda import AgendaIssue
from goodoffices.talks.state.known_claims import KnownPosition
from goodoffices.talks.state.known_exchange import KnownItem
from goodoffices.talks.state.known_meetings import KnownCopy, MinutesLine
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.rendered_version import title_of

Told = tuple[Spans, tuple[Spans, ...]]
"""A sentence and the sources that it stands on."""
_MOST_WORDS = 24


class RecordEvents:
    """What one reader was told in a week. With ``confidences`` also what it was told or handed for itself."""

    def __init__(self, view: View, week: Week, wording: Wording, *, confidences: bool) -> None:
        self.view, self.week, self.w, self.confidences = view, week, wording, confidences
        self.is_confidential = False

    def say(self, key: str, **values: Spans | str | int) -> Spans:
        """Return a sentence of the note."""
        return self.w.say(SENTENCES[key], **values)

    def at(self, when: datetime) -> tuple[Spans, ...]:
        """Return the source of what was done in the record."""
        return (self.say("source-record", at=self.w.when(self.week.moment(when))),)

    def claims(self, slugs: tuple[str, ...]) -> tuple[Spans, ...]:
        """Return the chains of claims as sources."""
        found = (claim_of(self.view, slug) for slug in slugs)
        return tuple(
            (Span(text=chain_text(self.view, held, self.w.language), look=Look.WORDS, language=self.w.language),)
            for held in found
            if held is not None
        )

    def short(self) -> Iterator[Told]:
        """Yield what is said first: what was decided, rounds that opened or closed, and texts of the week."""
        for copy in minutes_had(self.view):
            if copy.began_at is not None and self.week.has(copy.began_at):
                day = self.w.day(self.week.moment(copy.began_at))
                named = (Span(text=copy.title, look=Look.NAME),)
                for words, source in self.decided(copy):
                    yield self.say("decided-on", day=day, title=named, words=words), (source,)
        yield from self.rounds()
        texts = [text for text in self.view.known.header.texts if self.week.has_day(text.dated) and not text.copy_of]
        for text in texts:
            if text.dated is not None:
                named = (Span(text=text.title, look=Look.NAME),)
                yield self.say("text-dated", title=named, day=self.w.day(text.dated)), self.claims(text.claims)

    def rounds(self) -> Iterator[Told]:
        """Yield the rounds that opened or closed."""
        for held in self.view.known.rounds.values():
            title = (Span(text=held.round.title, look=Look.NAME),)
            plan = held.round
            for key, day, claim in (
                ("round-opened", plan.opened, plan.opened_claim),
                ("round-closed", plan.closed, plan.closed_claim),
            ):
                if day is not None and self.week.has_day(day):
                    yield self.say(key, title=title, day=self.w.day(day)), self.claims((claim,) if claim else ())

    def meetings(self) -> Iterator[Told]:
        """Yield the sessions that were held, and those of the week of which the record does not say it."""
        for session in self.view.known.sessions.values():
            planned = session.starts_at
            if session.opened_at is None and planned is not None and self.week.since < planned <= self.week.until:
                named = (Span(text=session.title, look=Look.NAME),)
                key = "session-invented" if session.is_invented else "session-planned"
                yield self.say(key, title=named, at=self.w.when(planned)), ()
            if session.opened_at is not None and self.week.has(session.opened_at):
                day = self.w.day(self.week.moment(session.opened_at))
                named = (Span(text=session.title, look=Look.NAME),)
                word = self.w.word("format", session.format)
                yield self.say("session", title=named, day=day, format=word), self.at(session.opened_at)
                for copy in minutes_had(self.view, session.handle):
                    yield from self.decided_there(copy)
        for copy in minutes_had(self.view):
            # Who has minutes of a session that it was not told of knows it from them.
            is_told = copy.session in self.view.known.sessions
            if not is_told and copy.began_at is not None and self.week.has(copy.began_at):
                day, word = self.w.day(self.week.moment(copy.began_at)), self.w.word("format", copy.format or "")
                named = (Span(text=copy.title, look=Look.NAME),)
                source = (minutes_source(self.w, self.week, copy),)
                yield self.say("session", title=named, day=day, format=word), source
                yield from self.decided_there(copy)
            yield from self.minutes(copy)
        if self.confidences:
            yield from self.invitations()

    def decided(self, copy: KnownCopy) -> Iterator[tuple[Spans, Spans]]:
        """Yield what minutes say was decided, each with its source.

        Without confidences only what every delegation that was there has in its minutes.
        """
        for line, body in zip(copy.lines, copy.words, strict=True):
            if line.is_decision and self.may_say(copy, line, body):
                yield self.w.words(body, SENTENCES["gone"]), minutes_source(self.w, self.week, copy)

    def decided_there(self, copy: KnownCopy) -> Iterator[Told]:
        """Yield what was decided in a session that was just named."""
        for words, source in self.decided(copy):
            yield self.say("decided-there", words=words), (source,)

    def may_say(self, copy: KnownCopy, line: MinutesLine, body: Body) -> bool:
        """Return whether a line of minutes may stand in this note; one that not all have makes it confidential."""
        is_open = all_have(self.view, copy, line, self.view.text(body))
        self.is_confidential |= self.confidences and not is_open
        return self.confidences or is_open

    def minutes(self, copy: KnownCopy) -> Iterator[Told]:
        """Yield what became of minutes in the week: corrections, and their approval."""
        source = (minutes_source(self.w, self.week, copy),)
        for one, body in zip(copy.corrections, copy.corrected, strict=True):
            line = copy.lines[one.line - 1]
            is_new = one.by is not None and one.at is not None and self.week.has(one.at)
            if is_new and self.may_say(copy, line, copy.words[one.line - 1]):
                words = self.w.words(body, SENTENCES["gone"])
                yield self.say("corrected", seat=self.w.seat(one.by or ""), words=words), source
        if copy.approved_at is not None and self.week.has(copy.approved_at):
            at = self.w.when(self.week.moment(copy.approved_at))
            yield self.say("approved", title=(Span(text=copy.title, look=Look.NAME),), at=at), source

    def invitations(self) -> Iterator[Told]:
        """Yield the invitations of the week that the reader knows of, and the answers to them."""
        known = self.view.known
        titles = {held.round.slug: held.round.title for held in known.rounds.values()}
        for held in known.invitations.values():
            offer = held.invitation
            if held.at is not None and offer.by is not None and self.week.has(held.at):
                names = {"inviting": self.w.seat(offer.by), "invited": self.w.seat(offer.to)}
                yield self.say("invited", round=titles.get(offer.round, offer.round), **names), self.at(held.at)
        for notice in self.week.notices(self.view):
            answered = known.invitations.get(notice.data.get("invitation", ""))
            if notice.kind == "InvitationAnswered" and answered is not None:
                round_ = titles.get(answered.invitation.round, answered.invitation.round)
                word = self.w.word("answer", notice.data["answer"])
                said = self.say("answered", seat=self.w.seat(notice.by), round=round_, answer=word)
                yield said, self.at(notice.when)

    def texts(self) -> Iterator[Told]:
        """Yield the versions that reached the reader, what is open in the newest, stances and outcomes."""
        known = self.view.known
        for text in known.texts.values():
            fresh = [known.versions[v] for v in text.versions if self.week.has(known.versions[v].at)]
            if not fresh:
                continue
            newest = fresh[-1]
            key = "written" if newest.by == self.view.seat else "released"
            title = (Span(text=title_of(self.view, newest), look=Look.NAME),)
            said = self.say(key, seat=self.w.seat(newest.by), version=newest.handle, title=title)
            numbers = self.w.comma.join(newest.open_numbers)
            rest = self.say("open-clauses", clauses=numbers) if numbers else self.say("no-brackets")
            yield (*said, Span(text=" "), *rest), self.at(newest.at)
        for stance in known.stances.values():
            if self.week.has(stance.at):
                word = self.w.word("stance", stance.kind)
                said = self.say("stance", actor=self.w.actor(stance.actor), version=stance.version or "", kind=word)
                yield said, self.at(stance.at)
        for question in known.questions.values():
            if (
                question.verdict is not None
                and question.declared_at is not None
                and self.week.has(question.declared_at)
            ):
                word = self.w.word("verdict", question.verdict)
                what = question.version or question.package or question.handle
                yield self.say("outcome", version=what, verdict=word), self.at(question.declared_at)

    def positions(self) -> Iterator[Told]:
        """Yield the positions that were stated, beside what was stated before, and what was told in confidence."""
        before: dict[tuple[str, str], KnownPosition] = {}
        for said in self.view.known.positions:
            key = (said.actor, said.issue)
            if self.week.has(said.at):
                issue, now = self.issue(said.issue), self.words_of(said)
                actor = self.w.actor(said.actor)
                if key in before:
                    was = self.words_of(before[key])
                    yield self.say("position-changed", actor=actor, issue=issue, now=now, before=was), self.at(said.at)
                else:
                    yield self.say("position-new", actor=actor, issue=issue, now=now), self.at(said.at)
            before[key] = said
        if self.confidences:
            yield from self.papers()

    def papers(self) -> Iterator[Told]:
        """Yield what was told or handed to the reader for itself, without a footnote: its source is not for print."""
        for item in self.view.known.items.values():
            if item.came is ItemCame.FILED or not self.week.has(item.at) or item.ended is not None or not item.words:
                continue
            by = item.teller if item.came is ItemCame.TOLD else item.originator
            if by is not None:
                self.is_confidential = True
                key = "told" if item.came is ItemCame.TOLD else "handed"
                yield self.say(key, seat=self.w.seat(by), words=self.quoted(item)), ()

    def quoted(self, item: KnownItem) -> Spans:
        """Return the words of a paper as a quotation; of a long one the beginning, and where the rest stands."""
        text = self.view.text(item.words[0])
        if text is None:
            return self.say("gone")
        told = text.split()
        short = " ".join(told[:_MOST_WORDS])
        is_whole = len(told) <= _MOST_WORDS
        shown = f"“{short.rstrip('.')}”." if is_whole else f"“{short} …”."
        words = (Span(text=shown, look=Look.WORDS, language=item.words[0].lang),)
        return words if is_whole else (*words, Span(text=" "), *self.say("beginning", item=item.handle))

    def commitments(self) -> Iterator[Told]:
        """Yield what was undertaken, and what was reported of it."""
        for held in self.view.known.commitments.values():
            what = (Span(text=held.commitment.what.rstrip("."), look=Look.WORDS, language="en"),)
            if self.week.has(held.at):
                actors = self.w.listed(self.w.actor(actor) for actor in held.commitment.obligors)
                yield (*self.say("committed", actors=actors, what=what), Span(text=".")), self.at(held.at)
            for report in held.reports:
                if self.week.has(report.at):
                    word = self.w.word("report", report.state)
                    said = self.say("reported", seat=self.w.seat(report.by), what=what, state=word)
                    yield said, self.at(report.at)

    def issue(self, slug: str) -> Spans:
        """Return the question of an issue in the reader's language."""
        found = self.find_issue(slug)
        if found is None:
            return (Span(text=slug, look=Look.NAME),)
        text = next((n.text for n in found.question if n.language == self.w.language), found.question[0].text)
        return (Span(text=text, look=Look.NAME),)

    def find_issue(self, slug: str) -> AgendaIssue | None:
        """Return an issue of the agenda by its slug."""
        return next((i for basket in self.view.known.agenda for i in basket.issues if i.slug == slug), None)

    def words_of(self, said: KnownPosition) -> Spans:
        """Return what a position says: the option's name, or the words."""
        issue = self.find_issue(said.issue)
        option = None if issue is None else next((o for o in issue.options if o.slug == said.option), None)
        if option is not None:
            names = [*option.names]
            text = next(
                (n.text for n in names if n.language == self.w.language), names[0].text if names else option.slug
            )
            return (Span(text=text.rstrip("."), look=Look.NAME),)
        if said.words is not None:
            spans = self.w.words(said.words, SENTENCES["gone"])
            return tuple(Span(text=span.text.rstrip("."), look=span.look, language=span.language) for span in spans)
        return (Span(text=said.option or "–", look=Look.NAME),)
