"""What an allegation shows outside its ledger: its mask, who may change it, and the rule of three reporters.

A mask is set by who files. Anybody who reads the ledger may raise it; its keeper alone may lower it. Where fewer than
three reporters of a ledger were active in a district and week, the place is one level coarser than the mask says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Annotated

from goodoffices.data_class import dataclass
from goodoffices.names import comparable
from goodoffices.talks.base.acts import CLOCK, Content, Ref, faces
from goodoffices.talks.base.local_time import local_day
from goodoffices.talks.base.persistent import Table
from goodoffices.talks.base.serialization import instant_text, parse_instant
from goodoffices.talks.ceasefire.row_texts import row_entries
from goodoffices.talks.model.ceasefire import point_of
from goodoffices.talks.model.masks import HIDEABLE, PLACE_LEVELS, TIME_LEVELS, Mask, coarse_area, coarse_point
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import KnownAllegation

FEWEST_REPORTERS = 3
_VAGUE_WEEK = 3
"""The precision of a date that is known to the week."""
_NEAR = timedelta(days=9)
"""Further apart, two instants are in different weeks by any clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskAllegation(Command):
    """Say how fine an allegation may be shown outside its ledger, and what of it is not shown at all.

    Anybody who reads the ledger can make it coarser. Its keeper alone can make it finer. Who reported is always hidden.
    """

    allegation: str
    place: Annotated[str, PLACE_LEVELS]
    time: Annotated[str, TIME_LEVELS]
    hides: tuple[Annotated[str, HIDEABLE], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationMasked(Content):
    """A seat said how fine an allegation may be shown outside its ledger."""

    FACES = faces("allegation", "mask")
    REFS = ("allegation",)

    allegation: Ref
    mask: Mask


def mask_allegation(context: CommandContext, command: MaskAllegation) -> None:
    """Set the mask of an allegation and tell who reads its ledger. Its keeper alone can lower it."""
    thing, held = context.find(command.allegation, context.known.allegations)
    ledger = context.known.ledgers.get(held.ledger)
    if ledger is None:
        raise context.refuse("not_yours", case="finding", handle=command.allegation)
    mask = Mask(place=command.place, time=command.time, hides=command.hides)
    if mask == held.mask:
        raise context.refuse("done", case="mask", handle=command.allegation)
    if ledger.ledger.keeper != context.known.actor_of(context.seat) and not mask.covers(held.mask):
        raise context.refuse("not_yours", case="mask", handle=command.allegation)
    told = set(context.seen_by(thing)) & set(context.seen_by(context.id_of(held.ledger)))
    context.tell(AllegationMasked(allegation=thing, mask=mask), sorted(told - {CLOCK}))


Reader = Callable[[str], str | None]
"""Returns the text of a body by its id, or ``None`` if it was destroyed or may not be read."""


def nothing_read(_: str) -> None:
    """Read no body: then nobody counts as a reporter, and what is shown is the coarser for it."""
    return


def reporter_of(held: KnownAllegation, read: Reader) -> str:
    """Return who reported an allegation, as far as ``read`` has it; empty if that is not known."""
    if held.reporter is not None:
        return comparable(read(held.reporter.id) or "").casefold().strip()
    text = None if held.reporters is None else read(held.reporters.id)
    return "" if text is None else comparable(str(row_entries(text)[held.row] or "")).casefold().strip()


def shown_masks(
    known: Knowledge, ledger: str, handles: Iterable[str] | None = None, read: Reader = nothing_read
) -> Mapping[str, Mask]:
    """Return, for allegations of one ledger, the mask with which each is shown outside it; left out, for all of them.

    It is the allegation's own mask, one level of place coarser where fewer than three reporters of the ledger were
    active in that district and week. A reporter whose name cannot be read does not count.
    """
    every = [known.allegations[handle] for handle in known.ledgers[ledger].allegations]
    chosen = every if handles is None else [known.allegations[handle] for handle in handles]
    if not chosen:
        return {}
    # A ledger may have a hundred thousand allegations: only those near in time are looked at closely.
    first = (parse_instant(min(held.occurred_from for held in chosen)) - _NEAR).date().isoformat()
    last = (parse_instant(max(held.occurred_from for held in chosen)) + _NEAR).date().isoformat()
    active: dict[tuple[str, str], set[str]] = {}
    for held in every:
        if first <= held.occurred_from <= last and held.is_counted and (who := reporter_of(held, read)):
            active.setdefault(_district_and_week(known, held), set()).add(who)
    return {
        held.handle: held.mask
        if len(active.get(_district_and_week(known, held), ())) >= FEWEST_REPORTERS
        else held.mask.one_coarser()
        for held in chosen
    }


def _district_and_week(known: Knowledge, held: KnownAllegation) -> tuple[str, str]:
    day = local_day(parse_instant(held.occurred_from), known.header.zone)
    return coarse_area(known.areas, held.area, "district"), (day - timedelta(days=day.weekday())).isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedAllegation:
    """What an allegation shows under a mask. ``begins`` and ``ends`` are instants to the hour, or days."""

    kind: str
    area: str
    point: str
    begins: str
    ends: str
    alleged_violator: str
    killed: str
    injured: str


def masked(known: Knowledge, held: KnownAllegation, mask: Mask) -> MaskedAllegation:
    """Return what an allegation shows under a mask: never who reported it, nor anybody's words."""
    point = coarse_point(point_of(held.point), mask.place) if held.point else None
    begins, ends = _times(known, held, mask.time)
    return MaskedAllegation(
        kind=held.kind,
        area=coarse_area(known.areas, held.area, mask.place),
        point="" if point is None else f"{point[0]},{point[1]}",
        begins=begins,
        ends=ends,
        alleged_violator=held.alleged_violator,
        killed=held.killed,
        injured=held.injured,
    )


def _times(known: Knowledge, held: KnownAllegation, level: str) -> tuple[str, str]:
    """Return when it began and ended: to the hour, as days, or as the Monday and the Sunday around them."""
    begun, ended = parse_instant(held.occurred_from), parse_instant(held.occurred_to)
    if level == "hour":
        return _hour(begun), _hour(ended)
    first, last = (local_day(at, known.header.zone) for at in (begun, ended))
    if level == "week":
        first -= timedelta(days=first.weekday())
        last += timedelta(days=6 - last.weekday())
    return first.isoformat(), last.isoformat()


def _hour(at: datetime) -> str:
    return instant_text(at.astimezone(UTC).replace(minute=0, second=0, microsecond=0))[:16] + "Z"


def masked_knowledge(known: Knowledge, read: Reader = nothing_read) -> Knowledge:
    """Return what a seat knows with every allegation as it is shown outside its ledger; what stays is left out.

    An allegation that is masked to the week has the span of the week, and is known too vaguely for a day.
    """
    made: dict[str, KnownAllegation] = {}
    ledgers = known.ledgers
    for ledger in known.ledgers.values():
        masks = shown_masks(known, ledger.handle, read=read)
        leaving = [known.allegations[handle] for handle in ledger.allegations if not known.allegations[handle].stays]
        made.update({held.handle: _shown(known, held, masks[held.handle]) for held in leaving})
        if len(leaving) < len(ledger.allegations):
            left = type(ledger.allegations)().extend([held.handle for held in leaving])
            ledgers = ledgers.put(ledger.handle, replace(ledger, allegations=left))
    return known.set("ledgers", ledgers).set("allegations", Table(made))


def _shown(known: Knowledge, held: KnownAllegation, mask: Mask) -> KnownAllegation:
    if "T" not in held.occurred_from:
        return held
    plain = masked(known, held, mask)
    changed = replace(held, area=plain.area, point=plain.point)
    if mask.place not in ("exact", "settlement"):
        changed = replace(changed, place_precision=max(held.place_precision, _VAGUE_WEEK))
    if mask.time != "week":
        return changed
    begins, ends = f"{plain.begins}T12:00Z", f"{plain.ends}T12:00Z"
    return replace(
        changed, occurred_from=begins, occurred_to=ends, date_precision=max(held.date_precision, _VAGUE_WEEK)
    )
