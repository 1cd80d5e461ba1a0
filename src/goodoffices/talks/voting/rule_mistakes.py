"""What a rule says that it cannot mean: a total that is too small, and figures that no test of it counts.

Rules in stored records are never judged by this: it is asked where a person writes a rule.
"""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.voting.impossible_rules import impossible_rule
from goodoffices.talks.voting.rules import Base, Of, QualifiedMajority, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleMistake:
    """What is wrong with a rule, and what to do. ``case`` is that of a refusal of a bad value that says the same."""

    case: str
    what: str
    todo: str

    @property
    def sentence(self) -> str:
        """Both in one sentence."""
        return f"{self.what}; {self.todo}"


def mistake_in(rule: Rule) -> RuleMistake | None:
    """Return what is wrong with a rule that a person wrote, or ``None``.

    Examples
    --------
    >>> from goodoffices.talks.voting.rules import HALF, Threshold
    >>> mistake_in(QualifiedMajority(thresholds=(Threshold(share=HALF),), weights=(("a", 10),))).sentence
    "the rule gives weights, but no share counts them; write 'of: weight' in a share, or leave the weights out"
    """
    uncounted = _uncounted(rule) if isinstance(rule, QualifiedMajority) else None
    return _small_total(rule) or uncounted or _impossible(rule)


def _impossible(rule: Rule) -> RuleMistake | None:
    what, _, todo = impossible_rule(rule).partition("; ")
    return RuleMistake(case="rule_impossible", what=what, todo=todo) if what else None


def _small_total(rule: Rule) -> RuleMistake | None:
    total, spread = getattr(rule, "total", None), getattr(rule, "total_range", None)
    most = total if spread is None else spread.high
    listed = sum(weight for _, weight in getattr(rule, "weights", ()))
    if most is None or listed <= most:
        return None
    what = f"the total is {most}, but the weights listed come to {listed}"
    return RuleMistake(case="rule_total", what=what, todo="correct one of them")


def _uncounted(rule: QualifiedMajority) -> RuleMistake | None:
    """Return which figures are given that no share counts: the outcome would be that of another rule."""
    counted = {threshold.of for threshold in rule.thresholds}
    bases = {threshold.base for threshold in rule.thresholds}
    if rule.weights and Of.WEIGHT not in counted:
        return RuleMistake(
            case="rule_uncounted",
            what="the rule gives weights, but no share counts them",
            todo="write 'of: weight' in a share, or leave the weights out",
        )
    if rule.blocs and Of.BLOCS not in counted:
        return RuleMistake(
            case="rule_uncounted",
            what="the rule names blocs, but no share counts them",
            todo="write 'of: blocs' in a share, or leave the blocs out",
        )
    if (rule.total is not None or rule.total_range is not None) and Base.TOTAL not in bases:
        return RuleMistake(
            case="rule_uncounted",
            what="the rule gives a total, but no share is taken of it",
            todo="write 'base: total' in a share, or leave the total out",
        )
    return None
