"""The picture of places: dots where reports have coordinates, a shape for each ledger. No land and no border is drawn.

A dot has a circle around it that shows how exactly its place is known. Reports without coordinates are not on it, and
are counted beside it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from goodoffices.data_class import dataclass

_WIDTH, _HEIGHT, _EDGE = 480.0, 420.0, 40.0
_KM_A_DEGREE = 111.2
_LEAST_SPAN = 0.4
_LINE = 14
_BARS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
RADII_KM: Mapping[int, float] = {1: 0.5, 2: 25.0, 3: 25.0}
"""How far from its dot a place may lie, by how exactly it is known; vaguer places are not drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a report lies, in degrees, how exactly that is known (UCDP's scale), and the number of its ledger."""

    latitude: float
    longitude: float
    precision: int
    ledger: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """The words of the picture: its title, what it says to those who do not see it, and names with their places."""

    title: str
    said: str
    names: Sequence[tuple[str, float, float]] = ()


def place_picture(places: Sequence[Place], words: PlaceWords) -> str:
    """Return the picture as SVG. Equal places and words give equal bytes.

    Parameters
    ----------
    places
        At least one. Several at the same place of one ledger are one larger dot.
    """
    frame = _Frame.around(places)
    marks = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="places" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" '
        f'direction="ltr" aria-label="{escape(words.said)}"><title>{escape(words.title)}</title>'
    ]
    counts = Counter((one.latitude, one.longitude, one.precision, one.ledger) for one in places)
    for latitude, longitude, precision, _ in sorted(counts):
        x, y = frame.at(latitude, longitude)
        circle = RADII_KM[precision] / _KM_A_DEGREE * frame.scale
        marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{circle:.1f}" class="around"/>')
    for (latitude, longitude, _, ledger), n in sorted(counts.items()):
        marks.append(_dot(*frame.at(latitude, longitude), 3.0 + math.sqrt(n), ledger))
    marks += _labels(frame, words.names)
    return "\n".join((*marks, *_bar(frame), "</svg>"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What is drawn of the earth: the middle, and how many units a degree of latitude has."""

    latitude: float
    longitude: float
    scale: float

    @classmethod
    def around(cls, places: Sequence[Place]) -> _Frame:
        lows = (min(one.latitude for one in places), min(one.longitude for one in places))
        highs = (max(one.latitude for one in places), max(one.longitude for one in places))
        middle = [(low + high) / 2 for low, high in zip(lows, highs, strict=True)]
        narrow = math.cos(math.radians(middle[0]))
        high, wide = max(highs[0] - lows[0], _LEAST_SPAN), max((highs[1] - lows[1]) * narrow, _LEAST_SPAN)
        scale = min((_HEIGHT - 2 * _EDGE) / high, (_WIDTH - 2 * _EDGE) / wide)
        return cls(latitude=middle[0], longitude=middle[1], scale=scale)

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return where a place stands in the picture; north is up."""
        narrow = math.cos(math.radians(self.latitude))
        x = _WIDTH / 2 + (longitude - self.longitude) * narrow * self.scale
        return x, _HEIGHT / 2 - (latitude - self.latitude) * self.scale


def _dot(x: float, y: float, size: float, ledger: int) -> str:
    """Return the mark of a ledger: a dot, a square or a lozenge, so that colour is not needed to tell them apart."""
    if ledger % 3 == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" class="ledger-0"/>'
    if ledger % 3 == 1:
        side = f'width="{2 * size:.1f}" height="{2 * size:.1f}"'
        return f'<rect x="{x - size:.1f}" y="{y - size:.1f}" {side} class="ledger-1"/>'
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in ((0, -size), (size, 0), (0, size), (-size, 0)))
    return f'<polygon points="{points}" class="ledger-2"/>'


def _labels(frame: _Frame, names: Sequence[tuple[str, float, float]]) -> Iterator[str]:
    """Yield the names from top to bottom, none upon another."""
    below = -math.inf
    for y, x, name in sorted((frame.at(*at)[1], frame.at(*at)[0], name) for name, *at in names):
        below = max(y + 4, below + _LINE)
        yield f'<text x="{x + 8:.1f}" y="{below:.1f}" class="label">{escape(name)}</text>'


def _bar(frame: _Frame) -> Iterator[str]:
    """Yield a bar of so many kilometres that it is about a fifth as long as the picture is wide."""
    per_km = frame.scale / _KM_A_DEGREE
    km = max((one for one in _BARS if one * per_km <= _WIDTH / 4), default=_BARS[0])
    x, y = _WIDTH - 12 - km * per_km, _HEIGHT - 14
    yield f'<line x1="{x:.1f}" y1="{y}" x2="{_WIDTH - 12:g}" y2="{y}" class="bar-line"/>'
    yield f'<text x="{_WIDTH - 12:g}" y="{y - 5}" text-anchor="end" class="label">{km} km</text>'
