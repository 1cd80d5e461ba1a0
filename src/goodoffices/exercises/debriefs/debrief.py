"""The debrief: what happened, who knew what when, who was told what, what came of it, and what really happened.

It is made of views alone, after control has revealed the exercise: nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from goodoffices.canonical_json import parse_canonical
from goodoffices.data_class import dataclass
from goodoffices.exercises.debriefs.red_lines import BriefedLine, red_lines_of
from goodoffices.talks.base.acts import CLOCK, Body
from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.exercise.conditions import WhatHappened, parse_condition
from goodoffices.talks.model.claims import Claim
from goodoffices.talks.model.exercise import ForecastQuestion
from goodoffices.talks.model.known_exercise import HowFar, KnownForecast, KnownMoment, KnownReflection
from goodoffices.talks.state.slices import Notice
from goodoffices.talks.state.view import View

_LAST = datetime.max.replace(tzinfo=UTC)
PRIVATE = frozenset({"MomentNoted", "ReflectionMade"})
"""What is shown only when control reveals all, and not all but notes."""
_UNMARKED = frozenset({"ViewExported", "ReceiptIssued"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One act on the timeline: whose it was, as its author saw it, and the seats that were told of it."""

    at: datetime
    seat: str
    notice: Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Carriage:
    """One relay: whose paper, who told it to whom, in which form, and the minutes from clearance to telling.

    ``minutes`` is ``None`` if no clearance came before it. ``told_at`` is ``None`` for what was cleared and never told.
    """

    originator: str
    teller: str
    to: str
    form: str
    told_at: datetime | None
    cleared_at: datetime | None
    cleared_words: Body | None = None
    told_words: Body | None = None

    @property
    def minutes(self) -> int | None:
        """The minutes of the talks from the clearance to the telling."""
        if self.told_at is None or self.cleared_at is None:
            return None
        return int((self.told_at - self.cleared_at).total_seconds() // 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One version of a text, with its writer, how many brackets are open in it, and who holds it."""

    text: str
    version: str
    code: str
    writer: str
    at: datetime
    n_open: int
    holders: tuple[str, ...] = ()
    stances: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A seat's last forecast of a question, the answer, and its Brier score: 0 is best, 1 is worst."""

    seat: str
    question: ForecastQuestion
    percent: int
    happened: bool

    @property
    def brier(self) -> Fraction:
        """The squared distance between the forecast and what happened."""
        return (Fraction(self.percent, 100) - int(self.happened)) ** 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """Everything that is shown after the end, as far as control has revealed it."""

    happenings: tuple[Happening, ...] = ()
    carriages: tuple[Carriage, ...] = ()
    versions: tuple[VersionRow, ...] = ()
    scores: tuple[Score, ...] = ()
    reality: tuple[Claim, ...] = ()
    moments: tuple[KnownMoment, ...] = ()
    reflections: tuple[KnownReflection, ...] = ()
    red_lines: tuple[BriefedLine, ...] = ()


def debrief_of(views: Mapping[str, View], facts: WhatHappened, how_far: HowFar) -> Debrief:
    """Return the debrief.

    Parameters
    ----------
    views
        What every seat may know, and what the clock keeps.
    facts
        What happened as a whole, to answer what was forecast.
    how_far
        How far control has revealed it; private notes only with *all*.
    """
    noted = how_far is HowFar.ALL
    seats = {slug: view for slug, view in views.items() if slug != CLOCK}
    return Debrief(
        happenings=tuple(one for one in _happenings(seats) if noted or one.notice.kind not in PRIVATE),
        carriages=_carriages(seats),
        versions=_versions(seats),
        scores=_scores(seats, facts),
        reality=_reality(views),
        moments=tuple(one for view in seats.values() for one in view.known.moments) if noted else (),
        reflections=_reflections(seats, noted=noted),
        red_lines=red_lines_of(seats),
    )


def _happenings(seats: Mapping[str, View]) -> tuple[Happening, ...]:
    found = []
    for slug, view in seats.items():
        opened = view.notices[0].at if len(view.notices) else ""
        for notice in view.notices:
            first = notice.at == opened and notice.kind not in ("ExerciseStarted", "ItemFiled")
            if notice.by == slug and notice.face in ("self", "own") and not first and notice.kind not in _UNMARKED:
                found.append(Happening(at=notice.when, seat=slug, notice=notice))
    control = next(
        (view for view in seats.values() if "ExerciseStarted" in {n.kind for n in view.notices if n.by == view.seat}),
        None,
    )
    for notice in control.notices if control is not None else ():
        if notice.by == CLOCK and notice.kind == "InjectGiven":
            found.append(Happening(at=notice.when, seat=CLOCK, notice=notice))
    return tuple(sorted(found, key=lambda one: (one.at, one.seat, one.notice.n)))


def knew_then(view: View, at: datetime, how_far: HowFar) -> tuple[Notice, ...]:
    """Return what a seat had been told by a moment, after the talks were opened, the oldest first."""
    opened = view.notices[0].at if len(view.notices) else ""
    hidden = () if how_far is HowFar.ALL else PRIVATE
    return tuple(n for n in view.notices if n.when <= at and n.at > opened and n.kind not in hidden)


def notices_by(view: View, at: datetime) -> int:
    """Return the number of the last notice that a seat had at a moment."""
    return sum(1 for notice in view.notices if notice.when <= at)


def _carriages(seats: Mapping[str, View]) -> tuple[Carriage, ...]:
    """Return every telling of somebody's paper, as its originator can check it, and what was never told."""
    found = []
    for slug, view in seats.items():
        known = view.known
        told: set[tuple[str, str]] = set()
        for telling in known.tellings.values():
            item = known.items.get(telling.item or "")
            if item is None or item.originator != slug or telling.by == slug:
                continue
            told.add((item.handle, telling.to))
            cleared = [c for c in known.clearances.values() if c.item == item.handle and telling.to in c.to and c.at]
            found.append(
                Carriage(
                    originator=slug, teller=telling.by, to=telling.to, form=telling.form.value, told_at=telling.at,
                    cleared_at=min((c.at for c in cleared if c.at is not None), default=None),
                    cleared_words=item.words[0] if item.words else None,
                    told_words=_told_words(seats, telling.by, telling.to, telling.at),
                )
            )  # fmt: skip
        for clearance in known.clearances.values():
            item = known.items.get(clearance.item)
            if item is None or item.originator != slug:
                continue
            found += [
                Carriage(
                    originator=slug, teller="", to=to, form=clearance.form.value, told_at=None,
                    cleared_at=clearance.at, cleared_words=item.words[0] if item.words else None,
                )
                for to in clearance.to
                if (item.handle, to) not in told and to not in item.holders
            ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.told_at or one.cleared_at or _LAST, one.originator)))


def _told_words(seats: Mapping[str, View], teller: str, to: str, at: datetime) -> Body | None:
    """Return the words that were really told, from the record of the one who told them."""
    view = seats.get(teller)
    tellings = () if view is None else view.known.tellings.values()
    return next((t.words for t in tellings if t.by == teller and t.to == to and t.at == at), None)


def _versions(seats: Mapping[str, View]) -> tuple[VersionRow, ...]:
    found = []
    for slug, view in seats.items():
        for notice in view.notices:
            if notice.kind not in ("TextTabled", "VersionWritten") or notice.by != slug or "version" not in notice.data:
                continue
            version = view.known.versions.get(notice.data["version"])
            text = None if version is None else view.known.texts.get(version.text)
            if version is None or text is None:
                continue
            holders = tuple(
                s for s, other in seats.items() if any(v.hash == version.hash for v in other.known.versions.values())
            )
            stances = dict.fromkeys(
                (stance.actor, stance.kind.value)
                for other in seats.values()
                for stance in other.known.stances.values()
                if stance.hash == version.hash
            )
            found.append(
                VersionRow(
                    text=text.frame.family or text.frame.kind.value, version=version.handle, code=version.hash[:8],
                    writer=slug, at=notice.when, n_open=len(notice.data.get("brackets", ())), holders=holders,
                    stances=tuple(stances),
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda row: (row.at, row.writer, row.version)))


def _scores(seats: Mapping[str, View], facts: WhatHappened) -> tuple[Score, ...]:
    plan = next((view.known.exercise.plan for view in seats.values() if view.known.exercise.plan is not None), None)
    if plan is None:
        return ()
    at = max(notice.when for view in seats.values() for notice in list(view.notices)[-1:])
    found = []
    for question in plan.forecasts:
        happened = parse_condition(question.resolves).holds(facts, at)
        for slug, view in seats.items():
            last: KnownForecast | None = None
            for forecast in view.known.forecasts:
                if forecast.by == slug and forecast.question == question.slug:
                    last = forecast
            if last is not None:
                found.append(Score(seat=slug, question=question, percent=last.percent, happened=happened))
    return tuple(found)


def _reality(views: Mapping[str, View]) -> tuple[Claim, ...]:
    """Return what the talks file says of later: claims that the clock told since the start, and those it kept."""
    clock = views.get(CLOCK)
    rows: list[Mapping[str, Any]] = []
    if clock is not None:
        for notice in clock.notices:
            if notice.kind == "RowScheduled":
                text = clock.text(Body(**notice.data["row"])) or "{}"
                rows.append(parse_canonical(text.encode()))
    claims = [from_plain(Claim, row["data"]["claim"]) for row in rows if row.get("kind") == "ClaimEntered"]
    return tuple(claim for claim in claims if claim.compartment is None)


def _reflections(seats: Mapping[str, View], *, noted: bool) -> tuple[KnownReflection, ...]:
    own = (one for slug, view in seats.items() for one in view.known.reflections if one.by == slug)
    return tuple(one for one in own if noted or one.is_shared)
