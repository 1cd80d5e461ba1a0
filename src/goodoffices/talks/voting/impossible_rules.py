"""Rules that cannot be meant: nothing could pass under them, or nothing could fail, or a figure would be ignored.

They are refused where people enter them. A record that has one from earlier is still read.
"""

from __future__ import annotations

from fractions import Fraction

from goodoffices.talks.voting.rules import (
    HALF,
    Compared,
    How,
    QualifiedMajority,
    Referendum,
    Rule,
    SufficientConsensus,
    WeightedMajority,
)


def impossible_rule(rule: Rule) -> str:
    """Return why nothing could pass, or nothing could fail, or a figure would be ignored; empty if none of it is so.

    Examples
    --------
    >>> from goodoffices.talks.voting.rules import ReferendumProng, Threshold
    >>> impossible_rule(QualifiedMajority(thresholds=(Threshold(share=Fraction(0), how=How.AT_LEAST),)))
    'a threshold asks for at least a share of 0, so it passes if nobody accepts; give a larger share'
    >>> impossible_rule(Referendum(prongs=(ReferendumProng(against=Compared.NO, share=Fraction(2, 3)),)))
    "a law that compares yes with 'no' needs more yes than no and takes no share; compare with 'valid' for a share"
    """
    return _impossible_share(rule) or _impossible_law(rule)


def _impossible_share(rule: Rule) -> str:
    thresholds = rule.thresholds if isinstance(rule, QualifiedMajority) else ()
    tests = [(t.how, t.share) for t in thresholds]
    if isinstance(rule, WeightedMajority):
        tests.append((How.AT_LEAST, rule.overall))
    if (How.AT_LEAST, Fraction(0)) in tests:
        return "a threshold asks for at least a share of 0, so it passes if nobody accepts; give a larger share"
    if (How.MORE_THAN, Fraction(1)) in tests:
        return "a threshold asks for more than all, so nothing can pass; write 'at-least' beside a share of 1"
    weights = [weight for _, weight in getattr(rule, "weights", ())]
    if weights and not any(weights):
        return "every weight is 0, so nothing can pass; give at least one weight of 1 or more"
    return _impossible_bloc(rule)


def _impossible_bloc(rule: Rule) -> str:
    """Return which bloc can never consent: one without members, or whose members weigh nothing where weights count."""
    blocs = getattr(rule, "blocs", ())
    empty = next((bloc for bloc in blocs if not bloc.members), None)
    if empty is not None:
        return f"the bloc {empty.slug!r} has no members, so it can never consent; name its members, or leave it out"
    weights = dict(getattr(rule, "weights", ()))
    if weights and isinstance(rule, SufficientConsensus | WeightedMajority):
        light = next((bloc for bloc in blocs if not any(weights.get(who, 0) for who in bloc.members)), None)
        if light is not None:
            return f"no member of the bloc {light.slug!r} has weight, so it can never consent; give one of them weight"
    return ""


def _impossible_law(rule: Rule) -> str:
    if not isinstance(rule, Referendum):
        return ""
    if any(p.against is Compared.NO and (p.how, p.share) != (How.MORE_THAN, HALF) for p in rule.prongs):
        return (
            "a law that compares yes with 'no' needs more yes than no and takes no share; "
            "compare with 'valid' for a share"
        )
    if any((p.how, p.share) in ((How.AT_LEAST, Fraction(0)), (How.MORE_THAN, Fraction(1))) for p in rule.prongs):
        return "a test of the law asks for none, or for more than all; give a share that can be reached and missed"
    return ""
