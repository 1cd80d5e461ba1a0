"""The figures of a bulletin, worked out once from a view and then frozen: every format is drawn from them alone.

Figures for the public hide small numbers, and so many others that no hidden number can be worked out from what stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from goodoffices.canonical_json import canonical, parse_canonical
from goodoffices.ceasefire.streams import UNKNOWN_AREA, Stream
from goodoffices.errors import ScenarioError
from goodoffices.event_table import CellWord
from goodoffices.phrases.phrase import Phrase
from goodoffices.reports.ceasefire.ledger_weeks import Holding, LedgerWeeks, holding
from goodoffices.talks.base.persistent import Table
from goodoffices.talks.ceasefire.bulletins import figures_hash
from goodoffices.talks.ceasefire.masks import Reader, masked_knowledge, nothing_read
from goodoffices.talks.ceasefire.queries import AllegationTotals, allegation_totals
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import KnownLedger

HIDDEN = "hidden"
SMALLEST_SHOWN = 3
LONGEST = 92
FEWEST_DAYS = 4
"""No table of a week stands on fewer of a ledger's bulletins."""
_COMPARABLE = (0.8, 1.25)


def bulletin_figures(
    known: Knowledge, first: date, last: date, ledgers: Sequence[str], *, is_public: bool, read: Reader = nothing_read
) -> str:
    """Return the figures of some ledgers from one day to another, as canonical JSON.

    Figures for named seats carry the code of the same figures for the public, so that a seat that has both can show
    that they say the same. Each allegation is counted at the place and the time that its mask lets out. One that may
    not leave its ledger is in no figure. ``read`` returns the texts that the preparing seat reads; without them, nobody
    counts as a reporter, and what is masked is the coarser for it.

    Raises
    ------
    ScenarioError
        If the days are exchanged or too many, or no ledger tells of anything in them.
    """
    if not 0 <= (last - first).days < LONGEST:
        raise ScenarioError(
            Phrase(
                "{first} to {last} cannot be one bulletin: the last day follows the first, and the days are at most "
                "{n}; choose others",
                first=str(first),
                last=str(last),
                n=str(LONGEST),
            )
        )
    # What only a compartment knows of the terms may stand in no bulletin, and no verdict may rest on it.
    known = known.set("terms", Table({handle: held for handle, held in known.terms.items() if held.is_open}))
    known = masked_knowledge(known, read)
    found = holding(known, until=last)
    told = [one for one in found.ledgers if one.ledger in ledgers]
    if not told:
        raise ScenarioError(
            Phrase(
                "none of these ledgers tells of anything up to {last}; choose others, or a later day", last=str(last)
            )
        )
    figures: dict[str, Any] = {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "force": None if found.force is None else found.force.day.isoformat(),
        "other_force_days": 0 if found.force is None else found.force.n_others,
        "week_ends": _week_ends(found),
        "is_public": False,
        "ledgers": [_ledger(known, one, first, last) for one in told],
    }
    public = {**figures, "is_public": True, "ledgers": [_without_small(one) for one in figures["ledgers"]]}
    text = canonical(public).decode()
    return text if is_public else canonical({**figures, "public_code": figures_hash(text)}).decode()


def figures_of_text(text: str) -> dict[str, Any]:
    """Return figures from their canonical JSON.

    Raises
    ------
    ScenarioError
        If these are not figures of a bulletin: a seat that may prepare one can send any words in their place.
    """
    try:
        found: Any = parse_canonical(text.encode())
    except ScenarioError:
        found = None
    whole: dict[str, Any] = {"public_code": "", **found} if isinstance(found, dict) else {}
    if not (_fits(whole, _FIGURES) and len({tuple(one["days"]) for one in whole["ledgers"]}) == 1):
        raise ScenarioError(Phrase("these words are not the figures of a bulletin; prepare it anew"))
    return dict(found)


class _Every(NamedTuple):
    """A dict with a name for each value: both pass a check."""

    name: Callable[[Any], bool]
    value: Any


def _fits(value: Any, shape: Any) -> bool:
    """Say whether a value has a shape: a check, a list with one shape, a dict of shapes, or `_Every`."""
    if isinstance(shape, _Every):
        return isinstance(value, dict) and all(bool(shape.name(k)) and _fits(v, shape.value) for k, v in value.items())
    if isinstance(shape, dict):
        named = isinstance(value, dict) and set(value) == set(shape)
        return named and all(_fits(value[name], part) for name, part in shape.items())
    if isinstance(shape, list):
        return isinstance(value, list) and all(_fits(one, shape[0]) for one in value)
    return bool(shape(value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_yes_or_no(value: Any) -> bool:
    return isinstance(value, bool)


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value).isoformat() == value)
    except (TypeError, ValueError):
        return False


def _is_day_or_none(value: Any) -> bool:
    return value is None or _is_day(value)


def _is_shown(value: Any) -> bool:
    """Say whether this is a count, or hidden."""
    return bool(value == HIDDEN) or _is_count(value)


def _is_cell(value: Any) -> bool:
    """Say whether this is a count, hidden, or a word that stands in its place."""
    return _is_shown(value) or (isinstance(value, str) and value in CELL_WORDS)


def _is_checked(value: Any) -> bool:
    return value is None or _fits(value, {"confirmed": _is_count, "of": _is_count})


CELL_WORDS = frozenset(word.value for word in CellWord)
_BECAME = ("verified", "verified_late", "refuted", "undetermined", "found", "asked", "answered")
_FIGURES = {
    "first": _is_day,
    "last": _is_day,
    "force": _is_day_or_none,
    "other_force_days": _is_count,
    "week_ends": _is_day_or_none,
    "is_public": _is_yes_or_no,
    "public_code": _is_text,  # figures for the public have none of another, nor have bulletins of earlier versions
    "ledgers": [
        {
            "keeper": _is_text,
            "title": _is_text,
            "credit": _is_text,
            "is_bulletins": _is_yes_or_no,
            "n_days": _is_count,
            "observed": _is_count,
            "total": _is_shown,
            "areas": _Every(_is_text, _is_shown),
            "days": _Every(_is_day, _is_cell),
            "before": {"observed": _is_count, "total": _is_shown, "is_comparable": _is_yes_or_no},
            "confirmed": _is_checked,
            "verdicts": [{"area": _is_text, "verdict": _is_text, "reason": _is_text}],
            "became": dict.fromkeys(_BECAME, _is_shown),
        }
    ],
}  # fmt: skip


def _week_ends(found: Holding) -> str | None:
    return None if found.week_ends is None else found.week_ends.isoformat()


def _ledger(known: Knowledge, one: LedgerWeeks, first: date, last: date) -> dict[str, Any]:
    held = known.ledgers[one.ledger]
    n_days = (last - first).days + 1
    before = (first - timedelta(days=n_days), first - timedelta(days=1))
    observed, earlier = _observed(one.of.total, first, last), _observed(one.of.total, *before)
    areas = {
        ("" if stream.area == UNKNOWN_AREA else stream.area): _sum(stream, first, last) for stream in one.of.streams
    }
    days = {day.isoformat(): _cell(one.of.total, day) for day in _days(first, last)}
    return {
        "keeper": held.ledger.keeper,
        "title": held.ledger.title,
        "credit": one.credit,
        "is_bulletins": bool(len(held.days)),
        "n_days": n_days,
        "observed": observed,
        "total": _sum(one.of.total, first, last),
        "areas": {area: count for area, count in areas.items() if count},
        "days": days,
        "before": {
            "observed": earlier, "total": _sum(one.of.total, *before), "is_comparable": _alike(observed, earlier),
        },
        "confirmed": _confirmed(held, first, last),
        "verdicts": [
            {"area": area.area, "verdict": area.last.verdict.value, "reason": area.last.reason.name}
            for area in one.areas if area.last is not None
        ],
        "became": _became(allegation_totals(known, one.ledger, since=first, until=last)),
    }  # fmt: skip


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _places(stream: Stream, first: date, last: date) -> list[int]:
    return [at for day in _days(first, last) if 0 <= (at := stream.index(day)) < len(stream.y)]


def _sum(stream: Stream, first: date, last: date) -> int:
    return int(sum(float(stream.y[at]) for at in _places(stream, first, last) if stream.observed[at]))


def _observed(stream: Stream, first: date, last: date) -> int:
    return sum(bool(stream.observed[at]) for at in _places(stream, first, last))


def _cell(stream: Stream, day: date) -> int | str:
    """Return the count of a day, or the word that stands in its place."""
    at = stream.index(day)
    if not 0 <= at < len(stream.y):
        return CellWord.NO_REPORT.value
    word = stream.word(at)
    return int(stream.y[at]) if word is None else word.value


def _alike(observed: int, earlier: int) -> bool:
    """Say whether two spans of equal length were observed alike: only then can they be compared."""
    return earlier > 0 and _COMPARABLE[0] <= observed / earlier <= _COMPARABLE[1]


def _confirmed(held: KnownLedger, first: date, last: date) -> dict[str, int] | None:
    """Return how many reports the other keeper confirmed, of how many on the days on which it said anything."""
    days = [day for day in held.days if first <= day.day <= last and day.confirmed is not None]
    if not days:
        return None
    return {
        "confirmed": sum(day.confirmed or 0 for day in days),
        "of": sum(day.figure or 0 for day in days),
    }


def _became(totals: AllegationTotals) -> dict[str, int]:
    return {name: getattr(totals, name) for name in _BECAME}


def _without_small(figures: dict[str, Any]) -> dict[str, Any]:
    """Return figures in which small numbers are hidden, and no hidden one follows from the others."""
    became = {name: HIDDEN if 0 < n < SMALLEST_SHOWN else n for name, n in figures["became"].items()}
    areas, is_lost = hidden_small(figures["areas"])
    days, days_lost = hidden_small(figures["days"])
    if is_lost or days_lost:  # the sum of one would tell what the other hides
        areas, days = _all_hidden(areas), _all_hidden(days)
    is_small = 0 < figures["total"] < SMALLEST_SHOWN
    before = figures["before"]
    if 0 < before["total"] < SMALLEST_SHOWN:
        before = {**before, "total": HIDDEN, "is_comparable": False}
    total = HIDDEN if is_lost or days_lost or is_small else figures["total"]
    return {
        **figures,
        "areas": areas,
        "days": days,
        "total": total,
        "before": before,
        "became": became,
        "confirmed": None,
    }


def _all_hidden(cells: Mapping[str, int | str]) -> dict[str, int | str]:
    return {name: HIDDEN if isinstance(cell, int) and cell else cell for name, cell in cells.items()}


def hidden_small(cells: Mapping[str, int | str]) -> tuple[dict[str, int | str], bool]:
    """Hide the cells of 1 and 2, and the smallest of the others with them, so that their sum tells none of them.

    Returns
    -------
    tuple
        The cells, and whether the total has to be hidden too: where no larger cell could be hidden with the small ones.

    Examples
    --------
    >>> hidden_small({"a": 1, "b": 9, "c": 5})
    ({'a': 'hidden', 'b': 9, 'c': 'hidden'}, False)
    """
    numbers = {name: cell for name, cell in cells.items() if isinstance(cell, int)}
    small = {name for name, count in numbers.items() if 0 < count < SMALLEST_SHOWN}
    if not small:
        return dict(cells), False
    larger = sorted((count, name) for name, count in numbers.items() if count >= SMALLEST_SHOWN)
    with_them = {larger[0][1]} if larger else set()
    hidden = small | with_them
    return {name: HIDDEN if name in hidden else cell for name, cell in cells.items()}, not with_them
