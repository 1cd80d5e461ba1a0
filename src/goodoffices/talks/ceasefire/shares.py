"""A ledger shared with other seats: some days of it, with one face, and no finer.

What is shared stands in the act. The receivers do not become readers of the ledger: what happens to an allegation later
is not told to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Annotated

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body, Content, Ref
from goodoffices.talks.base.local_time import local_day
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.base.states import Face
from goodoffices.talks.ceasefire.commands import own_ledger
from goodoffices.talks.ceasefire.hidden_cells import SUM, axes, hidden_cells, with_sums
from goodoffices.talks.ceasefire.masks import masked, shown_masks
from goodoffices.talks.model.masks import Mask, coarse_area
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_ceasefire import KnownAllegation, KnownLedger

SHARED_FACES = ("full", "masked", "figures")
SHARED_COLUMNS = ("kind", "area", "point", "begins", "ends", "alleged_violator", "killed", "injured")
FIGURE_COLUMNS = ("week", "area", "count")
MOST_SHARED = 1000
MOST_DAYS = 92
FULLY = 100
HIDDEN = "hidden"
WITHHELD = "withheld"
_TEXTS = ("place", "words", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLedger(Command):
    """Share some days of a ledger that you keep with other seats.

    With the face *full* they read all but who reported. With *masked* they read each allegation as its mask lets it
    out, and no words. With *figures* they read counts by week and governorate; small ones are hidden.
    """

    ledger: str
    day_from: date
    day_to: date
    to: tuple[str, ...]
    face: Annotated[str, SHARED_FACES]


_RECEIVED = (
    "share", "ledger", "keeper", "title", "day_from", "day_to", "shown", "columns", "rows", "texts", "text_of",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerShared(Content):
    """The keeper of a ledger shared some days of it. ``text_of`` says to which row and field each text belongs."""

    FACES = {Face.SELF: (*_RECEIVED, "to"), Face.ALL: _RECEIVED}
    NEW = {"share": "ls"}
    REFS = ("ledger",)

    share: Ref
    ledger: Ref
    keeper: str
    title: str
    day_from: date
    day_to: date
    to: tuple[str, ...]
    shown: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: tuple[Body, ...] = ()
    text_of: tuple[str, ...] = ()


def share_ledger(context: CommandContext, command: ShareLedger) -> None:
    """Share some days of a ledger. Refused with the full face where an allegation of these days is masked."""
    thing, held = own_ledger(context, command.ledger)
    if command.day_to < command.day_from:
        raise context.refuse("bad_interval")
    if (command.day_to - command.day_from).days >= MOST_DAYS:
        raise context.refuse("bad_value", case="shared_days", most=str(MOST_DAYS))
    if command.face not in SHARED_FACES:
        raise context.refuse("bad_value", case="choice", known=", ".join(SHARED_FACES))
    to = tuple(seat for seat in context.known_seats(command.to) if seat != context.seat)
    if not to:
        raise context.refuse("unknown", case="missing")
    rows = _rows_of(context, held, command)
    if len(rows) > MOST_SHARED and command.face != "figures":
        raise context.refuse("bad_value", case="shared_rows", n=str(len(rows)), most=str(MOST_SHARED))
    if command.face == "full" and (closed := [one.handle for one in rows if not one.mask.is_open]):
        raise context.refuse("protected", case="masked", handle=closed[0], n=str(len(closed)))
    texts = list(_texts_of(rows)) if command.face == "full" else []
    shared = LedgerShared(
        share=context.new(),
        ledger=thing,
        keeper=held.ledger.keeper,
        title=held.ledger.title,
        day_from=command.day_from,
        day_to=command.day_to,
        to=to,
        shown=command.face,
        columns=FIGURE_COLUMNS if command.face == "figures" else SHARED_COLUMNS,
        rows=_figures(context, held, rows) if command.face == "figures" else _cells(context, held, rows, command.face),
        texts=tuple(text for _, text in texts),
        text_of=tuple(name for name, _ in texts),
    )
    context.tell(shared, to)


def _rows_of(context: CommandContext, held: KnownLedger, command: ShareLedger) -> list[KnownAllegation]:
    """Return the allegations of some days that are counted and may leave; in the order of time."""
    zone = context.known.header.zone
    # Most rows of a long ledger are told apart by the day at the beginning of their text, without reading the instant.
    near = (command.day_from - timedelta(days=1)).isoformat(), (command.day_to + timedelta(days=2)).isoformat()
    every = (context.known.allegations[handle] for handle in held.allegations)
    found = [
        one for one in every
        if near[0] <= one.occurred_from <= near[1] and one.is_counted and not one.stays
        and command.day_from <= local_day(parse_instant(one.occurred_from), zone) <= command.day_to
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.occurred_from, one.kind, one.handle))


def _cells(
    context: CommandContext, held: KnownLedger, rows: Sequence[KnownAllegation], face: str
) -> tuple[tuple[str, ...], ...]:
    """Return the cells of each allegation. Masked ones are ordered by what they show, which tells nothing more."""
    if face == "full":
        return tuple(
            (one.kind, one.area, one.point, one.occurred_from, one.occurred_to, one.alleged_violator, one.killed,
             one.injured)
            for one in rows
        )  # fmt: skip
    masks = shown_masks(context.known, held.handle, [one.handle for one in rows], context.words)
    shown = (masked(context.known, one, masks[one.handle]) for one in rows)
    return tuple(sorted(tuple(getattr(one, name) for name in SHARED_COLUMNS) for one in shown))


def _texts_of(rows: Sequence[KnownAllegation]) -> Iterator[tuple[str, Body]]:
    """Yield the words of allegations that were filed by hand; those of a file lie in one text with other rows."""
    for n, one in enumerate(rows):
        for name in _TEXTS:
            text: Body | None = getattr(one, name)
            if text is not None:
                yield f"{n} {name}", text


def _figures(
    context: CommandContext, held: KnownLedger, rows: Sequence[KnownAllegation]
) -> tuple[tuple[str, ...], ...]:
    """Return counts by week and governorate with their sums; what would tell a small one is hidden."""
    known = context.known
    masks = shown_masks(known, held.handle, [one.handle for one in rows], context.words)
    counts = Counter((_week(context, one), _governorate(context, one, masks[one.handle])) for one in rows)
    cells, hidden = with_sums(counts), hidden_cells(counts)
    weeks, areas = axes(counts)
    return tuple(
        (week, area, HIDDEN if (week, area) in hidden else _number(held, week, area, cells[week, area]))
        for week in (*weeks, SUM) for area in (*areas, SUM) if (week, area) in cells
    )  # fmt: skip


def _number(held: KnownLedger, week: str, area: str, count: int) -> str:
    """Return a count; nothing for a zero of a week that the ledger did not say it could see in full."""
    if count or week == SUM or area == SUM:
        return str(count)
    monday = date.fromisoformat(week)
    days = (monday + timedelta(days=n) for n in range(7))
    seen = [one for one in held.exposures if one.percent == FULLY and one.area in ("", area)]
    return "0" if all(any(one.day_from <= day <= one.day_to for one in seen) for day in days) else ""


def _week(context: CommandContext, one: KnownAllegation) -> str:
    day = local_day(parse_instant(one.occurred_from), context.known.header.zone)
    return (day - timedelta(days=day.weekday())).isoformat()


def _governorate(context: CommandContext, one: KnownAllegation, mask: Mask) -> str:
    if mask.place == WITHHELD:
        return WITHHELD
    return coarse_area(context.known.areas, one.area, "governorate") or WITHHELD
