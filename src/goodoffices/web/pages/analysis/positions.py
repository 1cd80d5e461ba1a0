"""The grid of positions: who stood where on a day, what changed since another, and a form for each cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from urllib.parse import urlencode

from goodoffices.reports.positions.grid import ASPECT, Grid, Row, Word, grid_of, is_changed, last_word, moment_of_day
from goodoffices.talks.base.enums import Role, Strength
from goodoffices.talks.base.local_time import local_day
from goodoffices.talks.model.assessments import Assessment, Estimate
from goodoffices.talks.state.known_claims import KnownAssessment
from goodoffices.web.pages.page import Data, Page, PageContext


def _positions(context: PageContext, _: str) -> Data:
    view = context.view
    grid = grid_of(view, context.language)
    asked, since = _day(context.one("until"), grid), _day(context.one("since"), grid)
    at = None if asked is None else moment_of_day(asked, view.zone)
    before = None if since is None else moment_of_day(since, view.zone)
    estimates = _estimates(context) if context.one("estimates") == "yes" else {}
    rows = [(row, [_cell(row, actor, at, before, estimates) for actor in grid.actors]) for row in grid.rows]
    shown_day = asked or (grid.days[-1] if grid.days else local_day(context.at, view.zone))
    return {
        "actors": grid.actors,
        "parts": _parts(rows),
        "is_told": any(cell["word"] for row, cells in rows if row.is_agenda for cell in cells),
        "day": shown_day,
        "days": grid.days,
        "marks": _marks(grid.days),
        "asked": asked,
        "since": since,
        "earlier": max((day for day in grid.days if day < shown_day), default=None),
        "later": min((day for day in grid.days if day > shown_day), default=None),
        "n_changed": sum(cell["changed"] for _, cells in rows for cell in cells),
        "may_estimate": may_see_estimates(context),
        "estimates": bool(estimates),
        "cell": _chosen(context, grid),
        "address": partial(_address, until=asked, since=since, estimates="yes" if estimates else None),
        "assessed": _assessed(context),
        "strengths": [strength.value for strength in Strength],
    }


def _parts(rows: Sequence[tuple[Row, list[Data]]]) -> list[tuple[str, list[tuple[Row, list[Data]]]]]:
    """Return the rows under their two heads: what the talks must settle, and what the sources disagree on."""
    parts = (
        ("agenda", [one for one in rows if one[0].is_agenda]),
        ("contested", [one for one in rows if not one[0].is_agenda]),
    )
    return [(title, held) for title, held in parts if held]


def _address(**asked: object) -> str:
    """Return the end of an address that asks for the grid in this way."""
    stated = [(name, str(value)) for name, value in asked.items() if value is not None]
    return f"?{urlencode(stated)}" if stated else ""


def may_see_estimates(context: PageContext) -> bool:
    """Return whether the layer of estimates is offered: the seat sees some, and is not a party to the talks."""
    me = context.view.me
    return me is not None and Role.PARTY not in me.roles and bool(len(context.known.estimates))


def _day(text: str, grid: Grid) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _cell(
    row: Row, actor: str, at: datetime | None, before: datetime | None, estimates: dict[tuple[str, str], str]
) -> Data:
    words = row.words[actor]
    word: Word | None = last_word(words, at)
    return {
        "actor": actor,
        "word": word,
        "n": len([one for one in words if at is None or one.at <= at]),
        "changed": before is not None and is_changed(words, before, at),
        "estimate": estimates.get((actor, row.key), ""),
    }


def _marks(days: Sequence[date]) -> list[tuple[date, float]]:
    """Return each day with its place on the line of time, from 0 to 100."""
    if not days:
        return []
    whole = max((days[-1] - days[0]).days, 1)
    return [(day, round(100 * (day - days[0]).days / whole, 2)) for day in days]


def _estimates(context: PageContext) -> dict[tuple[str, str], str]:
    """Return what is estimated of an actor on an issue, in short words; nothing for who may not see the layer."""
    if not may_see_estimates(context):
        return {}
    made: dict[tuple[str, str], str] = {}
    for one in context.known.estimates:
        said = _estimate(one)
        if one.issue is not None and said:
            made[(one.party, one.issue)] = said
    return made


def _assessed(context: PageContext) -> list[KnownAssessment]:
    """Return what seats have assessed in the record, as far as this seat was told; nothing for a party to the talks."""
    me = context.view.me
    return [] if me is None or Role.PARTY in me.roles else list(context.known.assessments)


def _estimate(one: Assessment) -> str:
    if one.worth:
        best = max(one.worth, key=lambda pair: pair[1].high)
        closed = f" · ✕ {', '.join(slug.replace('-', ' ') for slug in one.red_lines)}" if one.red_lines else ""
        return f"{best[0].replace('-', ' ')} ({_range(best[1])}){closed}"
    if one.ranking:
        return " > ".join("=".join(group).replace("-", " ") for group in one.ranking)
    if one.stands_at is not None:
        return one.stands_at.replace("-", " ")
    return _range(one.point) if one.point is not None else ""


def _range(estimate: Estimate) -> str:
    low, high = (f"{float(end):g}" for end in (estimate.low, estimate.high))
    return low if low == high else f"{low}–{high}"


def _chosen(context: PageContext, grid: Grid) -> Data | None:
    """Return the cell whose form is open: of whom, on what, what was said of it so far, and how it may be written."""
    key, actor = context.one("clause"), context.one("for")
    row = next((row for row in grid.rows if row.key == key), None)
    if row is None or actor not in grid.actors:
        return None
    own = context.known.actor_of(context.seat) == actor
    return {
        "row": row,
        "actor": actor,
        "words": row.words[actor][::-1],
        "may_state": own and row.is_agenda and context.has("StatePosition"),
        "may_enter": row.is_agenda and not own and context.has("EnterClaim"),
        "aspect": f"{ASPECT}{row.question}",
    }


POSITIONS = Page(
    path="positions",
    template="positions.html",
    title="Positions",
    parts=("time", "grid", "cell"),
    data=_positions,
    under="positions",
)
