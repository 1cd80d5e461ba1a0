"""One Genius profile: weights, evaluations, reservation, discount, rectangles. Meanings: source code of Genius 10.4."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from goodoffices.data_class import dataclass
from goodoffices.formats.input.diagnostics import Place, failure
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.limits import LIMITS
from goodoffices.formats.input.numbers import to_fraction
from goodoffices.formats.scenarios.hyper_rectangles import read_rectangles
from goodoffices.formats.scenarios.lenient_xml import Element
from goodoffices.formats.scenarios.log import Log
from goodoffices.formats.scenarios.scenario import Profile
from goodoffices.text_tables import counted

NEGLIGIBLE = Fraction(1, 100_000)
"""Genius takes all evaluations of an issue as 0 if the largest is below this."""


@dataclass(frozen=True, slots=True)
class GeniusIssue:
    """One issue of the agenda; ``values`` are the numbers behind the options of an integer or real issue."""

    index: str
    name: str
    kind: str
    options: tuple[str, ...]
    values: tuple[Fraction, ...] = ()


def attribute(element: Element, name: str) -> str:
    """Return an attribute that must be there."""
    if name not in element.attributes:
        raise failure("shape", element.place, f"<{element.tag}> has no attribute {name!r}. Add it.")
    return element.attributes[name]


def number(element: Element, name: str) -> Fraction:
    """Return a numeric attribute that must be there."""
    return to_fraction(attribute(element, name), element.place, f"{name!r} of <{element.tag}>")


def kind_of(issue: Element) -> str:
    """Return discrete, integer or real: by ``type``, else ``etype`` or ``vtype``, else discrete."""
    given = issue.attributes
    kind = given.get("type") or given.get("etype") or given.get("vtype") or "discrete"
    if kind not in ("discrete", "integer", "real"):
        raise failure(
            "not-supported", issue.place, f"an issue of type {kind!r} is not read; discrete, integer, real are"
        )
    return kind


def read_issues(root: Element, raw: RawFile, log: Log, grid: int | None) -> list[GeniusIssue]:
    """Return the issues of an agenda (or of a profile without one), in the order of the file."""
    issues = []
    for element in root.anywhere("issue"):
        kind = kind_of(element)
        index, name = attribute(element, "index"), attribute(element, "name")
        if kind == "discrete":
            issues.append(GeniusIssue(index, name, kind, _options(element, name, log)))
        else:
            issues.append(_numbered(element, (index, name, kind), log, grid))
    if not issues:
        raise failure("shape", Place(file=raw.name), "the agenda has no issue")
    if len({issue.index for issue in issues}) != len(issues) or len({issue.name for issue in issues}) != len(issues):
        raise failure("mismatch", Place(file=raw.name), "two issues share an index or a name; give each its own")
    for label in root.anywhere("stateissue"):
        log.note(
            "ignored", label.place, f"the state {label.attributes.get('name', '')!r} has no worth; kept as a label"
        )
    return issues


def _options(element: Element, name: str, log: Log) -> tuple[str, ...]:
    options: dict[str, None] = {}
    for item in element.all("item"):
        option = attribute(item, "value")
        if option in options:
            log.repair(
                "doubled-option", item.place, f"issue {name!r} lists this option twice", found=option, taken="once"
            )
        options[option] = None
    if not options:
        raise failure("shape", element.place, f"issue {name!r} has no option")
    return tuple(options)


def bounds_of(element: Element) -> tuple[Fraction, Fraction]:
    """Return the bounds of an integer or real issue, also of the older form."""
    holder = element if "lowerbound" in element.attributes else element.first("range")
    if holder is None:
        raise failure("shape", element.place, "an issue of numbers has no lowerbound and upperbound")
    low, high = number(holder, "lowerbound"), number(holder, "upperbound")
    if high < low:
        raise failure("out-of-range", element.place, f"lowerbound {low} lies above upperbound {high}")
    return low, high


def _numbered(element: Element, what: tuple[str, str, str], log: Log, grid: int | None) -> GeniusIssue:
    index, name, kind = what
    low, high = bounds_of(element)
    if kind == "integer":
        if low.denominator != 1 or high.denominator != 1:
            raise failure("out-of-range", element.place, f"the bounds of integer issue {name!r} are not whole")
        if high - low >= LIMITS.options:
            raise failure("limit", element.place, f"issue {name!r} has {high - low + 1} options")
        values = tuple(Fraction(value) for value in range(int(low), int(high) + 1))
        return GeniusIssue(index, name, kind, tuple(str(value) for value in values), values)
    if grid is None:
        raise failure(
            "grid", element.place, f"issue {name!r} is continuous from {low} to {high}. Say with grid= into how many "
            "options to cut it."
        )  # fmt: skip
    if grid < 2:
        raise failure("grid", element.place, f"grid={grid} leaves no choice; it should be at least 2")
    values = tuple(low + (high - low) * step / (grid - 1) for step in range(grid))
    log.assume("grid", element.place, f"continuous issue {name!r} cut into equal steps", taken=f"{grid} options")
    return GeniusIssue(index, name, kind, tuple(str(float(value)) for value in values), values)


def read_profile(
    root: Element, raw: RawFile, agenda: list[GeniusIssue], log: Log, *, raw_points: bool
) -> Profile | None:
    """Return one party, or ``None`` if the file does not describe a party; the report then says why."""
    if root.attributes.get("type", "").lower() == "constraint":
        raise failure("not-supported", root.place, "a profile of conditional rules (type 'constraint') is not read")
    if raw_points and raw.stem.endswith("_opp"):
        log.note("belief", root.place, "what one side believes of the other; not a party")
        return None
    if root.first("utility") or root.anywhere("ufun"):
        boxes, scale = read_rectangles(root, agenda_of(agenda), log)
        worth = tuple((Fraction(0),) * len(issue.options) for issue in agenda)
        return _finish(
            root, raw, Profile(name=raw.stem, file=raw.name, worth=worth, boxes=boxes, cap=scale, scale=scale), log
        )
    weights = _weights(root, agenda, log)
    given = _issues_by_index(root)
    _check_issues(given, agenda)
    if _is_blank(given, agenda, weights):
        log.refuse("blank-profile", root.place, "every weight is 0 and no option has an evaluation; left out")
        return None
    factor, tables = Fraction(1), []
    if raw_points:
        multiplier = root.first("weightmultiplyer")
        factor = Fraction(1) if multiplier is None else number(multiplier, "value")
    for issue, weight in zip(agenda, weights, strict=True):
        element = given.get(issue.index)
        if element is None:
            raise failure(
                "mismatch", root.place, f"the profile says nothing of issue {issue.name!r} (index {issue.index})"
            )
        values = _evaluations(element, issue, log, normalise=not raw_points)
        tables.append(tuple(factor * weight * value for value in values))
    tops = sum((max(table) for table in tables), Fraction(0))
    cap = Fraction(1) if not raw_points and tops > 1 + Fraction(1, 10**9) else None
    return _finish(root, raw, Profile(name=raw.stem, file=raw.name, worth=tuple(tables), cap=cap), log)


def _issues_by_index(root: Element) -> dict[str, Element]:
    """Return the issues of a profile; one that stands twice is refused, since a later one would hide the first."""
    given: dict[str, Element] = {}
    for element in root.anywhere("issue"):
        index = element.attributes.get("index", "")
        if index in given:
            raise failure("mismatch", element.place, f"the profile has issue {index!r} twice; keep one of them")
        given[index] = element
    return given


def _check_issues(given: dict[str, Element], agenda: list[GeniusIssue]) -> None:
    """Refuse a profile with an issue that the agenda does not have: what it is worth would be lost."""
    known = {issue.index for issue in agenda}
    for index, element in given.items():
        if index not in known:
            raise failure("mismatch", element.place, f"the profile has an issue {index!r} that the agenda lacks")


def agenda_of(agenda: list[GeniusIssue]) -> list[tuple[str, tuple[Fraction, ...]]]:
    """Return index and numbers of the issues, as the rectangles need them."""
    return [(issue.index, issue.values) for issue in agenda]


def _weights(root: Element, agenda: list[GeniusIssue], log: Log) -> list[Fraction]:
    found: dict[str, Fraction] = {}
    for element in root.anywhere("weight"):
        index, value = attribute(element, "index"), number(element, "value")
        if found.setdefault(index, value) != value:
            why = f"issue {index!r} has two weights, {float(found[index]):g} and {float(value):g}; keep one of them"
            raise failure("mismatch", element.place, why)
    # A weight of an objective is above all issues and changes nothing.
    known = {issue.index for issue in agenda} | {one.attributes.get("index") for one in root.anywhere("objective")}
    strange = [index for index, weight in found.items() if weight and index not in known]
    if strange:
        raise failure("mismatch", root.place, f"a weight is for issue {strange[0]!r}, which the agenda does not have")
    missing = [issue.name for issue in agenda if issue.index not in found]
    if missing:
        raise failure("shape", root.place, f"issue {missing[0]!r} has no weight. Add <weight index=... value=...>.")
    weights = [found[issue.index] for issue in agenda]
    if abs(sum(weights, Fraction(0)) - 1) > Fraction(1, 100) and any(weights):
        log.note("weights-off", root.place, f"the weights add up to {float(sum(weights)):.6g}; taken as written")
    return weights


def _is_blank(given: dict[str, Element], agenda: list[GeniusIssue], weights: list[Fraction]) -> bool:
    items = [item for issue in agenda if issue.index in given for item in given[issue.index].all("item")]
    return not any(weights) and bool(items) and not any(_has_evaluation(item) for item in items)


def _has_evaluation(item: Element) -> bool:
    return item.attributes.get("evaluation", "null").strip().lower() not in ("", "null")


def _evaluations(element: Element, issue: GeniusIssue, log: Log, *, normalise: bool) -> list[Fraction]:
    """Return what each option of the agenda is worth on this issue, before the weight."""
    if element.attributes.get("name", issue.name) != issue.name:
        log.assume(
            "name-differs", element.place, f"index {issue.index} is named differently in agenda and profile",
            found=element.attributes["name"], taken=issue.name,
        )  # fmt: skip
    if kind_of(element) != issue.kind:
        raise failure("mismatch", element.place, f"issue {issue.name!r} is {issue.kind} in the agenda, not so here")
    if issue.kind != "discrete":
        return _computed(element, issue, log)
    by_option = _listed(element, issue, log)
    values = [by_option.get(option, Fraction(0)) for option in issue.options]
    if not normalise:
        return values
    largest = max(by_option.values(), default=Fraction(0))
    return [value / largest if largest >= NEGLIGIBLE else Fraction(0) for value in values]


def _listed(element: Element, issue: GeniusIssue, log: Log) -> dict[str, Fraction]:
    """Return the evaluations as written; a later item of the same option replaces an earlier one, and is named."""
    by_option: dict[str, Fraction] = {}
    for item in element.all("item"):
        option = attribute(item, "value")
        if option not in issue.options:
            raise failure("mismatch", item.place, f"option {option!r} is not in the agenda's issue {issue.name!r}")
        if _has_evaluation(item):
            value = number(item, "evaluation")
            if by_option.get(option, value) != value:
                log.assume(
                    "doubled-option", item.place, f"issue {issue.name!r} evaluates {option!r} twice",
                    found=f"{float(by_option[option]):g} and {float(value):g}", taken=f"{float(value):g}",
                )  # fmt: skip
            by_option[option] = value
    missing = [option for option in issue.options if option not in by_option]
    if missing and not log.may("missing-evaluation"):
        raise failure("missing-evaluation", element.place, f"option {missing[0]!r} of {issue.name!r} has no evaluation")
    if missing:
        log.assume(
            "missing-evaluation",
            element.place,
            f"{counted(len(missing), 'option')} of {issue.name!r} without",
            taken="0",
        )
    return by_option


def _computed(element: Element, issue: GeniusIssue, log: Log) -> list[Fraction]:
    """Return the worth of the numbers of an integer or real issue, each cut to 0..1."""
    evaluator = element.first("evaluator")
    if len({tuple(sorted(one.attributes.items())) for one in element.all("evaluator")}) > 1:
        raise failure("mismatch", element.place, f"issue {issue.name!r} has two evaluators; keep one of them")
    if evaluator is None:
        raise failure("shape", element.place, f"issue {issue.name!r} has no <evaluator>")
    form = evaluator.attributes.get("ftype", "linear")
    if form == "linear" and "slope" in evaluator.attributes:
        low, _ = bounds_of(element)
        slope, offset = number(evaluator, "slope"), number(evaluator, "offset")
        return [_cut(slope * (value - low) + offset) for value in issue.values]
    if form == "linear":
        if issue.kind == "integer":
            log.note("older-form", evaluator.place, "parameter1 and parameter0 in place of slope and offset")
        slope, offset = number(evaluator, "parameter1"), number(evaluator, "parameter0")
        return [_cut(slope * value + offset) for value in issue.values]
    if form == "constant":
        return [_cut(number(evaluator, "parameter0")) for _ in issue.values]
    if form == "triangular":
        corners = [number(evaluator, name) for name in ("parameter0", "parameter1", "parameter2")]
        return [_triangle(value, *corners) for value in issue.values]
    raise failure("not-supported", evaluator.place, f"an evaluator of form {form!r} is not read")


def _cut(value: Fraction) -> Fraction:
    return min(max(value, Fraction(0)), Fraction(1))


def _triangle(value: Fraction, lower: Fraction, upper: Fraction, top: Fraction) -> Fraction:
    if value < lower or value > upper:
        return Fraction(0)
    if value < top:
        return (value - lower) / (top - lower)
    return Fraction(1) if value == top else (upper - value) / (upper - top)


def _finish(root: Element, raw: RawFile, profile: Profile, log: Log) -> Profile:
    """Add reservation, discount and what the websocket dialect says of time."""
    from dataclasses import replace

    strange = dict.fromkeys(child.tag for child in _all_in(root) if child.tag not in _KNOWN_ELEMENTS)
    if strange:
        log.unread_in_worth(strange, (), root.place, "the profile")
    reservation = root.anywhere("reservation")
    value = Fraction(0)
    if len({number(each, "value") for each in reservation}) > 1:
        raise failure("mismatch", reservation[1].place, "the profile states two reservation values; keep one of them")
    if reservation:
        value = number(reservation[0], "value")
    else:
        log.assume(
            "missing-reservation", Place(file=raw.name), f"the reservation value of {profile.name} is not stated",
            taken="0", remedy="State it if no agreement is worth something.",
        )  # fmt: skip
    turn, out = root.first("timeeffect"), root.first("optout")
    return replace(
        profile,
        reservation_value=value * profile.scale,
        discount=_discount(root, log),
        worth_per_turn=Fraction(0) if turn is None else number(turn, "value"),
        opt_out_value=None if out is None else number(out, "value"),
    )


_KNOWN_ELEMENTS = frozenset({
    "utility_space", "objective", "issue", "item", "weight", "evaluator", "range", "reservation", "discount_factor",
    "utility", "ufun", "hyperRectangle", "INCLUDES", "EXCLUDES", "weightmultiplyer", "optout", "timeeffect",
    "stateissue", "similarity_function", "criteria_function", "value", "utilityspace", "agent", "opponent",
    "comparisons", "errors", "experimental", "fixed_seed",
})  # fmt: skip
"""The elements that profiles have, in all the dialects that are read."""


def _all_in(root: Element) -> Iterator[Element]:
    for child in root.children:
        yield child
        yield from _all_in(child)


def _discount(root: Element, log: Log) -> tuple[Fraction, str] | None:
    found = root.anywhere("discount_factor")
    if not found:
        log.note("no-discount", root.place, "no discount factor is stated", taken="none")
        return None
    text = attribute(found[0], "value")
    if len({attribute(each, "value") for each in found}) > 1:
        raise failure("mismatch", found[1].place, "the profile states two discount factors; keep one of them")
    try:
        known = math.isfinite(float(text))
    except ValueError:
        known = False
    if not known:
        log.assume("no-discount", found[0].place, "the discount factor is not a number", found=text, taken="none")
        return None
    factor = to_fraction(text, found[0].place, "the discount factor")
    if factor <= 0 or factor > 1:
        log.note("out-of-range", found[0].place, f"discount factor {text} outside 0..1; Genius takes it as none")
        return None
    return None if factor == 1 else (factor, "run")
