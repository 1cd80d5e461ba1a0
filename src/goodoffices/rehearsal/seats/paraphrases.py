"""Paraphrases are mechanical: a teller rewrites points by rule, so that what was lost can be found by rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from goodoffices.rehearsal.seats.lexicon import Lexicon, Stand
from goodoffices.rehearsal.seats.points import Point


class Loss(StrEnum):
    """What a retelling lost."""

    POINT = "point"
    CONDITION = "condition"
    STAND = "stand"
    OPTION = "option"
    ADDED = "added"


def softened(points: Iterable[Point]) -> tuple[Point, ...]:
    """Return points with their edges off: conditions and times are gone, and *cannot* has become *difficult*."""
    return tuple(
        replace(point, stand=Stand.DIFFICULT if point.stand is Stand.REJECT else point.stand, only_if=(), until=None)
        for point in points
    )


def blurred(points: Iterable[Point], lexicon: Lexicon) -> tuple[Point, ...]:
    """Return points of which the first names two options at once, its own and the next on the agenda."""
    told = list(points)
    for k, point in enumerate(told):
        options = lexicon.options_of(point.issue)
        other = next((o for o in options if o not in point.options), None)
        if other is not None and len(point.options) == 1:
            told[k] = replace(point, options=(point.option, other))
            break
    return tuple(told)


def as_ideas(points: Iterable[Point]) -> tuple[Point, ...]:
    """Return what points let the others have or ask of them, as suggestions of nobody's."""
    return tuple(
        Point(issue=point.issue, options=point.options, stand=Stand.SUGGEST)
        for point in points
        if point.stand in (Stand.ASK, Stand.OFFER, Stand.ACCEPT, Stand.SUGGEST)
    )


def losses(written: Iterable[Point], told: Iterable[Point]) -> tuple[tuple[Loss, Point], ...]:
    """Return what a retelling lost or added, each with the point that it concerns."""
    written, told = tuple(written), tuple(told)
    found: list[tuple[Loss, Point]] = []
    for point in written:
        heard = next((t for t in told if t.issue == point.issue and set(t.options) & set(point.options)), None)
        if heard is None:
            found.append((Loss.POINT, point))
        elif set(heard.options) != set(point.options):
            found.append((Loss.OPTION, point))
        elif heard.stand is not point.stand:
            found.append((Loss.STAND, point))
        elif heard.only_if != point.only_if or heard.until != point.until:
            found.append((Loss.CONDITION, point))
    issues = {point.issue for point in written}
    found += [(Loss.ADDED, point) for point in told if point.issue not in issues]
    return tuple(found)
