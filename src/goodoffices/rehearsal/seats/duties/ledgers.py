"""What a party does with a ledger of its own: it opens one, and files allegations that give a place and an hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from goodoffices.rehearsal.seats.composition import compose, one_language
from goodoffices.rehearsal.seats.intentions import Intention, Reason
from goodoffices.rehearsal.seats.positions import Positions
from goodoffices.talks.ceasefire.commands import FileAllegation, OpenLedger

KINDS = ("shelling", "small-arms", "obstruction-of-aid", "movement-of-forces")
MOST_ALLEGATIONS = 3


def keep_ledger(positions: Positions) -> Iterator[Intention]:
    """Yield the opening of the ledger once the talks are under way, then up to three allegations, hours apart.

    What is alleged is invented for the exercise: a kind, a place of the talks file, and an hour earlier that day.
    """
    outlook, known = positions.outlook, positions.outlook.known
    if "FileAllegation" not in outlook.powers or not known.areas:
        return
    table = outlook.orders.timetable
    first_day = table.awake(table.starts_at + timedelta(hours=6))
    mine = [k for k in known.ledgers.values() if k.ledger.keeper == known.actor_of(outlook.seat)]
    if not mine:
        yield Intention(
            key="ledger",
            due_at=outlook.after(first_day, "ledger", 60, 120),
            command=OpenLedger(slug=f"ledger-{outlook.seat}", title=outlook.view.name(outlook.seat)),
            reason=Reason(name="ledger"),
            can_wait=True,
        )
        return
    filed = [a for a in known.allegations.values() if a.by == outlook.seat]
    if len(filed) >= MOST_ALLEGATIONS:
        return
    key = f"allege {len(filed)}"
    due = outlook.after(filed[-1].at if filed else first_day, key, 200, 380)
    areas = [slug for slug, area in known.areas.items() if area.part_of is not None]
    if not areas:
        return
    occurred = min(due, outlook.moment) - timedelta(minutes=60 + int(outlook.chance(f"hour {key}") * 300))
    yield Intention(
        key=key,
        due_at=due,
        command=FileAllegation(
            ledger=mine[-1].handle,
            kind=KINDS[int(outlook.chance(f"kind {key}") * len(KINDS))],
            occurred_from=occurred.replace(second=0, microsecond=0),
            area=areas[int(outlook.chance(f"area {key}") * len(areas))],
            words=one_language(compose(outlook, positions.mood, "ledger", key=key)),
        ),
        reason=Reason(name="allege", unless="answered-here"),
        can_wait=True,
    )
