"""Values that others published with their scenarios, under the names of what they really are.

Nothing in the product computes from them; they are for tests and for tables that compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goodoffices.formats.input.files import RawFile, read_folder
from goodoffices.formats.input.strict_json import parse_json

Worths = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedValues:
    """Published numbers of one scenario; ``as_labelled`` maps the field's true name to the word in the file.

    Fields that the file does not state are ``None``.
    """

    source: str
    nash_product: float | None = None
    nash_worth: tuple[float, ...] | None = None
    utilitarian: float | None = None
    utilitarian_worth: tuple[float, ...] | None = None
    least_difference_worth: tuple[float, ...] | None = None
    frontier: Worths | None = None
    heuristic_front: Worths | None = None
    as_labelled: tuple[tuple[str, str], ...] = ()


def read_published(folder: str | Path) -> PublishedValues | None:
    """Return the published values in ``folder``, or ``None`` if there are none."""
    for raw in read_folder(Path(folder)):
        reader = _READERS.get(raw.name)
        if reader is not None:
            return reader(raw)
    return None


def _worth(part: Any) -> tuple[float, ...]:
    return tuple(float(value) for value in part["utility"])


def _specials(raw: RawFile) -> PublishedValues:
    value = parse_json(raw)
    nash, welfare, kalai = (_worth(value[key]) for key in ("nash", "social_welfare", "kalai"))
    return PublishedValues(
        source=raw.name,
        nash_product=nash[0] * nash[1],
        nash_worth=nash,
        utilitarian=sum(welfare),
        utilitarian_worth=welfare,
        least_difference_worth=kalai,
        frontier=tuple(_worth(point) for point in value["pareto_front"]),
        as_labelled=(("nash", "nash"), ("utilitarian", "social_welfare"), ("least_difference", "kalai")),
    )


def _specs(raw: RawFile) -> PublishedValues:
    value = parse_json(raw)
    label = "Nash Product" if "Nash Product" in value else "Product Score"
    return PublishedValues(
        source=raw.name,
        nash_product=float(value[label]),
        nash_worth=(float(value["Nash_A"]), float(value["Nash_B"])),
        utilitarian=float(value["Social Welfare"]),
        utilitarian_worth=(float(value["Kalai_A"]), float(value["Kalai_B"])),
        as_labelled=(("nash", label), ("utilitarian", "Kalai_A, Kalai_B")),
    )


def _pareto(raw: RawFile) -> PublishedValues:
    lines = raw.data.decode("utf-8").split("\n")
    points = tuple(tuple(float(part) for part in line.split(",")) for line in lines if "," in line)
    return PublishedValues(source=raw.name, heuristic_front=points, as_labelled=(("heuristic_front", "pareto"),))


_READERS = {"specials.json": _specials, "specs.json": _specs, "pareto.xml": _pareto}
