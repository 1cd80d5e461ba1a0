"""Whom each thing and each text was told to: what acts are addressed by, without folding what anybody knows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rpds import HashTrieMap

from goodoffices.talks.base.act_log import ActLog, Outline
from goodoffices.talks.base.acts import Act
from goodoffices.talks.deliveries import Told, deliveries
from goodoffices.talks.registry import CONTENTS
from goodoffices.talks.state.slices import bodies_named, new_things, notice_fields

Seats = tuple[str, ...]


class Addressees:
    """The seats that were told of each thing, and of each text, by internal ids. It never changes."""

    __slots__ = ("_bodies", "_things")

    def __init__(self, things: HashTrieMap[str, Seats], bodies: HashTrieMap[str, Seats]) -> None:
        self._things, self._bodies = things, bodies

    @classmethod
    def of(cls, acts: ActLog) -> Addressees:
        """Return the addressees of everything in ``acts``."""
        things: dict[str, Seats] = {}
        bodies: dict[str, Seats] = {}
        for act in acts.outlines():
            told: dict[tuple[int, str], tuple[list[str], list[str]]] = {}
            for seat, one in deliveries(act, acts):
                if one not in told:
                    told[one] = _named(act if one.seq == act.seq else acts[one.seq - 1], one.face)
                for held, names in zip((things, bodies), told[one], strict=True):
                    for name in names:
                        held[name] = _joined(held.get(name, ()), seat)
        return cls(HashTrieMap(things), HashTrieMap(bodies))

    def after(self, told: Iterable[tuple[str, Told]], acts: ActLog) -> Addressees:
        """Return the addressees after these deliveries."""
        things, bodies = self._things, self._bodies
        for seat, one in told:
            new, texts = _named(acts[one.seq - 1], one.face)
            for name in new:
                things = things.insert(name, _joined(things.get(name, ()), seat))
            for name in texts:
                bodies = bodies.insert(name, _joined(bodies.get(name, ()), seat))
        return Addressees(things, bodies)

    def of_thing(self, thing: str) -> Seats:
        """Return the seats that were told of a thing, in order of their slugs."""
        return self._things.get(thing, ())

    def of_bodies(self, bodies: Iterable[str]) -> Seats:
        """Return the seats that were told any of these texts, in order of their slugs."""
        return tuple(sorted({seat for body in bodies for seat in self._bodies.get(body, ())}))


def _named(act: Act | Outline, face: str) -> tuple[list[str], list[str]]:
    """Return the things and the texts of which a face of an act tells."""
    content = CONTENTS[act.kind]
    shown = notice_fields(act, face, content)
    return [thing for thing, _ in new_things(shown, face, content)], bodies_named(shown)


@lru_cache(maxsize=4096)
def _joined(seats: Seats, seat: str) -> Seats:
    # Few sets of seats there are, and many things that were told to each: equal ones share their memory.
    return seats if seat in seats else tuple(sorted((*seats, seat)))
