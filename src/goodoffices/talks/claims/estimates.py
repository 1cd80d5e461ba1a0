"""What an assessment made in the talks may say: its issue, its quantity and the form of its value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from goodoffices.errors import RefusedError, quoted
from goodoffices.names import nearest_word
from goodoffices.talks.model.assessments import Estimate
from goodoffices.talks.state.command_context import CommandContext

WHOLE = "all"
"""What is named instead of an issue for an estimate about the talks as a whole."""

QUANTITIES = ("worth", "ranking", "red line", "reservation value", "salience", "point", "capability")
"""Everything that an act may assess."""

_EVERYWHERE = ("", WHOLE)
_OF_THE_WHOLE = ("reservation value",)
_OF_EITHER = ("capability",)
_NUMBER = r"([-+]?[0-9]+(?:\.[0-9]+)?)"
_BETWEEN = r"\s*(?:to|\.\.|,|;)\s*"
_VALUE = re.compile(rf"\s*{_NUMBER}(?:{_BETWEEN}{_NUMBER}(?:{_BETWEEN}{_NUMBER})?)?\s*")


def estimate_in(value: str) -> Estimate | None:
    """Return the number or range that a text gives, or None if it gives none or its numbers fall.

    Examples
    --------
    >>> estimate_in("20 to 35 to 50")
    Estimate(low=Fraction(20, 1), high=Fraction(50, 1), mode=Fraction(35, 1))
    >>> estimate_in("50 to 20") is None
    True
    """
    found = _VALUE.fullmatch(value)
    numbers = [Fraction(number) for number in found.groups() if number is not None] if found else []
    if not numbers or numbers != sorted(numbers):
        return None
    return Estimate(low=numbers[0], high=numbers[-1], mode=numbers[1] if len(numbers) == 3 else None)


def groups_in(ranking: str) -> tuple[tuple[str, ...], ...]:
    """Return the options of a ranking, best first and equals together.

    Examples
    --------
    >>> groups_in("shared > ours = theirs")
    (('shared',), ('ours', 'theirs'))
    """
    return tuple(tuple(part.strip() for part in group.split("=")) for group in ranking.split(">"))


def check_estimate(context: CommandContext, issue: str, quantity: str, value: str) -> None:
    """Refuse an estimate that no analysis could read: its issue, quantity, options or numbers."""
    agenda = {
        one.slug: tuple(option.slug for option in one.options)
        for basket in context.known.agenda
        for one in basket.issues
    }
    if issue not in (*agenda, *_EVERYWHERE):
        if nearest_word(issue, agenda) is None:
            raise context.refuse("unknown", case="issue", slug=issue)
        raise _wrong(context, f"The agenda has no issue called {quoted(issue)}.", issue, agenda)
    if quantity not in QUANTITIES:
        raise _wrong(context, f"The quantity {quoted(quantity)} is not known.", quantity, QUANTITIES)
    if quantity in _OF_THE_WHOLE and issue not in _EVERYWHERE:
        raise context.refuse("bad_value", why=f"A {quantity} is about the talks as a whole. Give issue={WHOLE}.")
    if quantity not in (*_OF_THE_WHOLE, *_OF_EITHER) and issue in _EVERYWHERE:
        raise context.refuse("bad_value", why=f"A {quantity} is about one issue. Name one of: {', '.join(agenda)}.")
    if quantity in ("worth", "ranking", "red line"):
        _check_options(context, issue, quantity, value, agenda[issue])
    else:
        _check_number(context, issue, quantity, value)


def _check_options(context: CommandContext, issue: str, quantity: str, value: str, options: tuple[str, ...]) -> None:
    named: Iterable[str] = [value.strip()]
    if quantity == "worth":
        option, colon, number = value.rpartition(":")
        if not colon or estimate_in(number) is None:
            raise context.refuse(
                "bad_value",
                why=f"The worth {quoted(value)} cannot be read. Give an option and a number or a range, such as "
                f"‘{options[0] if options else 'option'}: 35’ or ‘{options[0] if options else 'option'}: 20 to 50’.",
            )
        named = [option.strip()]
    elif quantity == "ranking":
        named = [option for group in groups_in(value) for option in group]
        if len(set(named)) < len(named):
            raise context.refuse("bad_value", why=f"The ranking {quoted(value)} names an option twice. Name each once.")
    for option in named:
        if option not in options:
            raise _wrong(context, f"The issue {issue} has no option {quoted(option)}.", option, options)


def _check_number(context: CommandContext, issue: str, quantity: str, value: str) -> None:
    found = estimate_in(value)
    if found is None:
        example = ("0.2", "0.4", "0.5") if quantity == "salience" else ("20", "35", "50")
        raise context.refuse(
            "bad_value",
            why=f"The {quantity} {quoted(value)} cannot be read. Give a number, such as {example[1]}, or a range from "
            f"low to high, such as ‘{example[0]} to {example[2]}’ or ‘{' to '.join(example)}’.",
        )
    if quantity == "salience" and found.high > 1:
        raise context.refuse("bad_value", case="salience", value=value)
    if quantity in ("salience", "capability") and found.low < 0:
        raise context.refuse("bad_value", why=f"The {quantity} {quoted(value)} is below 0. Give 0 or more.")
    if quantity == "point":
        scales = [scale for scale in context.known.scales if scale.issue == issue]
        low = min((scale.low for scale in scales), default=Fraction(0))
        high = max((scale.high for scale in scales), default=Fraction(100))
        if not low <= found.low <= found.high <= high:
            raise context.refuse(
                "bad_value",
                why=f"The point {quoted(value)} lies off the scale of the issue {issue}, which runs from "
                f"{float(low):g} to {float(high):g}. Correct it.",
            )


def _wrong(context: CommandContext, what: str, found: str, known: Iterable[str] | Mapping[str, object]) -> RefusedError:
    near = nearest_word(found, known)
    hint = "" if near is None else f"Did you mean {near!r}? "
    return context.refuse("bad_value", why=f"{what} {hint}Known: {', '.join(known)}.")
