"""Cease-fire terms, areas, ledgers and the days they report."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import field
from datetime import date, datetime, timedelta

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, quoted
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.model.actors import Name

ALLEGATION_KINDS = (
    "small-arms",
    "shelling",
    "air-strike",
    "drone",
    "rocket-or-missile",
    "ground-attack",
    "mine-or-explosive",
    "movement-of-forces",
    "fortification",
    "detention-or-abduction",
    "attack-on-civilians",
    "obstruction-of-monitors",
    "obstruction-of-aid",
    "siege-act",
    "overflight",
    "exercise",
    "provocation",
    "other",
)
DEATH_TIMINGS = ("new", "recovered", "late-approval", "succumbed")
"""When those told of as killed died: now, or earlier and found, approved or dead of their wounds only now."""
LATE_DEATHS = frozenset(DEATH_TIMINGS[1:])
UNSTATED = "?"
_MOST_DIGITS = 7
_MOST_DEGREES = (90, 180)


def figures_of(text: str) -> tuple[int | None, int | None, int | None]:
    """Return the lowest, the best and the highest number that ``3-5-8`` states; a question mark is not stated.

    Raises
    ------
    ScenarioError
        If it is not three numbers, or they are not in order.

    Examples
    --------
    >>> figures_of("3-5-8"), figures_of("12-?-?")
    ((3, 5, 8), (12, None, None))
    """
    parts = text.split("-")
    if len(parts) != 3 or not all(
        part == UNSTATED or (part.isascii() and part.isdecimal() and len(part) <= _MOST_DIGITS) for part in parts
    ):
        raise ScenarioError(
            Phrase(
                "{text} is not lowest, best and highest; write it like 3-5-8, with ? for what is not stated",
                text=quoted(text),
            )
        )
    low, best, high = (None if part == UNSTATED else int(part) for part in parts)
    stated = [number for number in (low, best, high) if number is not None]
    if stated != sorted(stated):
        raise ScenarioError(
            Phrase("{text} is not in order; write the lowest first and the highest last", text=quoted(text))
        )
    return low, best, high


def point_of(text: str) -> tuple[float, float]:
    """Return the latitude and longitude that ``33.617,36.186`` states, in degrees.

    Raises
    ------
    ScenarioError
        If it is not two numbers in their range.
    """
    north, comma, east = text.partition(",")
    if comma and _is_decimal(north) and _is_decimal(east):
        try:
            latitude, longitude = float(north), float(east)
        except ValueError:
            pass
        else:
            if abs(latitude) <= _MOST_DEGREES[0] and abs(longitude) <= _MOST_DEGREES[1]:
                return latitude, longitude
    raise ScenarioError(
        Phrase("{text} is not a latitude and a longitude in degrees; write them like 33.617,36.186", text=quoted(text))
    )


def _is_decimal(text: str) -> bool:
    return text.strip().replace(".", "", 1).lstrip("-").isdecimal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A place that terms or allegations can name.

    ``level`` says what it is: *settlement*, *district*, *governorate* or *country*; left out, its code and the area it
    lies in say so.
    """

    slug: str
    names: tuple[Name, ...]
    code: str | None = None
    part_of: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A claim about when a cease-fire entered into force: a local time with its zone, and the instant it means."""

    instant: datetime
    zone: str
    words: str = ""
    areas: tuple[str, ...] = ()
    until: datetime | None = None
    claim: str | None = None


RULE_EFFECTS = ("prohibited", "permitted")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRule:
    """What one clause says of kinds of acts: that they are prohibited, or permitted as an exception."""

    clause: str
    kinds: tuple[str, ...]
    effect: str = "prohibited"

    def __post_init__(self) -> None:
        for kind in self.kinds:
            if kind not in ALLEGATION_KINDS:
                raise ScenarioError(
                    Phrase(
                        "unknown kind of act {kind}; known: {allegation_kinds}",
                        kind=quoted(kind),
                        allegation_kinds=", ".join(ALLEGATION_KINDS),
                    )
                )
        if self.effect not in RULE_EFFECTS:
            raise ScenarioError(
                Phrase(
                    "{effect} is neither 'prohibited' nor 'permitted'; write one of the two", effect=quoted(self.effect)
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class CeasefireTerms:
    """What one exact copy of a cease-fire says: who is covered, who is excluded, where, and since when.

    If two sides have different copies, there are two sets of terms. They are never merged. ``zones`` are the short
    names of zones that the copy names: where they lie is what all their parties approved, or not known.
    """

    slug: str
    title: str
    copy_of: str = ""
    covered: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    in_force: tuple[InForce, ...] = ()
    summary: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    rules: tuple[ActRule, ...] = ()
    zones: tuple[str, ...] = ()


STEPS = ("first-look", "verification", "legal-check", "committee", "asking")
"""The steps of an allegation after it was filed, in order: each in the hands of somebody else."""
COMMITTEE_RULES = ("all", "majority")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """Who holds which step on the way of an allegation, and by which rule its committee decides.

    Attributes
    ----------
    ledgers
        The short names of the ledgers that it takes allegations from; empty: all.
    holders
        Pairs of a step of ``STEPS`` and a seat. A step that nobody holds is open to every seat with the power for it.
    rule
        Of how many seats of the committee a decision needs the agreement: *all*, or a *majority* of them.
    known_from
        From when people could know of it; ``None``: from the beginning.
    """

    slug: str
    title: str
    ledgers: tuple[str, ...] = ()
    holders: tuple[tuple[str, str], ...] = ()
    rule: str = "all"
    known_from: datetime | date | None = None

    def __post_init__(self) -> None:
        for step, _ in self.holders:
            if step not in STEPS:
                raise ScenarioError(
                    Phrase(
                        "{step} is not a step of a mechanism; known: {steps}", step=quoted(step), steps=", ".join(STEPS)
                    )
                )
        if self.rule not in COMMITTEE_RULES:
            raise ScenarioError(
                Phrase(
                    "{rule} is not a rule of a committee; known: {committee_rules}",
                    rule=quoted(self.rule),
                    committee_rules=", ".join(COMMITTEE_RULES),
                )
            )

    def seats(self, step: str) -> tuple[str, ...]:
        """Return the seats that hold a step."""
        return tuple(seat for held, seat in self.holders if held == step)

    def is_met(self, agreed: Collection[str]) -> bool:
        """Say whether enough seats of the committee agree.

        Examples
        --------
        >>> holders = tuple(("committee", seat) for seat in "abc")
        >>> three = Mechanism(slug="m", title="M", holders=holders, rule="majority")
        >>> three.is_met({"a"}), three.is_met({"a", "b"})
        (False, True)
        """
        members = self.seats("committee")
        n = len({*members} & {*agreed})
        return n == len(members) if self.rule == "all" else 2 * n > len(members)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReport:
    """What one ledger states for one day: counts per area, and what the other ledger's keeper said about them.

    ``counts`` are (area, count) pairs; an empty area means that the bulletin gives no place. ``total`` is the total as
    stated. ``confirmed`` and ``explained`` are how many of the reports the *other* keeper confirmed or explained.
    ``None`` means *not stated*, which is different from 0. A bulletin that covers several days ends with ``day``.
    """

    day: date
    n_days: int = 1
    counts: tuple[tuple[str, int], ...] = ()
    total: int | None = None
    confirmed: int | None = None
    explained: int | None = None
    source: str = ""
    note: str = ""
    known_from: datetime | date | None = None

    @property
    def figure(self) -> int | None:
        """The total as stated, or that of its areas; ``None`` if it gives no figure, which is not zero."""
        if self.total is None and not self.counts:
            return None
        return sum(count for _, count in self.counts) if self.total is None else self.total


def checked_above_total(counts: Iterable[int], total: int | None, *checked: int | None) -> tuple[int, int] | None:
    """Return how many reports of a day were confirmed or explained, and of how many, if these are more than there are.

    ``counts`` are those per area. A day that gives neither a total nor a count does not say how many there are.

    Examples
    --------
    >>> checked_above_total([1, 2], None, 2, 2)
    (4, 3)
    >>> checked_above_total([1, 2], 5, 2, 2) is None
    True
    """
    stated = tuple(counts)
    said, whole = sum(one or 0 for one in checked), max(sum(stated), total or 0)
    return (said, whole) if said > whole and (total is not None or stated) else None


def covered_days(report: DayReport) -> tuple[date, ...]:
    """Return the days that a bulletin covers, the first first; the last is its own day.

    Examples
    --------
    >>> [day.day for day in covered_days(DayReport(day=date(2017, 1, 23), n_days=2))]
    [22, 23]
    """
    n_days = min(report.n_days, report.day.toordinal())
    return tuple(report.day - timedelta(days=n) for n in reversed(range(n_days)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A ledger of allegations: who keeps it, and whether it reports every day.

    ``is_open`` says that all seats of the talks may read it.
    """

    slug: str
    keeper: str
    title: str = ""
    kind: str = ""
    reports: str = "unknown"
    credit: str = ""
    is_open: bool | None = None
    days: tuple[DayReport, ...] = field(default=(), repr=False)
