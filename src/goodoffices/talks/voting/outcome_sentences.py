"""An outcome in English: who may vote, the verdict, every test with its numbers, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from goodoffices.talks.voting.explanations import (
    Choice,
    DecisionVerdict,
    MinimalSets,
    NotCounted,
    Outcome,
    Prong,
    SetAside,
    percent,
)
from goodoffices.talks.voting.rules import How, Range, Says

Names = Callable[[str], str]

MOST_SETS = 5
"""How many sentences about smallest sets are written out; the others are counted."""

_WHAT = {
    "seats": "seats accepting",
    "participants": "participants accepting",
    "weight": "weight accepting",
    "bloc": "weight accepting within {of}",
    "bloc-seats": "seats accepting within {of}",
    "blocs": "blocs accepting",
    "objections": "objections",
    "must-agree": "acceptance of {of}",
    "quorum": "seats for the quorum",
    "received": "seats that had received the text in time",
    "contested": "seats contesting",
    "yes": "yes in {of}, against no",
    "yes-of-electorate": "yes in {of}, of the electorate",
    "yes-of-valid": "yes in {of}, of the valid papers",
}
_SAID = {
    DecisionVerdict.PASSES: "It passes.",
    DecisionVerdict.FAILS: "It fails.",
    DecisionVerdict.CANNOT_TELL: "It cannot be told: the answer differs within the range given.",
    DecisionVerdict.PENDING: "It is not decided yet.",
}
_SHARES = {
    Fraction(1, 2): "half",
    Fraction(1, 3): "one third",
    Fraction(2, 3): "two thirds",
    Fraction(1, 4): "one quarter",
    Fraction(3, 4): "three quarters",
    Fraction(2, 5): "two fifths",
    Fraction(3, 5): "three fifths",
    Fraction(4, 5): "four fifths",
}
_WEIGHED = ("weight", "bloc")
_OBJECTED = ("consensus", "silence", "chairs-sense")
"""Rules under which nobody has to accept: an objection alone can hinder."""

WHOSE = {
    "present": "of those present",
    "answering": "of those that answered, abstentions counted",
    "deciding": "of those that accepted or objected, abstentions not counted",
    "total": "of the total that the rule gives",
    "designated": "of all its members",
    "participating": "of its members that take part",
}
_SAYS = {Says.ACCEPTS: "{who} accepts", Says.OBJECTS: "{who} objects", Says.ABSTAINS: "{who} abstains"}
NOT_COUNTED = {
    NotCounted.STRANGER: "is not eligible",
    NotCounted.ABSENT: "is not among those present",
    NotCounted.UNHEARD: "had not received the text in time",
    NotCounted.EXCEPTED: "the rule does not count its objection",
    NotCounted.EARLY: "the chair has not declared anything yet",
}


def sentences(outcome: Outcome, name: Names = str, *, weight: str | None = None) -> tuple[str, ...]:
    """Return an outcome as English sentences: who is eligible, the verdict, each test, and what would change it.

    Parameters
    ----------
    outcome
        From ``outcomes.outcome``.
    name
        Returns the name to print for a seat, actor or bloc.
    weight
        What a rule's weights count, such as ``"votes"``, if that is known.
    """
    why = outcome.explanation
    eligible = [] if why.rule == "referendum" else [_eligible(why.eligible, name)]
    lines = [*eligible, _verdict(outcome, name), *(_prong(prong, name, weight) for prong in why.prongs)]
    lines += [_set_aside(one, name) for one in why.set_aside]
    if why.unheard:
        lines.append(f"Had not received the text in time: {_list(why.unheard, name)}.")
    if why.late:
        lines.append(f"Answered too late, without effect: {_list(why.late, name)}.")
    would_pass = "It would pass if {} did not object" if why.rule in _OBJECTED else "It would pass with {}"
    lines += _sets(would_pass, why.additions, name)
    lines += _sets("It would fail if {} left it", why.leavings, name)
    return tuple(lines)


def _eligible(eligible: tuple[str, ...], name: Names) -> str:
    return f"Eligible: {_list(eligible, name)} ({len(eligible)})." if eligible else "Eligible: nobody."


def lone_voter(outcome: Outcome) -> str | None:
    """Return who alone decided a question that passed: the only one eligible, or the only one whose answer counted."""
    why = outcome.explanation
    if not outcome.passes or why.rule == "referendum":
        return None
    if len(why.eligible) == 1:
        return why.eligible[0]
    counted = (p.counted[0] for p in why.prongs if p.counted and p.base == 1 and p.name in ("seats", "participants"))
    return next(counted, None)


def _verdict(outcome: Outcome, name: Names) -> str:
    """Return the verdict. A question that passed on one answer only never reads like one that many decided."""
    alone = lone_voter(outcome)
    if alone is None:
        return _SAID[outcome.verdict]
    if len(outcome.explanation.eligible) == 1:
        return f"It passes, but nobody is eligible except {name(alone)}: one of one."
    return f"It passes, but only the answer of {name(alone)} is counted: one of one."


def _set_aside(one: SetAside, name: Names) -> str:
    """Return an answer that does not count, so that no answer is lost without a word."""
    return f"Not counted: {_SAYS[one.says].format(who=name(one.who))}, but {NOT_COUNTED[one.why]}."


def _number(number: int | Range) -> str:
    return f"{number.low:,} to {number.high:,}" if isinstance(number, Range) else f"{number:,}"


def share_in_words(how: How, share: Fraction) -> str:
    """Return a test as people say it: *more than half*, *at least two thirds*, *at least 66 %*.

    Examples
    --------
    >>> share_in_words(How.AT_LEAST, Fraction(66, 100))
    'at least 66 %'
    """
    if how is How.AT_LEAST and share == 1:
        return "all"
    if share == 0:
        return {How.AT_MOST: "none", How.MORE_THAN: "at least one", How.AT_LEAST: "any number"}[how]
    hundredths = 100 * share
    figure = f"{hundredths.numerator} %" if hundredths.denominator == 1 else str(share)
    return f"{how.value.replace('-', ' ')} {_SHARES.get(share, figure)}"


def _prong(prong: Prong, name: Names, weight: str | None) -> str:
    if prong.name == "declared":
        return "The chair has declared it." if prong.met else "The chair has not declared anything yet."
    what = _WHAT[prong.name].format(of=name(prong.of))
    if prong.name in _WEIGHED and weight is not None:
        what = what.replace("weight accepting", f"{weight} of those accepting")
    what = f"{what[0].upper()}{what[1:]}"
    have = f"{prong.have:,} of {_number(prong.base)}"
    if prong.name == "yes":
        have = f"{prong.have:,} to {_number(prong.base)}"
    elif isinstance(prong.base, int) and prong.base and prong.how is not How.AT_MOST:
        whose = f" {WHOSE[prong.whose]}" if prong.whose else ""
        have += f" ({percent(prong.have, prong.base, prong.share)} %{whose})"
    elif prong.whose:
        have += f" ({WHOSE[prong.whose]})"
    return f"{what}: {have}, {_need(prong)}: {_gap(prong)}."


def _need(prong: Prong) -> str:
    if prong.how is How.AT_MOST:
        return f"at most {_number(prong.need)}"
    words = "more yes than no" if prong.name == "yes" else share_in_words(prong.how, prong.share)
    return f"needed {_number(prong.need)}, {words}"


def _gap(prong: Prong) -> str:
    if prong.met is None:
        return "cannot tell"
    if prong.how is How.AT_MOST:
        return "met" if prong.met else f"too many by {_number(prong.short_by)}"
    gap = f"met, {_number(prong.over_by)} to spare" if prong.met else f"short by {_number(prong.short_by)}"
    return f"{gap}; {tie}" if (tie := _tie(prong)) else gap


def _tie(prong: Prong) -> str:
    """Return the words for a vote that stands at exactly half, which some rules let pass and others do not."""
    if prong.name == "yes":
        return "a tie" if prong.have == prong.base else ""
    if prong.share != Fraction(1, 2) or 2 * prong.have != prong.base or not prong.base:
        return ""
    return "a tie, and this rule lets exactly half pass" if prong.met else "a tie, and exactly half is not enough"


def _list(names: Iterable[str], name: Names) -> str:
    return ", ".join(name(who) for who in names)


def _sets(sentence: str, sets: MinimalSets, name: Names) -> list[str]:
    """Return minimal sets as sentences: one for all single members, then the first of the larger patterns.

    If there are more than ``MOST_SETS``, a last sentence says how many are left out.
    """
    label = "" if sets.is_exact else " (the first found; there were too many seats to search them all)"
    parts = [_list(sets.single, name)] if len(sets.single) == 1 else []
    if len(sets.single) > 1:
        parts = [f"any one of {_list(sets.single, name)}"]
    for pattern in sets.patterns:
        if len(pattern) > 1 or pattern[0].n > 1:
            parts.append(" and ".join(_choice(choice, name) for choice in pattern))
    lines = [f"{sentence.format(part)}{label}." for part in parts[:MOST_SETS]]
    more = len(parts) - MOST_SETS
    return lines if more <= 0 else [*lines, f"There are {more} more such smallest sets; --json lists them all."]


def _choice(choice: Choice, name: Names) -> str:
    if choice.n == len(choice.of):
        return " and ".join(name(who) for who in choice.of)
    return f"any {choice.n} of {_list(choice.of, name)}"
