"""Is it prohibited? Five questions, answered for each copy of the terms and each claim of entry into force.

Each is answered *yes*, *no* or *unknown*. A place or a time that lies across a border is *unknown*, never one side of
it. The statuses of two copies or two claims are never made into one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from goodoffices.data_class import dataclass
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.model.ceasefire import ActRule, CeasefireTerms, InForce
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import KnownAllegation, KnownTerms


class Answer(StrEnum):
    """The answer to one of the five questions."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """What the five answers come to."""

    PROHIBITED = "prohibited"
    PERMITTED = "permitted"
    OUTSIDE = "outside"
    NOT_REGULATED = "not-regulated"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleStatus:
    """The status of one allegation under one copy of the terms and one claim of entry into force.

    Attributes
    ----------
    in_force, place, involved, regulated, excepted
        Was it in force then? Was it inside the area? Are those involved covered? Does a clause name it? Does an
        exception apply?
    clauses
        The clauses that name this kind of act.
    targets
        The excluded actors at whom it is said to have been aimed, which would be an exception; each only said.
    """

    terms: str
    claim: InForce | None
    in_force: Answer
    place: Answer
    involved: Answer
    regulated: Answer
    excepted: Answer
    clauses: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()

    @property
    def standing(self) -> Standing:
        """Return what the answers come to."""
        first = (self.in_force, self.place, self.involved)
        if Answer.NO in first:
            return Standing.OUTSIDE
        if self.regulated is Answer.NO:
            return Standing.NOT_REGULATED
        if self.excepted is Answer.YES:
            return Standing.PERMITTED
        if Answer.UNKNOWN in (*first, self.regulated, self.excepted):
            return Standing.UNCLEAR
        return Standing.PROHIBITED

    @property
    def open_questions(self) -> tuple[str, ...]:
        """Return the questions whose answer is not known, in order: it is prohibited if each is answered so."""
        names = ("in_force", "place", "involved", "regulated", "excepted")
        return tuple(name for name in names if getattr(self, name) is Answer.UNKNOWN)


def rule_statuses(known: Knowledge, held: KnownAllegation) -> tuple[RuleStatus, ...]:
    """Return the status of an allegation for each copy of the terms and each claim of entry into force."""
    return tuple(status for terms in known.terms.values() for status in _of_terms(known, held, terms))


def _of_terms(known: Knowledge, held: KnownAllegation, terms: KnownTerms) -> Iterator[RuleStatus]:
    rules = [rule for rule in terms.terms.rules if held.kind in rule.kinds]
    targets = tuple(dict.fromkeys(
        claim.target for claim in held.targets if claim.target in terms.terms.excluded
    ))  # fmt: skip
    for claim in terms.terms.in_force or (None,):
        yield RuleStatus(
            terms=terms.handle,
            claim=claim,
            in_force=_in_force(held, claim),
            place=_where(known, held.area, claim.areas if claim is not None and claim.areas else None, terms.terms),
            involved=_involved(held, terms.terms),
            regulated=_regulated(rules, terms.terms),
            excepted=_excepted(rules, targets),
            clauses=tuple(dict.fromkeys(rule.clause for rule in rules)),
            targets=targets,
        )


def _in_force(held: KnownAllegation, claim: InForce | None) -> Answer:
    if claim is None or "T" not in held.occurred_from:
        return Answer.UNKNOWN
    begun, ended = parse_instant(held.occurred_from), parse_instant(held.occurred_to)
    return _within(begun, ended, claim.instant, claim.until)


def _within(begun: datetime, ended: datetime, since: datetime, until: datetime | None) -> Answer:
    """Say whether an interval lies within another; across its begin or its end it is unknown."""
    if ended < since or (until is not None and begun >= until):
        return Answer.NO
    return Answer.YES if begun >= since and (until is None or ended < until) else Answer.UNKNOWN


def areas_above(known: Knowledge, area: str) -> tuple[str, ...]:
    """Return an area and those that it is a part of, from the smallest on."""
    found: list[str] = []
    while area and area not in found:
        found.append(area)
        area = known.areas[area].part_of or "" if area in known.areas else ""
    return tuple(found)


def _where(known: Knowledge, area: str, claimed: tuple[str, ...] | None, terms: CeasefireTerms) -> Answer:
    """Say whether an area lies where the terms hold. A zone that not all its parties approved is not known to anybody.

    Of several approved versions of a zone the last holds. How far one reaches that is named by places or words is read
    by people: what lies in none of its areas is *unknown*.
    """
    if claimed is not None or not terms.zones:
        return _inside(known, area, terms.areas if claimed is None else claimed)
    agreed = {held.slug: held for held in known.zones.values() if held.is_agreed}
    zones = [agreed[slug] for slug in terms.zones if slug in agreed]
    areas = (*terms.areas, *(one for zone in zones for one in zone.areas))
    found = _inside(known, area, areas) if areas else Answer.NO
    if found is Answer.NO and not (len(zones) == len(terms.zones) and all(zone.is_judged_by for zone in zones)):
        return Answer.UNKNOWN
    return found


def _inside(known: Knowledge, area: str, areas: tuple[str, ...]) -> Answer:
    if not areas:
        return Answer.YES
    if not area:
        return Answer.UNKNOWN
    if set(areas_above(known, area)) & set(areas):
        return Answer.YES
    # An area that the terms name only a part of lies across their border.
    return Answer.UNKNOWN if any(area in areas_above(known, one) for one in areas) else Answer.NO


def _involved(held: KnownAllegation, terms: CeasefireTerms) -> Answer:
    if not terms.covered and not terms.excluded:
        return Answer.UNKNOWN
    if held.alleged_violator in terms.excluded:
        return Answer.NO
    return Answer.YES if held.alleged_violator in terms.covered else Answer.UNKNOWN


def _regulated(rules: list[ActRule], terms: CeasefireTerms) -> Answer:
    if not terms.rules:
        return Answer.UNKNOWN  # nobody has read the clauses of this copy
    return Answer.YES if any(rule.effect == "prohibited" for rule in rules) else Answer.NO


def _excepted(rules: list[ActRule], targets: tuple[str, ...]) -> Answer:
    """Say whether an exception applies. That it was aimed at somebody excluded is only said, so it is never certain."""
    if any(rule.effect == "permitted" for rule in rules):
        return Answer.YES
    return Answer.UNKNOWN if targets else Answer.NO
