"""The picture of days: a strip of bars for each area, and under it what the ledger could see of each day.

Time runs from left to right in every language. A day that nobody observed is hatched, and never a low bar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from goodoffices.ceasefire.streams import Stream
from goodoffices.data_class import dataclass

_DAY, _ROW, _STRIP, _LEFT, _TOP, _GAP = 8, 40, 12, 150, 24, 8
_LEAST_NAMED = 10
"""On how many days the name of a month fits."""
_LEAST_BAR = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """One area: its name, the words for its highest day, and its counts by day; NaN where nothing was observed."""

    name: str
    highest: str
    stream: Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureWords:
    """The words of a picture: its title, what it says to those who do not see it, and the name of the lowest strip."""

    title: str
    said: str
    seen: str
    months: Sequence[tuple[date, str]] = ()


def day_picture(
    rows: Sequence[DayRow], days: Sequence[date], total: Stream, words: PictureWords, *, force: date | None
) -> str:
    """Return the picture as SVG. Equal counts and words give equal bytes."""
    width = _LEFT + _DAY * len(days) + 4
    height = _TOP + len(rows) * (_ROW + _GAP) + _STRIP + 2 * _GAP
    marks = [*_frame(width, height, words), *_months(days, words, height)]
    for n, row in enumerate(rows):
        marks += _row(row, days, _TOP + n * (_ROW + _GAP))
    marks += _seen(total, days, _TOP + len(rows) * (_ROW + _GAP) + _GAP, words.seen)
    if force is not None and days[0] <= force <= days[-1]:
        x = _LEFT + _DAY * (force - days[0]).days
        marks.append(f'<line x1="{x}" y1="{_TOP - 6}" x2="{x}" y2="{height}" class="force"/>')
    return "\n".join((*marks, "</svg>"))


def _frame(width: int, height: int, words: PictureWords) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="days" viewBox="0 0 {width} {height}" role="img" '
        f'direction="ltr" aria-label="{escape(words.said)}"><title>{escape(words.title)}</title>'
    )
    yield (
        '<defs><pattern id="hatched" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<line x1="0" y1="0" x2="0" y2="4" class="hatch"/></pattern></defs>'
    )


def _months(days: Sequence[date], words: PictureWords, height: int) -> Iterator[str]:
    later = [first for first, _ in words.months][1:]
    for n, (first, name) in enumerate(words.months):
        x = _LEFT + _DAY * (first - days[0]).days
        yield f'<line x1="{x}" y1="{_TOP - 6}" x2="{x}" y2="{height}" class="month"/>'
        # The name of a month of which few days are drawn would lie over the next one.
        if n == len(later) or (later[n] - first).days >= _LEAST_NAMED:
            yield f'<text x="{x + 3}" y="12" class="label">{escape(name)}</text>'


def _row(row: DayRow, days: Sequence[date], top: int) -> Iterator[str]:
    bottom = top + _ROW
    yield f'<text x="{_LEFT - 8}" y="{top + 16}" text-anchor="end" class="name">{escape(row.name)}</text>'
    yield f'<text x="{_LEFT - 8}" y="{top + 32}" text-anchor="end" class="label">{escape(row.highest)}</text>'
    counts = [_count(row.stream, day) for day in days]
    most = max((count for count in counts if count is not None), default=0.0)
    yield from _hatched(counts, top, _ROW)
    for n, count in enumerate(counts):
        if count:
            bar = max(_LEAST_BAR, (_ROW - 4) * count / most)
            x = _LEFT + _DAY * n
            yield f'<rect x="{x + 1}" y="{bottom - bar:.1f}" width="{_DAY - 2}" height="{bar:.1f}" class="bar"/>'
    yield f'<line x1="{_LEFT}" y1="{bottom}" x2="{_LEFT + _DAY * len(days)}" y2="{bottom}" class="axis"/>'


def _seen(total: Stream, days: Sequence[date], top: int, name: str) -> Iterator[str]:
    """Yield the strip of what could be seen: full where all of it was, lower where a part was, else hatched."""
    yield f'<text x="{_LEFT - 8}" y="{top + 10}" text-anchor="end" class="label">{escape(name)}</text>'
    shares = [_share(total, day) for day in days]
    yield from _hatched(shares, top, _STRIP)
    for n, share in enumerate(shares):
        if share:
            high = _STRIP * share
            x = _LEFT + _DAY * n
            yield f'<rect x="{x}" y="{top + _STRIP - high:.1f}" width="{_DAY}" height="{high:.1f}" class="seen"/>'


def _hatched(values: Sequence[float | None], top: int, high: int) -> Iterator[str]:
    """Yield one hatched rectangle for each run of days that nobody observed."""
    begun: int | None = None
    for n, value in enumerate([*values, 0.0]):
        if value is None and begun is None:
            begun = n
        elif value is not None and begun is not None:
            x = _LEFT + _DAY * begun
            size = f'width="{_DAY * (n - begun)}" height="{high}"'
            yield f'<rect x="{x}" y="{top}" {size} class="hatched" fill="url(#hatched)"/>'
            begun = None


def _count(stream: Stream, day: date) -> float | None:
    at = stream.index(day)
    if not 0 <= at < len(stream.y) or not stream.observed[at]:
        return None
    return float(stream.y[at])


def _share(stream: Stream, day: date) -> float | None:
    at = stream.index(day)
    if not 0 <= at < len(stream.y) or not stream.observed[at]:
        return None
    return float(stream.exposure[at])
