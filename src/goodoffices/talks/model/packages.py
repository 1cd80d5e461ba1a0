"""Packages: options that stand or fall together, steps, and the conditions between them.

There are two conditions. *Needs*: one thing holds only if another holds. *After*: one step follows another. It then
follows the start of the other, its completion, or this is *not stated*. What is not stated is never guessed: an answer
that depends on it is given under both readings.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.slugs import check_slug


class End(StrEnum):
    """The end of a step that another step follows: its start or its completion."""

    START = "start"
    COMPLETION = "completion"
    NOT_STATED = "not-stated"


READINGS = (End.START, End.COMPLETION)
"""The two possible readings of an end that is not stated."""


class FaultKind(StrEnum):
    """What can be missing or wrong in the sequence of a package."""

    CYCLE = "cycle"
    DANGLING = "dangling"
    NOT_STATED = "not-stated"
    NO_OBLIGOR = "no-obligor"
    NO_DATE = "no-date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """The option or variant that a package takes for one issue or bracket."""

    slug: str
    option: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to be done: what, by whom, and by when. The time is a day, or a number of days after another step."""

    slug: str
    what: str = ""
    obligors: tuple[str, ...] = ()
    due: date | None = None
    due_days: int | None = None

    @property
    def has_date(self) -> bool:
        """Whether the step says by when it must be done."""
        return self.due is not None or self.due_days is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """``one`` holds only if ``other`` holds."""

    one: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """``one`` follows ``other``. The fields say which end of the one waits for which end of the other."""

    one: str
    other: str
    end: End = End.NOT_STATED
    waits: End = End.START

    def __post_init__(self) -> None:
        if self.waits is End.NOT_STATED:
            raise ScenarioError(
                Phrase(
                    "which end of {one} follows {other}? give 'start' or 'completion'",
                    one=repr(self.one),
                    other=repr(self.other),
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Options, variants and steps that stand or fall together, with their conditions. It may leave issues open."""

    slug: str
    title: str = ""
    picked: tuple[Picked, ...] = ()
    steps: tuple[Step, ...] = ()
    needs: tuple[Needs, ...] = ()
    after: tuple[After, ...] = ()

    def __post_init__(self) -> None:
        check_slug(self.slug, "package")
        seen: set[str] = set()
        for slug in self.members:
            if slug in seen:
                raise ScenarioError(
                    Phrase(
                        "package {slug} names {slug_2} twice; name each issue and step once",
                        slug=repr(self.slug),
                        slug_2=repr(slug),
                    )
                )
            seen.add(slug)

    @property
    def conditions(self) -> tuple[Needs | After, ...]:
        """All conditions, the *needs* first."""
        return (*self.needs, *self.after)

    @property
    def members(self) -> tuple[str, ...]:
        """The slugs of everything in the package, in its order."""
        return (*(p.slug for p in self.picked), *(s.slug for s in self.steps))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something missing or wrong: its kind, the steps it is in, and for a cycle the readings under which it exists."""

    kind: FaultKind
    steps: tuple[str, ...]
    readings: tuple[End, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What can be demanded of an obligor now: to start or to complete a step."""

    obligor: str
    step: str
    end: End


_Event = tuple[str, End]
_START, _DONE = End.START, End.COMPLETION


def faults(package: Package) -> tuple[Fault, ...]:
    """Return everything that is missing or wrong in the sequence of a package.

    Cycles come first, then conditions that refer to something outside the package, *after* conditions with an end that
    is not stated, steps without an obligor, and steps without a date.
    """
    found = list(cycles(package))
    found += [Fault(kind=FaultKind.DANGLING, steps=pair) for pair in dangling(package, package.members)]
    found += [
        Fault(kind=FaultKind.NOT_STATED, steps=(a.one, a.other)) for a in package.after if a.end is End.NOT_STATED
    ]
    found += [Fault(kind=FaultKind.NO_OBLIGOR, steps=(s.slug,)) for s in package.steps if not s.obligors]
    found += [Fault(kind=FaultKind.NO_DATE, steps=(s.slug,)) for s in package.steps if not s.has_date]
    return tuple(found)


def cycles(package: Package) -> tuple[Fault, ...]:
    """Return each group of steps that wait for each other, with the readings of *not stated* under which they do."""
    readings: dict[tuple[str, ...], list[End]] = {}
    for reading in READINGS:
        for knot in _knots(_waits(package, reading)):
            steps = tuple(slug for slug in _order(package) if slug in knot)
            readings.setdefault(steps, []).append(reading)
    return tuple(Fault(kind=FaultKind.CYCLE, steps=steps, readings=tuple(r)) for steps, r in readings.items())


def dangling(package: Package, kept: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs (what waits, what is left out): conditions of kept members on members that are not kept."""
    pairs = ((c.one, c.other) for c in package.conditions)
    return tuple(dict.fromkeys((one, other) for one, other in pairs if one in kept and other not in kept))


def demanded(package: Package, done: Mapping[str, End], reading: End) -> tuple[Demand, ...]:
    """Return what can be demanded now, for each obligor.

    Parameters
    ----------
    package
        The package. An option holds once it is in ``done``.
    done
        How far each step has come: *start* or *completion*. Steps that have not begun are left out.
    reading
        How to read an end that is not stated.

    Returns
    -------
    tuple of Demand
        In the order of the steps. The start of each step that has not begun and no longer waits for anything, and the
        completion of each step that has begun and can be completed.
    """
    if reading not in READINGS:
        raise ScenarioError(Phrase("a reading is 'start' or 'completion', not {value}", value=repr(reading.value)))
    waits = _waits(package, reading)
    happened = {(slug, _START) for slug in done} | {(slug, _DONE) for slug, end in done.items() if end is _DONE}
    made = []
    for step in package.steps:
        event = (step.slug, _DONE if step.slug in done else _START)
        if event not in happened and waits.get(event, frozenset()) <= happened:
            made += [Demand(obligor=obligor, step=step.slug, end=event[1]) for obligor in step.obligors]
    return tuple(made)


def differing(package: Package, done: Mapping[str, End]) -> tuple[Demand, ...]:
    """Return what can be demanded under only one of the two readings of what is not stated."""
    one, other = (set(demanded(package, done, reading)) for reading in READINGS)
    return tuple(sorted(one ^ other, key=lambda d: (d.step, d.obligor, d.end)))


def parting(one: Package, other: Package) -> tuple[str, ...]:
    """Return the steps whose conditions differ between two accounts of the same sequence, in order."""
    first, second = (_conditions(package) for package in (one, other))
    order = dict.fromkeys((*_order(one), *_order(other)))
    return tuple(slug for slug in order if first.get(slug, set()) != second.get(slug, set()))


def _conditions(package: Package) -> Mapping[str, set[Needs | After]]:
    found: dict[str, set[Needs | After]] = {}
    for condition in package.conditions:
        found.setdefault(condition.one, set()).add(condition)
    return found


def _order(package: Package) -> tuple[str, ...]:
    """Return the slugs of everything that the package names, members first."""
    named = (slug for c in package.conditions for slug in (c.one, c.other))
    return tuple(dict.fromkeys((*package.members, *named)))


def _waits(package: Package, reading: End) -> Mapping[_Event, frozenset[_Event]]:
    """Return the starts and completions that each start and each completion waits for.

    A thing that needs another cannot be demanded before the other is complete.
    """
    found: dict[_Event, set[_Event]] = {(slug, _DONE): {(slug, _START)} for slug in _order(package)}
    for needs in package.needs:
        found.setdefault((needs.one, _START), set()).add((needs.other, _DONE))
    for after in package.after:
        end = reading if after.end is End.NOT_STATED else after.end
        found.setdefault((after.one, after.waits), set()).add((after.other, end))
    return {event: frozenset(others) for event, others in found.items()}


def _knots(waits: Mapping[_Event, frozenset[_Event]]) -> Iterable[frozenset[str]]:
    """Return the sets of steps that wait for each other in a circle."""
    reach = {event: _reach(event, lambda e: waits.get(e, frozenset())) for event in waits}
    knots = {
        frozenset(slug for slug, _ in {e for e in reach[event] if event in reach.get(e, frozenset())})
        for event in waits
        if event in reach[event]
    }
    return sorted(knots, key=sorted)


def _reach(start: _Event, following: Callable[[_Event], frozenset[_Event]]) -> frozenset[_Event]:
    seen: set[_Event] = set()
    open_ = list(following(start))
    while open_:
        event = open_.pop()
        if event not in seen:
            seen.add(event)
            open_ += following(event)
    return frozenset(seen)
