"""What one automated seat sees at one moment: its view, its orders, its draws, and what it reads in its papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import NamedTuple
from zlib import crc32

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.draws import Draws
from goodoffices.rehearsal.seats.lexicon import Lexicon, Stand, lexicon_of
from goodoffices.rehearsal.seats.orders import Orders
from goodoffices.rehearsal.seats.points import Point, read_points
from goodoffices.rehearsal.seats.worths import Worths, worths_for
from goodoffices.talks.base.acts import Body, bodies
from goodoffices.talks.base.enums import Form, Role
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.base.states import ItemCame
from goodoffices.talks.exchange.clearances import has_passed
from goodoffices.talks.state.contact_rules import may_contact
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_exchange import KnownItem, KnownTelling
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.state.permissions import carries
from goodoffices.talks.state.view import View

LANGUAGES = ("en", "ar")
QUIET_MINUTES = 11
"""A sentence is not heard again within ten minutes of real time; one more for what is on its way."""


class Paper(NamedTuple):
    """A paper as this seat reads it. ``by`` is its originator, or ``None`` if that is not stated."""

    handle: str
    at: datetime
    points: tuple[Point, ...]
    by: str | None
    teller: str
    form: Form | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Outlook:
    """One seat at one moment. Everything in it follows from the four arguments."""

    view: View
    orders: Orders
    moment: datetime
    draws: Draws

    @property
    def seat(self) -> str:
        """The seat itself."""
        return self.orders.seat

    @property
    def known(self) -> Knowledge:
        """What the seat knows."""
        return self.view.known

    @cached_property
    def powers(self) -> frozenset[str]:
        """The commands that the seat may give."""
        return self.view.powers

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words for points on the agenda of the talks."""
        return lexicon_of(self.known.agenda, self.view.zone)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the seat writes its papers."""
        own = tuple(lang for lang in LANGUAGES if lang in self.known.header.languages)
        return own or ("en",)

    def tongue(self, *written: Body) -> str:
        """Return in which of the seat's languages it answers what is written: in the first, unless that has others."""
        own = [body.lang for body in written if body.lang in self.languages]
        return self.languages[0] if not own or self.languages[0] in own else own[0]

    def tongue_for(self, seat: str, *written: Body) -> str:
        """Return in which language the seat tells another what is written: in that of the other's own last paper.

        Without such a paper it is that of what is written.
        """
        exact = (item for item in reversed(self.items) if item.originator == seat)
        last = next((item.words for item in exact if item.form in (None, Form.VERBATIM) and item.words), ())
        return self.tongue(*(last if any(body.lang in self.languages for body in last) else written))

    @cached_property
    def worths(self) -> Worths:
        """What each option is worth to the seat."""
        return worths_for(self.orders.brief, self.lexicon)

    @property
    def share(self) -> float:
        """The share of the exercise that has passed, from 0 to 1."""
        table = self.orders.timetable
        return min(1.0, max(0.0, (self.moment - table.starts_at) / (table.ends_at - table.starts_at)))

    @property
    def aspiration(self) -> float:
        """The least worth that the seat aims at now; it falls to the reservation value at the end."""
        return self.worths.aspiration(self.share)

    # ------------------------------------------------------------------------------------------------- who is who

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The open seats of parties."""
        return tuple(s.slug for s in self.known.seats.values() if Role.PARTY in s.roles and not s.closed)

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The parties on the other side: all but the seat itself."""
        return tuple(seat for seat in self.parties if seat != self.seat)

    def first_trust(self, seat: str) -> int:
        """Return the trust in a seat at the start, from 0 to 100."""
        return self.orders.brief.temper.trust.get(seat, 50)

    @cached_property
    def carriers(self) -> tuple[str, ...]:
        """The intermediaries that the seat hands its papers to: the most trusted, and a second unless it is proud."""
        open_ = [s.slug for s in self.known.seats.values() if carries(s) and may_contact(self.known, self.seat, s.slug)]
        ranked = sorted(open_, key=lambda slug: (-self.first_trust(slug), not self._is_neutral(slug), slug))
        most = 1 if self.orders.brief.temper.pride >= 80 else 2
        return tuple(slug for k, slug in enumerate(ranked[:most]) if k == 0 or self.first_trust(slug) >= 50)

    def _is_neutral(self, seat: str) -> bool:
        return bool({Role.FACILITATOR, Role.MEDIATOR} & set(self.known.seats[seat].roles))

    @cached_property
    def client(self) -> str | None:
        """The party that the seat backs: the one it is said to guarantee, or else the one it trusts most."""
        me = self.known.actor_of(self.seat)
        backed = {role.of for role in self.known.roles if role.role == Role.GUARANTOR and role.actor == me}
        named = [slug for slug in self.parties if self.known.actor_of(slug) in backed]
        ranked = sorted(self.parties, key=lambda slug: (-self.first_trust(slug), slug))
        trusted = [slug for slug in ranked if self.first_trust(slug) >= 60]
        return next(iter((*named, *trusted)), None)

    # ---------------------------------------------------------------------------------------------------- chance

    def chance(self, key: str, place: int = 0) -> float:
        """Return the seat's random number for a named choice, from 0 to below 1; always the same for the same name."""
        return self.draws.at(crc32(key.encode())).uniform(place)

    def after(self, at: datetime, key: str, least: int, most: int) -> datetime:
        """Return a time some minutes after ``at``, drawn between ``least`` and ``most``, and never in the night."""
        minutes = least + int(self.chance(key) * (most - least + 1))
        due = self.awake(at) + timedelta(minutes=minutes)
        return due if self.awake(due) == due else self.awake(due) + timedelta(minutes=minutes)

    def awake(self, at: datetime) -> datetime:
        """Return ``at``, or the end of the night in which it falls."""
        return self.orders.timetable.awake(at)

    @cached_property
    def jumps(self) -> tuple[tuple[datetime, datetime], ...]:
        """When the clock was put forward, and to which time, oldest first."""
        put = (notice for notice in self.view.notices if notice.kind == "ClockJumped")
        return tuple((notice.when, parse_instant(notice.data["to"])) for notice in put)

    def run_before(self, minutes: int) -> datetime:
        """Return the time of the talks so many real minutes ago: the clock ran since then, and may have jumped."""
        left, until = timedelta(minutes=minutes * self.orders.timetable.pace), self.moment
        for before, after in reversed(self.jumps):
            if until - after >= left:
                break
            left, until = left - max(until - after, timedelta()), before
        return until - left

    # ---------------------------------------------------------------------------------------------------- papers

    def read(self, words: tuple[Body, ...]) -> tuple[Point, ...]:
        """Return the points of a paper in the first language in which it has any."""
        for body in words:
            text = self.view.text(body)
            points = () if text is None else read_points(text, self.lexicon, body.lang).points
            if points:
                return points
        return ()

    def understands(self, words: Body) -> bool:
        """Return whether words hold points and nothing that only looks like one; other words are not read at all."""
        text = self.view.text(words)
        if text is None or words.lang not in LANGUAGES:
            return False
        reading = read_points(text, self.lexicon, words.lang)
        return bool(reading.points) and not reading.asked

    def wished(self, words: Body) -> tuple[Point, ...]:
        """Return what proposed words of a text ask for: points, or the one option that they name as a clause does."""
        points, text = self.read((words,)), self.view.text(words)
        if points or text is None or words.lang not in LANGUAGES:
            return points
        found = read_clause(text, self.lexicon, words.lang)
        return () if found is None else (Point(issue=found[0], options=(found[1],), stand=Stand.ASK),)

    def _paper(self, item: KnownItem) -> Paper:
        teller = item.teller or item.originator or self.seat
        return Paper(item.handle, item.at, self.read(item.words), item.originator, teller, item.form)

    @cached_property
    def items(self) -> tuple[KnownItem, ...]:
        """The items that the seat knows, oldest first."""
        return tuple(self.known.items.values())

    @cached_property
    def own_papers(self) -> tuple[Paper, ...]:
        """The seat's own papers that it has not withdrawn, oldest first."""
        return tuple(self._paper(i) for i in self.items if i.came == ItemCame.FILED and i.ended is None)

    @cached_property
    def told(self) -> tuple[Paper, ...]:
        """What the seat was told, oldest first."""
        return tuple(self._paper(i) for i in self.items if i.came == ItemCame.TOLD)

    @cached_property
    def handed(self) -> tuple[Paper, ...]:
        """What the seat was handed, oldest first."""
        return tuple(self._paper(i) for i in self.items if i.came == ItemCame.HANDED)

    @cached_property
    def heard_lately(self) -> frozenset[str]:
        """The sentences that the seat wrote, got, told or heard in the last ten minutes of real time.

        A paper of its own that is still to be told, or was told to somebody lately, is heard by others now.
        """
        since = self.run_before(QUIET_MINUTES)
        heard = [body for item in self.items if self._is_heard(item, since) for body in item.words]
        heard += [c.words for c in self.known.comments.values() if c.words is not None and c.at >= since]
        heard += [spoken.words for spoken in self.known.interventions if spoken.at >= since]
        heard += [a.words for a in self.known.allegations.values() if a.words is not None and a.at >= since]
        heard += self._answered_since(since)
        texts = (self.view.text(body) or "" for body in heard if body.lang in LANGUAGES)
        return frozenset(line for text in texts for line in text.split("\n"))

    def _is_heard(self, item: KnownItem, since: datetime) -> bool:
        told = [self.known.tellings[handle] for handle in item.tellings]
        if max((item.at, *(telling.at for telling in told))) >= since:
            return True
        if item.came != ItemCame.FILED or item.ended is not None or item.at < self.orders.timetable.starts_at:
            return False
        given = [self.known.clearances[handle] for handle in item.clearances]
        if not given:
            return not told
        # Each of its carriers may still tell it, also to those who have it from another one.
        heard = {(telling.by, telling.to) for telling in told}
        still = (c for c in given if not has_passed(c, self.moment))
        return any((via, to) not in heard for c in still for via in c.via or item.holders for to in c.to if via != to)

    def told_lately(self, to: str) -> frozenset[str]:
        """Return the sentences that the seat told another in the last ten minutes of real time."""
        since = self.run_before(QUIET_MINUTES)
        told = (t for t in self.known.tellings.values() if t.by == self.seat and t.to == to and t.at >= since)
        bodies_ = (body for one in told for body in self._words_of(one))
        return frozenset(line for body in bodies_ for line in (self.view.text(body) or "").split("\n"))

    def _words_of(self, telling: KnownTelling) -> tuple[Body, ...]:
        held = self.known.items.get(telling.item or "")
        return (telling.words,) if telling.words is not None else () if held is None else held.words

    def _answered_since(self, since: datetime) -> list[Body]:
        lately = takewhile(lambda notice: notice.when >= since, reversed(self.view.notices))
        answers = [notice.data.get("words") for notice in lately if notice.kind == "ReadBackAnswered"]
        return list(bodies([answer for answer in answers if answer is not None]))

    @cached_property
    def clauses(self) -> Mapping[str, Mapping[str, tuple[str, str]]]:
        """By version and clause, the issue and option that it names, in the first language in which any does."""
        found = self.clauses_by_language.items()
        return {handle: next((c for c in papers.values() if c), {}) for handle, papers in found}

    @cached_property
    def clauses_by_language(self) -> Mapping[str, Mapping[str, Mapping[str, tuple[str, str]]]]:
        """By version, language and clause, the issue and option that the clause names; others are left out."""
        return {
            handle: {
                paper.lang: dict(clauses_in(self.view, self.lexicon, version, paper))
                for paper in version.papers
                if paper.lang in LANGUAGES
            }
            for handle, version in self.known.versions.items()
        }

    @cached_property
    def notices_of(self) -> Mapping[str, int]:
        """The number of the first notice that names each thing, for reasons that cite notices."""
        first: dict[str, int] = {}
        for notice in self.view.notices:
            for value in notice.data.values():
                for name in value if isinstance(value, list) else (value,):
                    if isinstance(name, str):
                        first.setdefault(name, notice.n)
        return first


def clauses_in(
    view: View, lexicon: Lexicon, version: KnownVersion, paper: Body
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each clause of a version, in the language of one of its papers, that names one option of an issue."""
    parts = (view.text(paper) or "").split("\n## ")[1:]
    if len(parts) == len(version.clauses):
        for clause, part in zip(version.clauses, parts, strict=True):
            found = read_clause(part.partition("\n")[2], lexicon, paper.lang)
            if found is not None:
                yield clause, found


@lru_cache(maxsize=4096)
def read_clause(words: str, lexicon: Lexicon, language: str) -> tuple[str, str] | None:
    """Return the issue and option that a clause of a text names, or ``None`` if it names none or several."""
    text = " ".join(words.split()).replace("\\", "")
    stand = {"en": "We offer.", "ar": "نعرض ذلك."}[language]
    points = read_points(f"{text.rstrip('.')}. {stand}", lexicon, language).points
    return (points[0].issue, points[0].option) if len(points) == 1 and len(points[0].options) == 1 else None
