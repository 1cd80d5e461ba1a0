"""What follows from what a seat knows: contradictions, successions, what binds whom, a ledger's own totals.

Pure functions of one seat's knowledge. Contradictory claims are listed side by side, oldest assertion first; nothing is
averaged, counted as votes, or dropped.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from goodoffices.talks.entities import Claim, Value
from goodoffices.talks.known import Known, KnownClaim, KnownCommitment, KnownGuarantee, KnownLedger, KnownRecognition
from goodoffices.talks.vocabulary import ValueKind

__all__ = [
    "Contradiction",
    "LedgerTotals",
    "Owed",
    "Succession",
    "can_both_be_true",
    "contradictions",
    "ledger_totals",
    "owed",
    "recognitions_of",
    "successions",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Claims on one question that cannot all be true, oldest assertion first.

    ``question`` is the talks file's name for it, if it has one. ``marked`` says that a person declared it.
    """

    about: str
    aspect: str
    claims: tuple[KnownClaim, ...]
    question: str | None = None
    marked: bool = False


def can_both_be_true(first: Value, second: Value) -> bool:
    """Say whether two values of one thing can both be true.

    Numbers, *at least* and ranges are compared as intervals; sets of actors, yes or no, instants and words by equality.
    Values of different kinds are not comparable, so they are not called contradictory.
    """
    one, two = _interval(first), _interval(second)
    if one is not None and two is not None:
        return one[0] <= two[1] and two[0] <= one[1]
    if first.kind is not second.kind:
        return True
    return first == second


def _interval(value: Value) -> tuple[float, float] | None:
    if value.kind is ValueKind.NUMBER and value.low is not None:
        return value.low, value.low
    if value.kind is ValueKind.AT_LEAST and value.low is not None:
        return value.low, float("inf")
    if value.kind is ValueKind.RANGE and value.low is not None and value.high is not None:
        return value.low, value.high
    return None


def _overlap(first: Claim, second: Claim) -> bool:
    """Say whether the times that two claims speak of overlap; a time not given is open."""
    starts = [c.when_from for c in (first, second)]
    ends = [c.when_to if c.when_to is not None else c.when_from for c in (first, second)]
    for start, end in ((starts[0], ends[1]), (starts[1], ends[0])):
        if start is not None and end is not None and start > end:
            return False
    return True


def contradictions(known: Known) -> tuple[Contradiction, ...]:
    """Return every contradiction among the claims a seat knows: by themselves, by the talks file, or as marked.

    Claims that a person marked compatible do not form one by themselves; a replaced claim takes no part.
    """
    standing = [claim for claim in known.claims.values() if claim.replaced_by is None]
    by_topic: dict[tuple[str, str], list[KnownClaim]] = {}
    for claim in standing:
        by_topic.setdefault((claim.claim.about, claim.claim.aspect), []).append(claim)
    found = [
        Contradiction(about=about, aspect=aspect, claims=_by_assertion(rivals), question=_question(rivals))
        for (about, aspect), claims in by_topic.items()
        if (rivals := _rivals(known, claims))
    ]
    listed = {claim.handle for contradiction in found for claim in contradiction.claims}
    for slug, _, _ in known.header.questions:
        group = [claim for claim in standing if claim.claim.question == slug]
        if len(group) > 1 and not {claim.handle for claim in group} <= listed:
            found.append(
                Contradiction(
                    about=group[0].claim.about,
                    aspect=group[0].claim.aspect,
                    claims=_by_assertion(group),
                    question=slug,
                )
            )
    return tuple(found) + _marked(known)


def _marked(known: Known) -> tuple[Contradiction, ...]:
    marked = []
    for mark in known.marks:
        claims = [known.claims[handle] for handle in mark.claims if handle in known.claims]
        if not mark.compatible and len(claims) > 1:
            first = claims[0].claim
            marked.append(
                Contradiction(about=first.about, aspect=first.aspect, claims=_by_assertion(claims), marked=True)
            )
    return tuple(marked)


def _rivals(known: Known, claims: list[KnownClaim]) -> list[KnownClaim]:
    """Return the claims of one topic that contradict at least one other of it."""
    compatible = {frozenset(pair) for mark in known.marks if mark.compatible for pair in _pairs(mark.claims)}
    rivals: set[str] = set()
    for one, two in _pairs(tuple(claims)):
        if frozenset((one.handle, two.handle)) in compatible:
            continue
        if _overlap(one.claim, two.claim) and not can_both_be_true(one.claim.value, two.claim.value):
            rivals |= {one.handle, two.handle}
    return [claim for claim in claims if claim.handle in rivals]


def _pairs(items: tuple[T, ...]) -> list[tuple[T, T]]:
    return [(one, two) for n, one in enumerate(items) for two in items[n + 1 :]]


def _question(claims: list[KnownClaim]) -> str | None:
    named = {claim.claim.question for claim in claims}
    return named.pop() if len(named) == 1 else None


def _by_assertion(claims: list[KnownClaim]) -> tuple[KnownClaim, ...]:
    return tuple(sorted(claims, key=lambda c: (c.claim.asserted_on or c.claim.when_from or date.max, c.claim.slug)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """Who may owe what after a change: *unclear* until the successor itself speaks."""

    commitment: KnownCommitment
    predecessor: str
    successor: str
    change: str
    state: str = "unclear"


def successions(known: Known) -> tuple[Succession, ...]:
    """Return, for every commitment of an actor that changed, each successor and what it said of it."""
    said = {(stated.commitment, stated.successor): stated.state for stated in known.stated}
    return tuple(
        Succession(
            commitment=held,
            predecessor=predecessor,
            successor=successor,
            change=change.handle,
            state=said.get((held.handle, successor), "unclear"),
        )
        for held in known.commitments.values()
        for change in known.changes.values()
        for predecessor in change.change.sources
        if predecessor in held.commitment.obligors
        for successor in change.change.targets
        if successor != predecessor
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A commitment as it stands for one obligor: *binds* only if the obligor gave the undertaking itself."""

    commitment: KnownCommitment
    obligor: str
    binds: bool
    successors: tuple[Succession, ...] = ()

    @property
    def standing(self) -> str:
        """*unclear* if a successor has not spoken, else *undertaken* or *attributed, not undertaken*."""
        if any(succession.state == "unclear" for succession in self.successors):
            return "unclear"
        return "undertaken" if self.binds else "attributed, not undertaken"


def owed(known: Known) -> tuple[Owed, ...]:
    """Return every commitment once per obligor, with whether it binds that obligor and who succeeds it."""
    after = successions(known)
    return tuple(
        Owed(
            commitment=held,
            obligor=obligor,
            binds=obligor in held.commitment.undertaken_by,
            successors=tuple(s for s in after if s.commitment.handle == held.handle and s.predecessor == obligor),
        )
        for held in known.commitments.values()
        for obligor in held.commitment.obligors
    )


def recognitions_of(known: Known, guarantee: KnownGuarantee) -> tuple[KnownRecognition, ...]:
    """Return every recognition or refusal of the guarantor's role; a guarantee is never shown without them."""
    return tuple(r for r in known.recognitions if r.recognition.of == guarantee.guarantee.guarantor)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerTotals:
    """The totals of one ledger, and of that one alone.

    ``by_area`` counts what the ledger placed, in order of the count; ``not_placed`` what it did not. ``days_none`` are
    days on which nought was stated, which is not the same as no report. ``confirmed`` and ``explained`` are what the
    other keeper said of the ``checked`` allegations on days when it said anything.
    """

    ledger: str
    keeper: str
    days: int
    total: int
    by_area: tuple[tuple[str, int], ...]
    not_placed: int
    days_none: int
    days_checked: int
    checked: int
    confirmed: int
    explained: int


def ledger_totals(held: KnownLedger, *, since: date | None = None, until: date | None = None) -> LedgerTotals:
    """Return the totals of one ledger over the days from ``since`` to ``until``, both included."""
    days = [d for d in held.days if (since is None or d.day >= since) and (until is None or d.day <= until)]
    areas: Counter[str] = Counter()
    for day in days:
        areas.update(dict(_summed(day.counts)))
    totals = [day.total if day.total is not None else sum(count for _, count in day.counts) for day in days]
    checked = [(day, total) for day, total in zip(days, totals, strict=True) if day.confirmed is not None]
    placed = sorted(((a, n) for a, n in areas.items() if a), key=lambda pair: (-pair[1], pair[0]))
    return LedgerTotals(
        ledger=held.ledger.slug,
        keeper=held.ledger.keeper,
        days=len(days),
        total=sum(totals),
        by_area=tuple(placed),
        not_placed=sum(totals) - sum(n for _, n in placed),
        days_none=sum(total == 0 for total in totals),
        days_checked=len(checked),
        checked=sum(total for _, total in checked),
        confirmed=sum(day.confirmed or 0 for day, _ in checked),
        explained=sum(day.explained or 0 for day, _ in checked),
    )


def _summed(counts: tuple[tuple[str, int], ...]) -> Counter[str]:
    summed: Counter[str] = Counter()
    for area, count in counts:
        summed[area] += count
    return summed
