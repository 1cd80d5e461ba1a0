"""The weekly note as a paper: every sentence with its source as a footnote, from one reader's view and nothing else.

What was told in confidence says so, and has no footnote. A heading under which the reader has nothing is not printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from goodoffices.data_class import dataclass
from goodoffices.reports.brief.build import section_of
from goodoffices.reports.brief.contested_questions import contested_questions, rivals
from goodoffices.reports.minutes.sentences import SENTENCES as MINUTES
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.one_zone import paper_in_one_zone
from goodoffices.reports.papers.paper import Footnotes, Look, Paper, Paragraph, Sentence, Span, Spans, text_of
from goodoffices.reports.provenance import chain_text, full_statement, speaker_text, subject_name, value_text
from goodoffices.reports.tables import and_listed, capital
from goodoffices.reports.week.record_events import RecordEvents
from goodoffices.reports.week.sentences import CONTESTED, SENTENCES
from goodoffices.reports.week.span import Week
from goodoffices.reports.week.week_due import due_sentences
from goodoffices.reports.week.week_ledgers import ledger_sentences
from goodoffices.talks.base.enums import Kind, Strength
from goodoffices.talks.claims.known_dates import claim_known_from
from goodoffices.talks.earlier_views import view_as_of
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.view import View

MOST_WORDS = 90
"""How many words of what others say stand under one heading: the note is to stay on one or two pages."""
_MOST_IN_SHORT, _MOST_CONTESTED = 4, 4
_UNDER: Mapping[str, str] = {
    "sessions": "meetings",
    "texts": "text",
    "agenda": "positions",
    "roles": "people",
    "people": "people",
    "cease-fire": "cease-fire",
    "commitments": "commitments",
}
"""Under which heading the claims of a section of the brief stand."""
_LEGENDS = ("legend", "legend-chain", "legend-brief")
_MARK = " ["
"""With this a mark of a report begins; a note without one needs no legend."""
_RANK = {Strength.OWN_WORD: 0, Strength.DOCUMENT: 1, Strength.NAMED: 2, Strength.UNNAMED: 3, Strength.INFERENCE: 4}
"""In which order claims are chosen where not all have space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Who a note is for and from, as its head says it; whether what was told in confidence may stand in it."""

    reader: str = ""
    sender: str = ""
    confidences: bool = True


def week_paper(view: View, week: Week, note: Note, language: str = "en", calendar: str = "") -> Paper:
    """Return the weekly note for the reader whose view this is.

    Parameters
    ----------
    view
        The reader's view. Nothing else is read.
    week
        The span that the note covers.
    note
        Whom it is for and from, and whether what was told in confidence may stand in it.
    language
        The language of all that is not a person's words.
    calendar
        The calendar in which days are given a second time: ``persian``, ``islamic`` or none.
    """
    then = view_as_of(view, week.until)
    return paper_in_one_zone(lambda w: _Week(w, week, note).paper(), then, language, calendar)


class _Week:
    """The note while it is written."""

    def __init__(self, wording: Wording, week: Week, note: Note) -> None:
        self.view, self.week, self.note = wording.view, week, note
        self.w, view = wording, wording.view
        self.notes = Footnotes()
        self.new = [
            held
            for held in view.known.claims.values()
            if held.replaced_by is None and self._is_new(held) and not held.claim.in_seed
        ]
        fresh = {held.handle for held in self.new}
        every = contested_questions(view)
        self.n_contested = len(every)
        # Only the contested questions on which something became known this week.
        self.questions = [q for q in every if any(held.handle in fresh for held in q.claims)]
        self.contested_claims = {held.handle for question in self.questions for held in question.claims}
        self.events = RecordEvents(view, week, self.w, confidences=note.confidences)

    def _is_new(self, held: KnownClaim) -> bool:
        since = claim_known_from(held.claim, self.view.known.sources, self.view.zone)
        return since is not None and self.week.since < since <= self.week.until

    def say(self, key: str, **values: Spans | str | int) -> Spans:
        return self.w.say(SENTENCES[key], **values)

    def plain(self, key: str) -> str:
        return self.w.plain(SENTENCES[key])

    def paper(self) -> Paper:
        header = self.view.known.header
        written: list[Paragraph | None] = [self.part(key, make) for key, make in self.parts().items()]
        blocks = [block for block in written if block is not None]
        if not blocks:
            blocks = [Paragraph(sentences=(Sentence(spans=self.say("quiet")),))]
        return Paper(
            language=self.w.language,
            title=self.say("title", title=header.title),
            band=self.w.plain(MINUTES["exercise"]) if header.kind is Kind.EXERCISE else "",
            head=(*self.head(),),
            blocks=tuple(blocks),
            notes=tuple(self.notes.texts),
            foot=tuple(map(self.say, _LEGENDS)) if any(_MARK in text_of(note) for note in self.notes.texts) else (),
            page=self.w.plain(MINUTES["page"]),
        )

    def parts(self) -> Mapping[str, Callable[[], Iterator[Sentence]]]:
        return {
            "in-short": self.in_short,
            "meetings": lambda: self.under("meetings", self.events.meetings()),
            "text": lambda: self.under("text", self.events.texts()),
            "positions": lambda: self.under("positions", self.events.positions()),
            "people": lambda: self.under("people", ()),
            "commitments": lambda: self.under("commitments", self.events.commitments()),
            "cease-fire": self.cease_fire,
            "contested": self.contested,
            "next": self.next,
        }

    def part(self, key: str, make: Callable[[], Iterator[Sentence]]) -> Paragraph | None:
        sentences = tuple(make())
        return Paragraph(lead=self.plain(key), sentences=sentences) if sentences else None

    def head(self) -> Iterator[Spans]:
        days = self.say("days", first=self.w.day(self.week.first), last=self.w.day(self.week.last))
        known = self.say("known-by", at=self.w.when(self.week.until))
        yield (*days, Span(text=" · "), *known)
        row = []
        if self.note.reader:
            row.append(self.say("to", reader=(Span(text=self.note.reader, look=Look.STRONG_NAME),)))
        if self.note.sender:
            row.append(self.say("from", sender=self.note.sender))
        if row:
            yield tuple(span for n, spans in enumerate(row) for span in ((Span(text=" · "),) if n else ()) + spans)
        if self.events.is_confidential:
            reader = self.note.reader or self.view.name(self.view.seat, self.w.language)
            yield self.say("confidential", reader=(Span(text=reader, look=Look.STRONG_NAME),))

    def sourced(self, spans: Spans, sources: Iterable[Spans]) -> Sentence:
        return self.notes.sentence(spans, sources)

    def in_short(self) -> Iterator[Sentence]:
        """Yield a few sentences that can be read aloud."""
        short = [*self.events.short()]
        for spans, sources in short[:_MOST_IN_SHORT]:
            yield self.sourced(spans, sources)
        if len(short) > _MOST_IN_SHORT:
            yield Sentence(spans=self.say("more-short", n=len(short) - _MOST_IN_SHORT))
        n = len(self.questions)
        if n:
            yield Sentence(spans=self.w.count(n, *CONTESTED, of=str(self.n_contested)))

    def under(self, key: str, events: Iterable[tuple[Spans, tuple[Spans, ...]]]) -> Iterator[Sentence]:
        for spans, sources in events:
            yield self.sourced(spans, sources)
        yield from self.claims(key)

    def claims(self, key: str, most: int | None = None) -> Iterator[Sentence]:
        """Yield what became known this week, in the order of its days, until the space of the heading is used.

        What somebody says of itself comes first; what is contested stands under its own heading.
        """
        chosen = [held for held in self.new if _UNDER[section_of(self.view, held.claim)] == key]
        chosen.sort(
            key=lambda held: (held.handle in self.contested_claims, _RANK[held.claim.strength], held.claim.slug)
        )
        left, kept = MOST_WORDS, list[KnownClaim]()
        for held in chosen[:most]:
            left -= len(full_statement(self.view, held).split())
            if left >= 0:
                kept.append(held)
        kept.sort(key=lambda held: (str(held.claim.asserted_on or ""), held.claim.slug))
        for held in kept:
            said = self.w.without_zone(full_statement(self.view, held).rstrip("."))
            spans = self.speaker(held)
            first = said[:1].lower() if _is_plain(said) else said[:1]
            words = Span(text=f"{first}{said[1:]}.", look=Look.WORDS, language="en")
            yield self.sourced((*spans, words), [self.source(held)])
        if len(kept) < len(chosen):
            yield Sentence(spans=self.say("more-claims", n=len(chosen) - len(kept)))

    def speaker(self, held: KnownClaim) -> Spans:
        """Return who says something and, where the words do not tell, of what it is said."""
        mark = "~ " if held.claim.is_invented else ""
        [who] = self.w.source(f"{mark}{capital(speaker_text(self.view, held, self.w.language))}")
        subject = _subject(self.view, held)
        if not subject or subject == who.text.removeprefix("~ "):
            return who, Span(text=": ")
        told = self.say("of-subject", who=(who,), subject=(Span(text=subject, look=Look.NAME),))
        return (*told, Span(text=" "))

    def source(self, held: KnownClaim) -> Spans:
        return (Span(text=chain_text(self.view, held, self.w.language), look=Look.WORDS, language=self.w.language),)

    def cease_fire(self) -> Iterator[Sentence]:
        """Yield what each ledger has, which days have no bulletin, and what else is said."""
        told = [*ledger_sentences(self.view, self.week, self.w)]
        for spans, sources in told:
            yield self.sourced(spans, sources)
        yield from self.claims("cease-fire", most=max(1, 3 - len(told)))

    def contested(self) -> Iterator[Sentence]:
        """Yield each contested question of the week with its sides, in the order of their dates."""
        every = self.questions
        for question in every[:_MOST_CONTESTED]:
            by_value: dict[str, list[KnownClaim]] = {}
            for held in rivals(self.view, question):
                by_value.setdefault(value_text(self.view, held.claim.value), []).append(held)
            sides: list[Span] = []
            for value, claims in by_value.items():
                who = and_listed(list(dict.fromkeys(speaker_text(self.view, held, self.w.language) for held in claims)))
                sides += [Span(text=self.w.semicolon)] if sides else []
                sides += self.say(
                    "side",
                    who=self.w.source(capital(who)),
                    value=(Span(text=value.rstrip("."), look=Look.WORDS, language="en"),),
                )
            title = self.w.prose(question.title)
            sources = [self.source(held) for claims in by_value.values() for held in claims]
            yield self.sourced(self.say("contested-one", question=title, sides=tuple(sides)), sources)
        if len(every) > _MOST_CONTESTED:
            yield Sentence(spans=self.say("contested-more", n=len(every) - _MOST_CONTESTED))

    def next(self) -> Iterator[Sentence]:
        told = [*due_sentences(self.view, self.week, self.w, confidences=self.note.confidences)]
        for spans, sources in told:
            yield self.sourced(spans, sources)
        if not told:
            yield Sentence(spans=self.say("nothing-due"))


def _subject(view: View, held: KnownClaim) -> str:
    """Return what a claim is about if its own sentence does not name it; nothing else in the note would say that."""
    about = held.claim.about
    known = view.known.actors.get(about)
    names = {subject_name(view, about)} | {name.text for name in (() if known is None else known.names)}
    said = full_statement(view, held)
    if said.startswith(("It ", "Its ")):
        # A pronoun stands for what the sentence does not name, whatever else it names.
        return subject_name(view, about)
    return "" if any(_name_in(name, said) for name in names) else subject_name(view, about)


def _name_in(name: str, said: str) -> bool:
    """Return whether a sentence names something, by its name or by the last word of it, such as a surname."""
    return f" {name.split()[-1]}".casefold() in f" {said}".casefold()


def _is_plain(said: str) -> bool:
    """Return whether a sentence begins with a word that has a capital only because it stands first."""
    return said.split(" ", 1)[0] in {
        "A",
        "An",
        "The",
        "It",
        "Its",
        "They",
        "Their",
        "Only",
        "After",
        "Neither",
        "Another",
    }
