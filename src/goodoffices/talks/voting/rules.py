"""Decision rules as values: what a question must reach to pass, in whole numbers and fractions.

These classes only state the rules; ``outcomes.outcome`` applies them to the answers. *Majority* always means strictly
more than half. Every rule has a ``rule`` field with its name, so that it can be written as plain values and read back.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.slugs import check_slug
from goodoffices.talks.voting.rule_checks import check_once, check_share

HALF = Fraction(1, 2)
LONGEST = 366 * 24 * 60
"""The longest time in which the sense of the chair can be contested, in minutes."""
Weights = tuple[tuple[str, int], ...]
"""Pairs of an actor and its weight, for example its votes in an election."""


class Says(StrEnum):
    """What a seat says to a question. A seat that has not answered has no value here."""

    ACCEPTS = "accepts"
    OBJECTS = "objects"
    ABSTAINS = "abstains"


class How(StrEnum):
    """How a number is compared with a share of a base."""

    AT_LEAST = "at-least"
    MORE_THAN = "more-than"
    AT_MOST = "at-most"


class Of(StrEnum):
    """What a threshold counts: seats, their weight, or blocs in which a majority accepts."""

    SEATS = "seats"
    WEIGHT = "weight"
    BLOCS = "blocs"


class Base(StrEnum):
    """The base that a share is taken of.

    *Answering* counts abstentions; *deciding* does not. *Total* is a number that the rule gives, such as all valid
    votes.
    """

    ELIGIBLE = "eligible"
    PRESENT = "present"
    ANSWERING = "answering"
    DECIDING = "deciding"
    TOTAL = "total"


class BlocBase(StrEnum):
    """Whether the base of a bloc is all its designated members, or only those that take part now."""

    DESIGNATED = "designated"
    PARTICIPATING = "participating"


class Compared(StrEnum):
    """What the yes votes of a referendum are compared with. *No* needs more yes than no, whatever the share."""

    NO = "no"
    ELECTORATE = "electorate"
    VALID = "valid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A whole number that is only known to lie between ``low`` and ``high``, both included."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise ScenarioError(
                Phrase(
                    "{low} to {high} is not a range; give the smaller number first, 0 or more",
                    low=str(self.low),
                    high=str(self.high),
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloc:
    """A community, side or group of states, and all its designated members."""

    slug: str
    members: tuple[str, ...]

    def __post_init__(self) -> None:
        check_slug(self.slug, "bloc")
        check_once(self.members, Phrase("bloc {name}", name=repr(self.slug)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A share of seats, weight or blocs that must accept: *at least* or *more than* it, of which base."""

    share: Fraction
    how: How = How.MORE_THAN
    of: Of = Of.SEATS
    base: Base = Base.ELIGIBLE

    def __post_init__(self) -> None:
        check_share(self.share)
        if self.how is How.AT_MOST:
            raise ScenarioError(
                Phrase("a threshold is 'at-least' or 'more-than', not 'at-most'; choose one of the two")
            )
        if self.base is Base.TOTAL and self.of is not Of.WEIGHT:
            raise ScenarioError(
                Phrase(
                    "a share of {value} has no total; choose another base, such as 'eligible'", value=str(self.of.value)
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """A share of the eligible seats that must be present, or must answer, before anything can be decided."""

    share: Fraction
    how: How = How.AT_LEAST
    base: Base = Base.PRESENT

    def __post_init__(self) -> None:
        check_share(self.share)
        if self.base in (Base.ELIGIBLE, Base.TOTAL) or self.how is How.AT_MOST:
            raise ScenarioError(
                Phrase("a quorum counts seats 'present', 'answering' or 'deciding', 'at-least' or 'more-than'")
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanimity:
    """Every eligible seat accepts."""

    rule: Literal["unanimity"] = "unanimity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensus:
    """No eligible seat that received the text objects. ``minus`` are actors whose objection does not count."""

    rule: Literal["consensus"] = "consensus"
    minus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SufficientConsensus:
    """The participants that accept have a majority of the weight, of each bloc's weight, and of the participants.

    Parameters
    ----------
    weights
        Weight by actor, for all designated actors, including those that do not take part.
    total
        The base of the weight: a number (all votes cast), a range if it is not known exactly, or ``None`` for the
        weight of the participants.
    blocs
        A majority is needed in each of these.
    bloc_base
        All designated members of a bloc, or those that take part.
    also
        Actors that must accept in any case.

    References
    ----------
    .. [1] Northern Ireland multi-party talks, rules of procedure of 29 July 1996, rule 34.
    """

    rule: Literal["sufficient-consensus"] = "sufficient-consensus"
    weights: Weights
    blocs: tuple[Bloc, ...]
    total: int | None = None
    total_range: Range | None = None
    bloc_base: BlocBase = BlocBase.DESIGNATED
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_weights(self.weights, self.total, self.total_range)
        _check_blocs(self.blocs)


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifiedMajority:
    """Every threshold is reached, and so is the quorum. ``total`` or ``total_range`` gives the base *total*."""

    rule: Literal["qualified-majority"] = "qualified-majority"
    thresholds: tuple[Threshold, ...]
    quorum: Quorum | None = None
    weights: Weights = ()
    blocs: tuple[Bloc, ...] = ()
    total: int | None = None
    total_range: Range | None = None

    def __post_init__(self) -> None:
        if not self.thresholds:
            raise ScenarioError(
                Phrase("a qualified majority has no threshold; give at least one, for example two thirds")
            )
        _check_weights(self.weights, self.total, self.total_range)
        if self.blocs:
            _check_blocs(self.blocs)
        for threshold in self.thresholds:
            self._check_threshold(threshold)

    def _check_threshold(self, threshold: Threshold) -> None:
        if threshold.of is Of.BLOCS and not self.blocs:
            raise ScenarioError(Phrase("a threshold counts blocs, but the rule names none; name them"))
        if threshold.of is Of.WEIGHT and not self.weights:
            raise ScenarioError(
                Phrase("a threshold counts weight, but the rule gives none; give a weight for each actor")
            )
        if threshold.base is Base.TOTAL and self.total is None and self.total_range is None:
            raise ScenarioError(Phrase("a threshold takes a share of the total, but the rule gives none; give 'total'"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelConsent:
    """A majority of those that answer accept, overall and in each bloc."""

    rule: Literal["parallel-consent"] = "parallel-consent"
    blocs: tuple[Bloc, ...]
    base: Base = Base.ANSWERING

    def __post_init__(self) -> None:
        _check_blocs(self.blocs)
        _check_base(self.base)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedMajority:
    """A share of ``overall`` accepts in all, and of ``floor`` in each bloc. Usual values are 60 % and 40 %.

    Without ``weights`` every seat counts the same.
    """

    rule: Literal["weighted-majority"] = "weighted-majority"
    blocs: tuple[Bloc, ...]
    overall: Fraction = Fraction(3, 5)
    floor: Fraction = Fraction(2, 5)
    base: Base = Base.ANSWERING
    weights: Weights = ()

    def __post_init__(self) -> None:
        check_share(self.overall)
        check_share(self.floor)
        if not self.blocs:
            raise ScenarioError(
                Phrase(
                    "the rule 'weighted-majority' needs a share of each bloc, but names no blocs; name them, or count "
                    "weight alone: {example}",
                    example="rule: qualified-majority, weights: …, thresholds: [{share: 1/2, of: weight}]",
                )
            )
        _check_blocs(self.blocs)
        _check_base(self.base)
        _check_weights(self.weights, None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceProcedure:
    """Adopted unless an eligible seat objects to the chair in writing before an instant.

    ``until`` is the instant, ``zone`` the time zone in which it was announced, and ``session`` the session in which it
    was announced. Silence counts only if the seat had received the text before the instant.
    """

    rule: Literal["silence"] = "silence"
    until: datetime
    zone: str
    session: str | None = None

    def __post_init__(self) -> None:
        if self.until.tzinfo is None:
            raise ScenarioError(
                Phrase(
                    "{isoformat} has no time zone; write the end of the silence with one",
                    isoformat=str(self.until.isoformat()),
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferendumProng:
    """One test of the law: the yes votes against the no votes, the electorate, or all valid votes."""

    against: Compared
    share: Fraction = HALF
    how: How = How.MORE_THAN

    def __post_init__(self) -> None:
        check_share(self.share)
        if self.how is How.AT_MOST:
            raise ScenarioError(
                Phrase("the law asks for 'at-least' or 'more-than' a share, not 'at-most'; choose one of the two")
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Referendum:
    """Every test of the law is met, in every referendum that is held."""

    rule: Literal["referendum"] = "referendum"
    prongs: tuple[ReferendumProng, ...]

    def __post_init__(self) -> None:
        if not self.prongs:
            raise ScenarioError(
                Phrase("a referendum has no test; give at least one, for example prongs: [{{against: 'no'}}]")
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairsSense:
    """The chair declares the sense of the meeting; any eligible seat may contest it within ``contest_minutes``."""

    rule: Literal["chairs-sense"] = "chairs-sense"
    contest_minutes: int

    def __post_init__(self) -> None:
        if self.contest_minutes < 0:
            raise ScenarioError(
                Phrase(
                    "{contest_minutes} minutes to contest is negative; give 0 or more",
                    contest_minutes=str(self.contest_minutes),
                )
            )
        if self.contest_minutes > LONGEST:
            raise ScenarioError(
                Phrase(
                    "{contest_minutes} minutes to contest is more than a year; give {longest} or fewer",
                    contest_minutes=str(self.contest_minutes),
                    longest=str(LONGEST),
                )
            )


Rule = (
    Unanimity
    | Consensus
    | SufficientConsensus
    | QualifiedMajority
    | ParallelConsent
    | WeightedMajority
    | SilenceProcedure
    | Referendum
    | ChairsSense
)
"""How a decision is reached."""


def named_in(rule: Rule) -> frozenset[str]:
    """Return the actors that a rule names: in weights, in blocs, as required, or as not counted."""
    blocs = (member for bloc in getattr(rule, "blocs", ()) for member in bloc.members)
    weighed = (who for who, _ in getattr(rule, "weights", ()))
    return frozenset((*blocs, *weighed, *getattr(rule, "also", ()), *getattr(rule, "minus", ())))


def _check_base(base: Base) -> None:
    if base is Base.TOTAL:
        raise ScenarioError(Phrase("this rule has no total; choose 'answering', 'deciding', 'present' or 'eligible'"))


def _check_blocs(blocs: tuple[Bloc, ...]) -> None:
    if not blocs:
        raise ScenarioError(Phrase("the rule needs consent in each bloc, but names no blocs; name them"))
    check_once([bloc.slug for bloc in blocs], Phrase("the rule"))


def _check_weights(weights: Weights, total: int | None, total_range: Range | None) -> None:
    check_once([who for who, _ in weights], Phrase("the list of weights"))
    for who, weight in weights:
        if weight < 0:
            raise ScenarioError(
                Phrase(
                    "the weight of {who} is {weight}; give a whole number, 0 or more", who=repr(who), weight=str(weight)
                )
            )
    if total is not None and total_range is not None:
        raise ScenarioError(Phrase("the total is given both as a number and as a range; give one of them"))
    if total is not None and total < 0:
        raise ScenarioError(Phrase("the total is {total}; give a whole number, 0 or more", total=str(total)))
