"""Masks: how fine a place and a time of an allegation may be when it leaves its ledger, and what stays behind.

What is coarser is worked out from the place and the time alone, never drawn at random: repeated noise averages out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, quoted
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.model.ceasefire import Area

PLACE_LEVELS = ("exact", "settlement", "district", "governorate", "withheld")
"""From the finest to the coarsest."""
TIME_LEVELS = ("hour", "day", "week")
HIDEABLE = ("reporter", "words", "evidence")
"""What a mask can hide. Who reported is always hidden."""
AREA_LEVELS = ("settlement", "district", "governorate", "country")
"""What an area can be, from the smallest on."""
GRID_KM = 5.0
_KM_PER_DEGREE = 111.32
_GOVERNORATE_CODE = 3
"""A code of ISO 3166-2 has a country, a dash and something more: SY-HM."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """How fine an allegation may be shown outside its ledger. The filer sets it.

    Attributes
    ----------
    place, time
        One of ``PLACE_LEVELS`` and of ``TIME_LEVELS``.
    hides
        What is not shown at all; always *reporter*.
    """

    place: str = "exact"
    time: str = "hour"
    hides: tuple[str, ...] = ("reporter",)

    def __post_init__(self) -> None:
        for value, known in ((self.place, PLACE_LEVELS), (self.time, TIME_LEVELS)):
            if value not in known:
                raise ScenarioError(
                    Phrase(
                        "{value} is not a level of a mask; known: {known}", value=quoted(value), known=", ".join(known)
                    )
                )
        for value in self.hides:
            if value not in HIDEABLE:
                raise ScenarioError(
                    Phrase(
                        "a mask cannot hide {value}; it can hide: {hideable}",
                        value=quoted(value),
                        hideable=", ".join(HIDEABLE),
                    )
                )
        hides = tuple(name for name in HIDEABLE if name == "reporter" or name in self.hides)
        object.__setattr__(self, "hides", hides)

    @property
    def is_open(self) -> bool:
        """Whether place, time and words may leave the ledger as they are."""
        return self == Mask()

    def covers(self, other: Mask) -> bool:
        """Say whether this mask shows nothing that the other one hides: it is as coarse as that, or coarser.

        Examples
        --------
        >>> Mask(place="district").covers(Mask()), Mask().covers(Mask(time="day"))
        (True, False)
        """
        return (
            PLACE_LEVELS.index(self.place) >= PLACE_LEVELS.index(other.place)
            and TIME_LEVELS.index(self.time) >= TIME_LEVELS.index(other.time)
            and {*self.hides} >= {*other.hides}
        )

    def one_coarser(self) -> Mask:
        """Return the mask with a place one level coarser; what is withheld stays so."""
        at = min(PLACE_LEVELS.index(self.place) + 1, len(PLACE_LEVELS) - 1)
        return Mask(place=PLACE_LEVELS[at], time=self.time, hides=self.hides)


def area_level(areas: Mapping[str, Area], slug: str) -> str:
    """Return what an area is: what the talks say, or else what its code and the areas above it say.

    A code of ISO 3166-2 (SY-HM) is a governorate, and one of two letters (SY) a country. An area in a governorate is a
    district, and one in a district a settlement. An area of which nothing says so counts as a settlement: the finest.
    """
    above: list[Area] = []
    while slug in areas and areas[slug] not in above:
        above.append(areas[slug])
        slug = areas[slug].part_of or ""
    for below, area in enumerate(above):
        if (level := _own_level(area)) is not None:
            return AREA_LEVELS[max(AREA_LEVELS.index(level) - below, 0)]
    return AREA_LEVELS[0]


def _own_level(area: Area) -> str | None:
    if area.level is not None:
        return area.level
    code = area.code or ""
    if len(code) == 2 and code.isalpha():
        return "country"
    return "governorate" if len(code) > _GOVERNORATE_CODE and code[2] == "-" and code[:2].isalpha() else None


def coarse_area(areas: Mapping[str, Area], slug: str, place: str) -> str:
    """Return the smallest area that holds an area and is at least as coarse as a level; empty if there is none.

    Examples
    --------
    >>> areas = {"b": Area(slug="b", names=(), part_of="a"), "a": Area(slug="a", names=(), code="SY-HM")}
    >>> coarse_area(areas, "b", "district"), coarse_area(areas, "b", "governorate"), coarse_area(areas, "b", "withheld")
    ('b', 'a', '')
    """
    if place in ("exact", "settlement"):
        return slug
    seen: set[str] = set()
    while place != "withheld" and slug in areas and slug not in seen:
        if AREA_LEVELS.index(area_level(areas, slug)) >= AREA_LEVELS.index(place):
            return slug
        seen.add(slug)
        slug = areas[slug].part_of or ""
    return ""


def coarse_point(point: tuple[float, float], place: str) -> tuple[float, float] | None:
    """Return a point as a level shows it: itself, the centre of its cell of 5 km, or nothing from districts on.

    Examples
    --------
    >>> coarse_point((33.617, 36.186), "settlement")
    (33.6193, 36.165)
    """
    if place == "exact":
        return point
    if place != "settlement":
        return None
    height = GRID_KM / _KM_PER_DEGREE
    latitude = (math.floor(point[0] / height) + 0.5) * height
    width = height / max(math.cos(math.radians(latitude)), 0.01)
    longitude = (math.floor(point[1] / width) + 0.5) * width
    return round(latitude, 4), round(longitude, 4)


def told_mask(place: str, time: str, hides: tuple[str, ...]) -> Mask | None:
    """Return the mask that was chosen; nothing if it hides no more than who reported."""
    mask = Mask(place=place, time=time, hides=hides)
    return None if mask.is_open else mask
