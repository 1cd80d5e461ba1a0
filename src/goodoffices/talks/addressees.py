"""Whom each thing and each text was told to: what acts are addressed by, without folding what anybody knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from rpds import HashTrieMap

from goodoffices.talks.base.act_log import ActLog, Outline
from goodoffices.talks.base.acts import Act
from goodoffices.talks.deliveries import Told
from goodoffices.talks.registry import CONTENTS
from goodoffices.talks.state.slices import NESTED, FacePlan, bodies_named, new_things, notice_fields

Seats = tuple[str, ...]


class Addressees:
    """The seats that were told of each thing, and of each text, by internal ids. It never changes."""

    __slots__ = ("_bodies", "_things")

    def __init__(
        self, things: HashTrieMap[str, Seats] | None = None, bodies: HashTrieMap[str, Seats] | None = None
    ) -> None:
        self._things: HashTrieMap[str, Seats] = HashTrieMap() if things is None else things
        self._bodies: HashTrieMap[str, Seats] = HashTrieMap() if bodies is None else bodies

    def after(self, told: Iterable[tuple[str, Told]], acts: ActLog) -> Addressees:
        """Return the addressees after these deliveries."""
        things: dict[str, Seats] = {}
        bodies: dict[str, Seats] = {}
        for seat, one in told:
            new, texts = _named(acts[one.place - 1], one.face)
            for name in new:
                things[name] = _joined(things.get(name) or self._things.get(name, ()), seat)
            for name in texts:
                bodies[name] = _joined(bodies.get(name) or self._bodies.get(name, ()), seat)
        # All at once: an act of rows tells of hundreds of things.
        return Addressees(
            self._things.update(things) if things else self._things,
            self._bodies.update(bodies) if bodies else self._bodies,
        )

    def of_thing(self, thing: str) -> Seats:
        """Return the seats that were told of a thing, in order of their slugs."""
        return self._things.get(thing, ())

    def of_bodies(self, bodies: Iterable[str]) -> Seats:
        """Return the seats that were told any of these texts, in order of their slugs."""
        return tuple(sorted({seat for body in bodies for seat in self._bodies.get(body, ())}))


class AddresseesBuilder:
    """Gathers the addressees of everything while all acts of some talks are gone through."""

    def __init__(self) -> None:
        self._things: dict[str, Seats] = {}
        self._bodies: dict[str, Seats] = {}
        self._plans: dict[tuple[str, str], FacePlan] = {}

    def take(self, act: Outline, seat: str, face: str, bodies: Mapping[str, list[str]]) -> None:
        """Take that a seat is told of an act. ``bodies`` are the ids of bodies in each field of it that has any."""
        plan = self._plans.get((act.kind, face))
        if plan is None:
            plan = self._plans[act.kind, face] = FacePlan.of(CONTENTS[act.kind], face)
        things = self._things
        for name, _ in plan.new:
            if name in act.data:
                named = act.data[name]
                for thing in named if isinstance(named, list) else (named,):
                    things[thing] = _joined(things.get(thing, ()), seat)
        for name in bodies:
            if name in plan.fields:
                for body in bodies[name]:
                    self._bodies[body] = _joined(self._bodies.get(body, ()), seat)

    def addressees(self) -> Addressees:
        """Return the addressees of all that was taken."""
        return Addressees(HashTrieMap(self._things), HashTrieMap(self._bodies))


def bodies_by_field(act: Outline) -> dict[str, list[str]]:
    """Return the ids of the bodies that an act names, by the names of the fields that have any."""
    named = ((name, bodies_named({name: value})) for name, value in act.data.items() if type(value) in NESTED)
    return {name: ids for name, ids in named if ids}


def _named(act: Act, face: str) -> tuple[list[str], list[str]]:
    """Return the things and the texts of which a face of an act tells."""
    content = CONTENTS[act.kind]
    shown = notice_fields(act, face, content)
    return [thing for thing, _ in new_things(shown, face, content)], bodies_named(shown)


@lru_cache(maxsize=4096)
def _joined(seats: Seats, seat: str) -> Seats:
    # Few sets of seats there are, and many things that were told to each: equal ones share their memory.
    return seats if seat in seats else tuple(sorted((*seats, seat)))
