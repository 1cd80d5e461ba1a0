"""The utility functions of NegMAS that are read: additive, affine, discounted, rectangles, tables of settlements."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from goodoffices.bargain import BargainIssue, Box
from goodoffices.data_class import dataclass
from goodoffices.formats.input.diagnostics import Place, failure
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.numbers import to_fraction
from goodoffices.formats.scenarios.log import Log
from goodoffices.formats.scenarios.scenario import Agenda

_MOST_ENTRIES = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Utility:
    """What a function says: worth per issue and option, boxes, discount and reservation (``None``: not given)."""

    worth: tuple[tuple[Fraction, ...], ...]
    boxes: tuple[tuple[Box, Fraction], ...] = ()
    discount: tuple[Fraction, str] | None = None
    reservation: Fraction | None = None


def last_part(name: str) -> str:
    """Return a type without its module path."""
    return name.rsplit(".", 1)[-1]


def agenda_of(space: Any, raw: RawFile, log: Log) -> Agenda:
    """Return the issues of an outcome space."""
    place = Place(file=raw.name)
    if not isinstance(space, dict) or not isinstance(space.get("issues"), list):
        raise failure("shape", place, "an outcome space has a list 'issues'")
    log.unread(space, _KEYS_OF_SPACE, place, "the outcome space")
    return tuple(_issue(issue, place, number, log) for number, issue in enumerate(space["issues"]))


_DISCRETE = (
    "CategoricalIssue", "OrdinalIssue", "CardinalIssue", "DiscreteIssue", "DiscreteOrdinalIssue",
    "DiscreteCardinalIssue",
)  # fmt: skip


_KEYS_OF_SPACE = ("type", "name", "issues")
_KEYS_OF_ISSUE = ("type", "name", "values", "n_values")


def _issue(issue: Any, place: Place, number: int, log: Log) -> BargainIssue:
    if not isinstance(issue, dict) or "values" not in issue:
        raise failure("shape", place, f"issue {number} has no 'values'")
    name = _name(issue, place, number, log)
    kind = last_part(str(issue.get("type", "CategoricalIssue")))
    values = issue["values"]
    if isinstance(values, str):
        kind, values = "CategoricalIssue", _counted(values, place, number)
    if kind in _DISCRETE:
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise failure("shape", place, f"the values of issue {number} should be a list of options")
        options = tuple(str(value) for value in values)
    elif kind == "ContiguousIssue":
        options = _contiguous(values, place, number)
    else:
        raise failure("not-supported", place, f"an issue of type {kind!r} is not read; categorical to contiguous are")
    if len(set(options)) != len(options):
        raise failure("mismatch", place, f"issue {number} lists an option twice as text; options match by text")
    return BargainIssue(name=name, options=options)


def _name(issue: dict[str, Any], place: Place, number: int, log: Log) -> str:
    """Return the name of an issue, or one that is made up and said; parts of it that are not read are said too."""
    log.unread(issue, _KEYS_OF_ISSUE, place, f"issue {number}")
    name = issue.get("name")
    if name is None:
        name = f"issue {number + 1}"
        log.assume("shape", place, f"issue {number} has no 'name'", taken=name)
    if not isinstance(name, str):
        raise failure("shape", place, f"the 'name' of issue {number} should be a text")
    return name


def _contiguous(values: Any, place: Place, number: int) -> tuple[str, ...]:
    """Return the whole numbers from a low to a high one, as options."""
    if not isinstance(values, list) or len(values) != 2:
        raise failure("shape", place, f"the values of issue {number} should be [low, high]")
    low, high = (to_fraction(str(value), place, "a bound") for value in values)
    if low.denominator != 1 or high.denominator != 1 or not 0 <= high - low < 100_000:
        raise failure(
            "out-of-range",
            place,
            f"issue {number} runs from {low} to {high}; use whole numbers and under 100,000 options",
        )
    return tuple(str(value) for value in range(int(low), int(high) + 1))


def _counted(values: str, place: Place, number: int) -> list[str]:
    """Return the options of an issue that states only how many there are; they are counted from 0."""
    if not (values.isascii() and values.isdecimal() and 0 < int(values) < 100_000):
        raise failure(
            "shape", place, f"the values of issue {number} should be a list of options, or how many there are"
        )
    return [str(value) for value in range(int(values))]


def _number(value: Any, place: Place, what: str) -> Fraction:
    if not isinstance(value, str):
        raise failure("shape", place, f"{what} should be a number")
    return to_fraction(value, place, what)


def _numbers(value: Any, place: Place, what: str, size: int) -> list[Fraction]:
    if not isinstance(value, list) or len(value) != size:
        raise failure("shape", place, f"{what} should be a list of {size} numbers, one per issue")
    return [_number(part, place, what) for part in value]


_KEYS_OF_VALUES = {
    "TableFun": ("mapping",), "ConstFun": ("bias",), "AffineFun": ("slope", "bias"), "LinearFun": ("slope",)
}  # fmt: skip


def _table(function: Any, issue: BargainIssue, place: Place, log: Log) -> list[Fraction]:
    """Return the worth of each option under one value function."""
    if not isinstance(function, dict):
        raise failure("shape", place, f"the value function of {issue.name!r} should be a mapping")
    kind = last_part(str(function.get("type", "")))
    known = ("type", "name", *_KEYS_OF_VALUES.get(kind, ()))
    log.unread_in_worth(function, known, place, f"the value function of {issue.name!r}")
    if kind == "TableFun":
        given = function.get("mapping")
        if not isinstance(given, dict) or set(given) != set(issue.options):
            raise failure("mismatch", place, f"the table of {issue.name!r} does not name exactly its options")
        return [_number(given[option], place, f"{issue.name}/{option}") for option in issue.options]
    if kind == "ConstFun":
        return [_number(function.get("bias"), place, "bias")] * len(issue.options)
    lines: dict[str, tuple[Any, Any]] = {
        "AffineFun": (function.get("slope"), function.get("bias")),
        "LinearFun": (function.get("slope"), "0"),
        "IdentityFun": ("1", "0"),
    }
    if kind not in lines:
        raise failure("not-supported", place, f"a value function of type {kind!r} is not read")
    slope, bias = (_number(part, place, f"{kind} of {issue.name!r}") for part in lines[kind])
    return [slope * _number(option, place, f"option {option!r}") + bias for option in issue.options]


def _with_bias(worth: list[list[Fraction]], bias: Fraction) -> tuple[tuple[Fraction, ...], ...]:
    """Add a constant to the first issue: the same worth for every settlement."""
    shifted = [[value + bias for value in worth[0]], *worth[1:]]
    return tuple(tuple(table) for table in shifted)


def _linear(value: dict[str, Any], agenda: Agenda, raw: RawFile, log: Log) -> Utility:
    place = Place(file=raw.name)
    functions = value.get("values")
    if isinstance(functions, dict):
        strange = [name for name in functions if name not in {issue.name for issue in agenda}]
        if strange:
            raise failure("mismatch", place, f"a value function is for {strange[0]!r}, which the agenda does not have")
        functions = [functions.get(issue.name) for issue in agenda]
    if not isinstance(functions, list) or len(functions) != len(agenda):
        raise failure("mismatch", place, f"{len(agenda)} value functions are needed, one per issue")
    weights = [Fraction(1)] * len(agenda)
    if value.get("weights") is not None:
        weights = _numbers(value["weights"], place, "weights", len(agenda))
    worth = [
        [weight * part for part in _table(function, issue, place, log)]
        for function, issue, weight in zip(functions, agenda, weights, strict=True)
    ]
    return Utility(worth=_with_bias(worth, _number(value.get("bias", "0"), place, "bias")))


def _affine(value: dict[str, Any], agenda: Agenda, raw: RawFile, log: Log) -> Utility:
    place = Place(file=raw.name)
    weights = _numbers(value.get("weights"), place, "weights", len(agenda))
    worth = [
        [weight * _number(option, place, f"option {option!r} of {issue.name!r}") for option in issue.options]
        for weight, issue in zip(weights, agenda, strict=True)
    ]
    return Utility(worth=_with_bias(worth, _number(value.get("bias", "0"), place, "bias")))


def _discounted(value: dict[str, Any], agenda: Agenda, raw: RawFile, log: Log) -> Utility:
    place = Place(file=raw.name)
    inner = value.get("ufun")
    if not isinstance(inner, dict):
        raise failure("shape", place, "a discounted function holds another one under 'ufun'")
    factor = _number(value.get("discount"), place, "discount")
    named = str(value.get("factor", "step"))
    units = {"step": "turn", "relative_time": "run"}
    if named not in units:
        raise failure("not-supported", place, f"discounting by {named!r} is not read; by step or relative_time is")
    read = read_utility(inner, agenda, raw, log)
    if read.discount is not None:
        raise failure("not-supported", place, "a discounted function inside a discounted one is not read")
    return replace(read, discount=None if factor == 1 else (factor, units[named]))


def _rectangles(value: dict[str, Any], agenda: Agenda, raw: RawFile, log: Log) -> Utility:
    place = Place(file=raw.name)
    ranges, utilities = value.get("outcome_ranges"), value.get("utilities")
    if not isinstance(ranges, list) or not isinstance(utilities, list) or len(ranges) != len(utilities):
        raise failure("shape", place, "outcome_ranges and utilities should be lists of the same length")
    weights = _numbers(value.get("weights") or ["1"] * len(ranges), place, "weights", len(ranges))
    boxes = []
    for sides, points, weight in zip(ranges, utilities, weights, strict=True):
        boxes.append((_box(sides, agenda, place), weight * _number(points, place, "utility of a rectangle")))
    zero = [[Fraction(0)] * len(issue.options) for issue in agenda]
    return Utility(worth=_with_bias(zero, _number(value.get("bias", "0"), place, "bias")), boxes=tuple(boxes))


def _box(sides: Any, agenda: Agenda, place: Place) -> Box:
    if not isinstance(sides, dict):
        raise failure("shape", place, "a rectangle maps issue numbers to options or [low, high]")
    where = []
    numbers = {str(number) for number in range(len(agenda))}
    strange = next((str(key) for key in sides if str(key) not in numbers), None)
    if strange is not None:
        raise failure(
            "mismatch", place, f"{strange[:40]!r} is not the number of an issue; they are 0 to {len(agenda) - 1}"
        )
    for key in sorted(sides, key=int):
        issue = agenda[int(key)]
        given = sides[key] if isinstance(sides[key], list) else [sides[key]]
        unknown = [str(option) for option in given if str(option) not in issue.options]
        if unknown:
            raise failure("mismatch", place, f"{unknown[0]!r} is not an option of issue {issue.name!r}")
        where.append((int(key), tuple(sorted({issue.options.index(str(option)) for option in given}))))
    return Box(where=tuple(where))


def _mapping(value: dict[str, Any], agenda: Agenda, raw: RawFile, log: Log) -> Utility:
    place = Place(file=raw.name)
    entries = value.get("mapping")
    if not isinstance(entries, list) or len(entries) > _MOST_ENTRIES:
        raise failure(
            "shape", place, f"'mapping' should be a list of at most {_MOST_ENTRIES} pairs of settlement and worth"
        )
    stated = value.get("default")
    others = _number(stated, place, "default") if _is_stated(stated) else Fraction(0)
    boxes: dict[Box, Fraction] = {}
    for entry in entries:
        if not isinstance(entry, list) or len(entry) != 2 or not isinstance(entry[0], list):
            raise failure("shape", place, "an entry of 'mapping' is [[options], worth]")
        if len(entry[0]) != len(agenda):
            raise failure(
                "shape", place, f"a settlement of 'mapping' names an option of each of the {len(agenda)} issues"
            )
        box = _box({str(at): option for at, option in enumerate(entry[0])}, agenda, place)
        if box in boxes:
            raise failure("mismatch", place, f"'mapping' lists the settlement {entry[0]} twice; keep one of them")
        boxes[box] = _number(entry[1], place, "worth of a settlement") - others
    if not _is_stated(stated) and len(boxes) < math.prod(len(issue.options) for issue in agenda):
        log.assume("shape", place, "'mapping' does not list every settlement, and gives no 'default'", taken="0")
    zero = [[Fraction(0)] * len(issue.options) for issue in agenda]
    return Utility(worth=_with_bias(zero, others), boxes=tuple(boxes.items()))


def _is_stated(value: Any) -> bool:
    """Whether a number or a settlement is given; negative infinity is how NegMAS writes that there is none."""
    return value is not None and str(value).lower() not in ("-.inf", "", "~", "null", "none")


def _worth_of(outcome: Any, utility: Utility, agenda: Agenda, place: Place) -> Fraction:
    """Return what the settlement that is reserved is worth under a function."""
    if not isinstance(outcome, list) or len(outcome) != len(agenda):
        raise failure("shape", place, "'reserved_outcome' should be a list with an option of each issue")
    box = _box({str(at): option for at, option in enumerate(outcome)}, agenda, place)
    chosen = {at: options[0] for at, options in box.where}
    inside = (points for one, points in utility.boxes if all(chosen[at] in options for at, options in one.where))
    return sum((table[chosen[at]] for at, table in enumerate(utility.worth)), sum(inside, Fraction(0)))


_READERS: dict[str, Callable[[dict[str, Any], Agenda, RawFile, Log], Utility]] = {
    "LinearAdditiveUtilityFunction": _linear,
    "AffineUtilityFunction": _affine,
    "ExpDiscountedUFun": _discounted,
    "HyperRectangleUtilityFunction": _rectangles,
    "MappingUtilityFunction": _mapping,
}


_KEYS: dict[str, frozenset[str]] = {
    "LinearAdditiveUtilityFunction": frozenset({"values", "weights", "bias"}),
    "AffineUtilityFunction": frozenset({"weights", "bias"}),
    "ExpDiscountedUFun": frozenset({"ufun", "discount", "factor", "dynamic_reservation"}),
    "HyperRectangleUtilityFunction": frozenset({"outcome_ranges", "utilities", "weights", "bias"}),
    "MappingUtilityFunction": frozenset({"mapping", "default"}),
}
_KEYS_OF_ALL = frozenset({"type", "name", "id", "reserved_value", "outcome_space", "reserved_outcome"})
"""The parts of a function that are read, or that are only names."""


def read_utility(value: Any, agenda: Agenda, raw: RawFile, log: Log) -> Utility:
    """Return what a utility function of NegMAS says about the settlements of ``agenda``."""
    place = Place(file=raw.name)
    if not isinstance(value, dict):
        raise failure("shape", place, "a utility function should be a mapping of names")
    kind = last_part(str(value.get("type", "")))
    if kind not in _READERS:
        raise failure(
            "not-supported", place, f"a utility function of type {kind!r} is not read; known: {sorted(_READERS)}"
        )
    log.unread_in_worth(value, _KEYS[kind] | _KEYS_OF_ALL, place, f"the function, a {kind},")
    if "dynamic_reservation" in value:
        log.note("ignored", place, "'dynamic_reservation' is not read: it changes the reserved value over time")
    utility = _READERS[kind](value, agenda, raw, log)
    reserved, outcome = value.get("reserved_value"), value.get("reserved_outcome")
    if not _is_stated(reserved):
        return (
            utility
            if not _is_stated(outcome)
            else replace(utility, reservation=_worth_of(outcome, utility, agenda, place))
        )
    return replace(utility, reservation=_number(reserved, place, "reserved_value"))
