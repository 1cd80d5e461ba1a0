"""Hyper-rectangle utility of Genius: worth added inside (INCLUDES) or outside (EXCLUDES) a box of whole numbers."""

from __future__ import annotations

from fractions import Fraction

from goodoffices.bargain import Box
from goodoffices.formats.input.diagnostics import failure
from goodoffices.formats.input.numbers import to_fraction
from goodoffices.formats.scenarios.lenient_xml import Element
from goodoffices.formats.scenarios.log import Log

Numbers = list[tuple[str, tuple[Fraction, ...]]]


def read_rectangles(root: Element, agenda: Numbers, log: Log) -> tuple[tuple[tuple[Box, Fraction], ...], Fraction]:
    """Return the boxes with the raw points they add, and the points that count as 1 (``maxutility``).

    A rectangle with EXCLUDES adds its points outside its box: they are written as points everywhere, less the same
    points inside.
    """
    utility = root.anywhere("utility")
    if len(utility) != 1:
        raise failure("shape", root.place, f"a nonlinear profile has one <utility>; here are {len(utility)}")
    scale = _number(utility[0], "maxutility")
    if scale <= 0:
        raise failure("out-of-range", utility[0].place, f"maxutility {scale} must be above 0")
    boxes: list[tuple[Box, Fraction]] = []
    for ufun in utility[0].all("ufun"):
        boxes += _read_ufun(ufun, agenda, log, Fraction(1))
    return tuple(boxes), scale


def _number(element: Element, name: str) -> Fraction:
    if name not in element.attributes:
        raise failure("shape", element.place, f"<{element.tag}> has no attribute {name!r}")
    return to_fraction(element.attributes[name], element.place, f"{name!r} of <{element.tag}>")


def _read_ufun(ufun: Element, agenda: Numbers, log: Log, factor: Fraction) -> list[tuple[Box, Fraction]]:
    aggregation = ufun.attributes.get("aggregation", "sum").lower()
    if aggregation != "sum":
        raise failure(
            "not-supported", ufun.place, f"aggregation {aggregation!r} of rectangles is not taken; sums are. Leave the "
            "profile out."
        )  # fmt: skip
    inner = factor * (_number(ufun, "weight") if "weight" in ufun.attributes else 1)
    boxes: list[tuple[Box, Fraction]] = []
    for child in ufun.children:
        if child.tag == "ufun":
            boxes += _read_ufun(child, agenda, log, inner)
        elif child.tag == "hyperRectangle":
            weight = _number(child, "weight") if "weight" in child.attributes else Fraction(1)
            boxes += _read_box(child, agenda, log, inner * weight * _number(child, "utility"))
        else:
            log.note("ignored", child.place, f"<{child.tag}> inside <ufun>")
    return boxes


def _read_box(element: Element, agenda: Numbers, log: Log, points: Fraction) -> list[tuple[Box, Fraction]]:
    excludes, includes = element.all("EXCLUDES"), element.all("INCLUDES")
    if excludes and includes:
        log.note("mixed-box", element.place, "INCLUDES beside EXCLUDES; Genius uses the latter only")
    box = _box(excludes or includes, agenda)
    for child in element.children:
        if child.tag not in ("INCLUDES", "EXCLUDES"):
            log.note("ignored", child.place, f"<{child.tag}> inside <hyperRectangle>")
    everywhere = Box(where=())
    if not excludes:
        return [] if box is None else [(box, points)]
    return [(everywhere, points)] + ([] if box is None else [(box, -points)])


def _box(bounds: list[Element], agenda: Numbers) -> Box | None:
    """Return the box of all bounds, or ``None`` if no settlement lies inside."""
    places = {index: place for place, (index, _) in enumerate(agenda)}
    sides: dict[int, set[int]] = {}
    for bound in bounds:
        index = bound.attributes.get("index", "")
        if index not in places:
            raise failure(
                "mismatch", bound.place, f"there is no issue with index {index!r}; known: {list(places)[:10]}"
            )
        low, high = _number(bound, "min"), _number(bound, "max")
        place = places[index]
        values = agenda[place][1]
        if not values:
            raise failure("mismatch", bound.place, f"issue {index} has no numbers for a rectangle to bound")
        inside = {option for option, value in enumerate(values) if low <= value <= high}
        sides[place] = sides.get(place, inside) & inside
    if not all(sides.values()):
        return None
    narrowed = {place: options for place, options in sides.items() if len(options) < len(agenda[place][1])}
    return Box(where=tuple((place, tuple(sorted(narrowed[place]))) for place in sorted(narrowed)))
