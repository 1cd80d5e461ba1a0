"""Whose consent is enough under a decision rule of the talks, counted among the parties that are assessed.

An actor that a rule names but nobody assessed is counted as not accepting: what is found possible that way is possible
whatever it says.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

from goodoffices.bargain import Requirement, Rule
from goodoffices.data_class import dataclass
from goodoffices.talks.voting import rules
from goodoffices.talks.voting.named_rules import NamedRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A named rule of the talks as a test on the parties assessed.

    Parameters
    ----------
    rule
        The test; ``None`` if acceptance alone does not decide under this rule.
    unknown
        Actors that the rule names and nobody assessed.
    """

    title: str
    rule: Rule | None
    unknown: tuple[str, ...] = ()


def consent_under(named: NamedRule, parties: tuple[str, ...]) -> Consent:
    """Return whose consent is enough under a named rule, of ``parties`` (actors, in the order of the bargain).

    Where the rule takes a share of those present or answering, all parties assessed count as both. Of a total that is
    known only as a range the highest is taken.
    """
    found = _requirements(named.rule, parties)
    rule = None if found is None else Rule(name=named.title, requirements=tuple(found))
    unknown = tuple(sorted(rules.named_in(named.rule) - set(parties)))
    return Consent(title=named.title, rule=rule, unknown=unknown)


def _requirements(rule: rules.Rule, parties: tuple[str, ...]) -> list[Requirement] | None:
    every = dict.fromkeys(parties, 1)
    match rule:
        case rules.Unanimity():
            return [_needed(parties, parties, "every party accepts")]
        case rules.Consensus(minus=minus):
            return [_needed(parties, [party for party in parties if party not in minus], "nobody who counts objects")]
        case rules.SufficientConsensus():
            return _sufficient(rule, parties)
        case rules.ParallelConsent(blocs=blocs):
            overall = _share(parties, every, Fraction(len(parties)), "a majority accepts")
            return [overall, *(_majority_of(parties, dict.fromkeys(bloc.members, 1), bloc.slug) for bloc in blocs)]
        case rules.WeightedMajority():
            weights = dict(rule.weights) or every
            overall = _share(parties, weights, Fraction(sum(weights.values())), "the share overall", rule.overall, True)
            floors = [
                _share(parties, own, Fraction(sum(own.values())), f"the floor in {bloc.slug}", rule.floor, True)
                for bloc in rule.blocs
                for own in [{member: weights.get(member, 0) for member in bloc.members}]
            ]
            return [overall, *floors]
        case rules.QualifiedMajority():
            return _qualified(rule, parties)
        case _:
            return None


def _sufficient(rule: rules.SufficientConsensus, parties: tuple[str, ...]) -> list[Requirement]:
    weights = dict(rule.weights)
    total = rule.total if rule.total_range is None else rule.total_range.high
    base = Fraction(sum(weights.values()) if total is None else total)
    blocs = [
        _majority_of(parties, {member: weights.get(member, 0) for member in bloc.members}, bloc.slug)
        for bloc in rule.blocs
    ]
    count = _share(parties, dict.fromkeys(weights, 1), Fraction(len(weights)), "most of the participants accept")
    needed = [_needed(parties, rule.also, "those needed besides accept")] if rule.also else []
    return [_share(parties, weights, base, "most of the weight accepts"), *blocs, count, *needed]


def _qualified(rule: rules.QualifiedMajority, parties: tuple[str, ...]) -> list[Requirement] | None:
    found = []
    for threshold in rule.thresholds:
        if threshold.of is rules.Of.BLOCS:
            return None
        weights = dict(rule.weights) if threshold.of is rules.Of.WEIGHT else dict.fromkeys(parties, 1)
        total: int | None = sum(weights.values())
        if threshold.base is rules.Base.TOTAL:
            total = rule.total if rule.total_range is None else rule.total_range.high
        at_least = threshold.how is rules.How.AT_LEAST
        found.append(_share(parties, weights, Fraction(total or 0), "the threshold", threshold.share, at_least))
    return found


def _needed(parties: tuple[str, ...], needed: Iterable[str], name: str) -> Requirement:
    """Return the test that all of ``needed`` accept; one of them that is not assessed makes it fail."""
    wanted = set(needed)
    return Requirement(weights=tuple(int(party in wanted) for party in parties), at_least=len(wanted), name=name)


def _majority_of(parties: tuple[str, ...], weights: dict[str, int], bloc: str) -> Requirement:
    return _share(parties, weights, Fraction(sum(weights.values())), f"a majority of {bloc} accepts")


def _share(
    parties: tuple[str, ...],
    weights: dict[str, int],
    base: Fraction,
    name: str,
    share: Fraction = rules.HALF,
    at_least: bool = False,
) -> Requirement:
    """Return the test that accepting weight is more than a share of ``base``, or at least the share."""
    reached = share * base
    least = math.ceil(reached) if at_least else math.floor(reached) + 1
    return Requirement(weights=tuple(weights.get(party, 0) for party in parties), at_least=least, name=name)
