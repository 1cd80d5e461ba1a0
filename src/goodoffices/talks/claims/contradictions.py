"""Find the claims that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from goodoffices.data_class import dataclass
from goodoffices.talks.base.enums import ValueKind
from goodoffices.talks.claims.later_words import is_later_word
from goodoffices.talks.model.claims import Claim, Value
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_claims import KnownClaim, KnownMark

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Claims on one question that cannot all be true, oldest assertion first.

    ``question`` is the name that the talks file gives to the question, if any. ``marked`` says that a person declared
    the contradiction.
    """

    about: str
    aspect: str
    claims: tuple[KnownClaim, ...]
    question: str | None = None
    marked: bool = False


def can_both_be_true(first: Value, second: Value) -> bool:
    """Return whether two values of the same thing can both be true.

    Numbers, *at least* and ranges are compared as intervals. Sets of actors, yes or no, instants and texts are compared
    for equality. Values of different kinds cannot be compared, so they count as compatible.
    """
    one, two = _interval(first), _interval(second)
    if one is not None and two is not None:
        return one[0] <= two[1] and two[0] <= one[1]
    if first.kind is not second.kind:
        return True
    return first == second


def _interval(value: Value) -> tuple[float, float] | None:
    if value.kind is ValueKind.NUMBER and value.low is not None:
        return value.low, value.low if value.high is None else value.high
    if value.kind is ValueKind.AT_LEAST and value.low is not None:
        return value.low, float("inf") if value.high is None else value.high
    if value.kind is ValueKind.RANGE and value.low is not None and value.high is not None:
        return value.low, value.high
    return None


def _overlap(first: Claim, second: Claim) -> bool:
    """Return whether the times that two claims are about overlap. A time that is not given is open."""
    starts = [c.when_from for c in (first, second)]
    ends = [c.when_to if c.when_to is not None else c.when_from for c in (first, second)]
    for start, end in ((starts[0], ends[1]), (starts[1], ends[0])):
        if start is not None and end is not None and start > end:
            return False
    return True


def contradictions(known: Knowledge) -> tuple[Contradiction, ...]:
    """Return every contradiction among the claims that a seat knows.

    A contradiction is found by comparing values, or stated by the talks file, or marked by a person. Claims that a
    person marked as compatible are not compared; who marked claims as contradictory takes that back by marking them as
    compatible. Replaced claims are left out. What an actor says itself on a later
    day does not contradict what it said before.
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
    return _with_marked(known, found)


def _with_marked(known: Knowledge, found: list[Contradiction]) -> tuple[Contradiction, ...]:
    """Add the contradictions that a person declared; one that was found too stands once, as found and declared."""
    made = [*found]
    for n, mark in enumerate(known.marks):
        claims = [known.claims[handle] for handle in mark.claims if handle in known.claims]
        if mark.compatible or len(claims) < 2 or _is_taken_back(mark, known.marks[n + 1 :]):
            continue
        handles = {claim.handle for claim in claims}
        held = next((at for at, one in enumerate(made) if handles <= {claim.handle for claim in one.claims}), None)
        if held is not None:
            made[held] = replace(made[held], marked=True)
            continue
        first = claims[0].claim
        made.append(Contradiction(about=first.about, aspect=first.aspect, claims=_by_assertion(claims), marked=True))
    return tuple(made)


def _is_taken_back(mark: KnownMark, later: Iterable[KnownMark]) -> bool:
    """Return whether who declared a contradiction said later that all of these claims can be true."""
    said = {frozenset(pair) for one in later if one.compatible and one.by == mark.by for pair in _pairs(one.claims)}
    return all(frozenset(pair) in said for pair in _pairs(mark.claims))


def _rivals(known: Knowledge, claims: list[KnownClaim]) -> list[KnownClaim]:
    """Return the claims of one topic that contradict at least one other claim of the topic."""
    compatible = {frozenset(pair) for mark in known.marks if mark.compatible for pair in _pairs(mark.claims)}
    rivals: set[str] = set()
    for one, two in _pairs(tuple(claims)):
        if frozenset((one.handle, two.handle)) in compatible:
            continue
        if is_later_word(one.claim, two.claim) or is_later_word(two.claim, one.claim):
            continue
        if _overlap(one.claim, two.claim) and not can_both_be_true(one.claim.value, two.claim.value):
            rivals |= {one.handle, two.handle}
    return [claim for claim in claims if claim.handle in rivals]


def _pairs(items: tuple[T, ...]) -> list[tuple[T, T]]:
    return [(one, two) for n, one in enumerate(items) for two in items[n + 1 :]]


def _question(claims: list[KnownClaim]) -> str | None:
    """Return the question that rival claims answer: the one that those of them name which name any."""
    named = {claim.claim.question for claim in claims if claim.claim.question is not None}
    return named.pop() if len(named) == 1 else None


def _by_assertion(claims: list[KnownClaim]) -> tuple[KnownClaim, ...]:
    return tuple(sorted(claims, key=lambda c: (c.claim.asserted_on or c.claim.when_from or date.max, c.claim.slug)))
