"""Decide what may be told to whom: the five conditions of a relay, as pure functions of what the holder knows.

``RelayItem`` and the table *may I say this to whom?* use the same function, so they always agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Ref
from goodoffices.talks.base.enums import Form
from goodoffices.talks.base.refusals import Refusal, refused
from goodoffices.talks.base.serialization import short_instant
from goodoffices.talks.base.states import ItemCame, ItemEnd, WordingState
from goodoffices.talks.state.command_context import CommandContext
from goodoffices.talks.state.contact_rules import may_contact
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_exchange import KnownClearance, KnownItem
from goodoffices.talks.state.permissions import powers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayAnswer:
    """Whether an item may be told to a seat: the fullest form, until when, and if words need approval; or why not."""

    to: str
    form: Form | None = None
    until: datetime | None = None
    approve: bool = False
    approved: tuple[str, ...] = ()
    refusal: Refusal | None = None


def own_item(context: CommandContext, handle: str) -> tuple[Ref, KnownItem]:
    """Return an item of the asking seat's own. Refused if it has ended."""
    thing, item = context.find(handle, context.known.items)
    if item.came != ItemCame.FILED:
        raise context.refuse("not_yours", case="item", item=item.handle)
    ended = ended_refusal(item)
    if ended is not None:
        raise refused(ended.code, **dict(ended.values))
    return thing, item


def holders_of(item: KnownItem, via: Iterable[str]) -> tuple[str, ...]:
    """Return the holders of ``item`` that are in ``via``, or all holders if ``via`` is empty."""
    named = set(via)
    return tuple(holder for holder in item.holders if not named or holder in named)


def _when(at: datetime | None) -> tuple[tuple[str, str], ...]:
    return (("at", "" if at is None else short_instant(at)),)


def ended_refusal(item: KnownItem) -> Refusal | None:
    """Return why an item can no longer be told, or ``None`` if it can."""
    if item.ended is None:
        return None
    code = "lapsed" if item.ended is ItemEnd.LAPSED else "withdrawn"
    case = "destroyed" if item.ended is ItemEnd.DESTROYED else "item"
    return Refusal(code=code, values=(("case", case), ("item", item.handle), *_when(item.ended_at)))


def sources_refusal(known: Knowledge, item: KnownItem, to: str, now: datetime) -> Refusal | None:
    """Return why ``item`` may not be shown to ``to`` because of its sources, or ``None`` if it may.

    Every source must be cleared for ``to`` in some form, or come from ``to``. For a source that is an item of the
    asking seat itself, its own sources are checked instead. An item that is declared an own idea with a reason is not
    checked. Sources that the writer does not declare cannot be checked.
    """
    waiting, seen = [item], {item.handle}
    while waiting:
        drawn = waiting.pop()
        if drawn.own_idea is not None:
            continue
        for handle in drawn.derived_from:
            source = known.items.get(handle)
            if handle in seen:
                continue
            seen.add(handle)
            if source is not None and source.came == ItemCame.FILED and not source.ended:
                waiting.append(source)
            elif source is None or (source.originator != to and not _reaches(known, source, to, now)):
                return Refusal(code="sources_not_cleared", values=(("item", handle), ("to", to)))
    return None


def _reaches(known: Knowledge, source: KnownItem, to: str, now: datetime) -> bool:
    """Return whether a source that has not ended is cleared for ``to`` in words that the teller may choose."""
    if source.ended:
        return False
    return any(to in c.to and not c.approve and is_open(c, to, now) for c in clearances_of(known, source))


def relay_refusal(known: Knowledge, item: KnownItem, to: str, form: Form, now: datetime) -> Refusal | None:
    """Return why ``item`` may not be told to ``to`` in ``form`` now, or ``None`` if it may.

    The item must not have ended, and the recipient must be in contact. A holder needs an open clearance that names the
    recipient and allows this form or a fuller one; for the originator only the item's sources are checked. The wording
    is not checked here.
    """
    ended = ended_refusal(item)
    if ended is not None:
        return ended
    if not may_contact(known, known.seat, to):
        return Refusal(code="no_contact", values=(("case", "relay"), ("a", known.seat), ("b", to)))
    if item.came == ItemCame.FILED:
        return sources_refusal(known, item, to, now)
    who = item.originator or item.teller or ""
    if item.came == ItemCame.TOLD:
        return Refusal(code="not_cleared", values=(("who", who), ("to", to)))
    standing = [c for c in clearances_of(known, item) if to in c.to]
    return _clearance_refusal(standing, who, to, form, now)


def _clearance_refusal(standing: list[KnownClearance], who: str, to: str, form: Form, now: datetime) -> Refusal | None:
    if not standing:
        return Refusal(code="not_cleared", values=(("who", who), ("to", to)))
    usable = [c for c in standing if is_open(c, to, now)]
    if not usable:
        ends = max((end for end in map(end_of, standing) if end is not None), default=None)
        return Refusal(code="clearance_ended", values=_when(ends))
    widest = max(usable, key=lambda c: c.form.fullness)
    if form.fullness > widest.form.fullness:
        return Refusal(code="form_too_full", values=(("who", who), ("to", to), ("form", widest.form.value)))
    return None


def clearances_of(known: Knowledge, item: KnownItem) -> list[KnownClearance]:
    """Return the clearances of ``item`` that are known, in the order in which they became known."""
    return [known.clearances[handle] for handle in item.clearances]


def is_open(clearance: KnownClearance, to: str, now: datetime) -> bool:
    """Return whether a clearance still applies to ``to``. At its end time it no longer does."""
    return to not in clearance.ended_to and not has_passed(clearance, now)


def has_passed(clearance: KnownClearance, now: datetime) -> bool:
    """Return whether a clearance was ended or its end time has come. The state of its item is not considered."""
    return clearance.ended or (clearance.until is not None and now >= clearance.until)


def end_of(clearance: KnownClearance) -> datetime | None:
    """Return when a clearance ended: when its originator ended it, or else its end time."""
    return clearance.ended_at or clearance.until


def usable_clearances(known: Knowledge, item: KnownItem, to: str, form: Form, now: datetime) -> list[KnownClearance]:
    """Return the clearances that allow ``item`` to be told to ``to`` in ``form`` now, the least restrictive first."""
    found = [
        c for c in clearances_of(known, item) if to in c.to and is_open(c, to, now) and form.fullness <= c.form.fullness
    ]
    return sorted(found, key=lambda c: c.approve)


def may(known: Knowledge, handle: str, now: datetime, *, to: str | None = None) -> tuple[RelayAnswer, ...]:
    """Return for every open seat that is known whether an item may be told to it, in order of the slugs.

    Parameters
    ----------
    known
        What the asking seat knows.
    handle
        The item.
    now
        The current time.
    to
        The only seat that is asked about; ``None`` for every one.

    Returns
    -------
    tuple of Answer
        One per seat; empty if the item is unknown or this seat cannot relay.
    """
    item = known.items.get(handle)
    asking = known.seats.get(known.seat)
    if item is None or asking is None:
        return ()
    if "RelayItem" not in powers_of(asking):
        return ()
    asked = known.seats.values() if to is None else [known.seats[to]] if to in known.seats else []
    others = [s for s in asked if s.slug not in (known.seat, item.originator) and not s.closed]
    return tuple(_answer(known, item, seat.slug, now) for seat in others)


def _answer(known: Knowledge, item: KnownItem, to: str, now: datetime) -> RelayAnswer:
    for form in (Form.VERBATIM, Form.PARAPHRASE, Form.OWN_IDEA):
        if relay_refusal(known, item, to, form, now) is None:
            clearances = usable_clearances(known, item, to, form, now)
            freest = clearances[0] if clearances else None
            return RelayAnswer(
                to=to,
                form=form,
                until=None if freest is None else freest.until,
                approve=freest is not None and freest.approve and form is not Form.VERBATIM,
                approved=approved_wordings(known, item.handle, to, form),
            )
    return RelayAnswer(to=to, refusal=relay_refusal(known, item, to, Form.OWN_IDEA, now))


def approved_wordings(known: Knowledge, item: str, to: str, form: Form) -> tuple[str, ...]:
    """Return the handles of wordings approved for telling ``item`` to ``to`` in ``form``."""
    return tuple(
        w.handle
        for w in (known.wordings[handle] for handle in known.items[item].wordings)
        if w.to == to and w.form is form and w.state == WordingState.APPROVED and w.holder == known.seat
    )
