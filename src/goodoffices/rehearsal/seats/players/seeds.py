"""What a seed draws at the start of an exercise: reservation values, worths, tempers, mistakes and who makes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from zlib import crc32

from goodoffices.rehearsal.draws import Draws, key_of
from goodoffices.rehearsal.seats.orders import Mistake, Orders, Timetable
from goodoffices.talks.model.brief import Brief, Temper

SPREAD = 2
"""Worths and reservation values are drawn up to so many points around those of the brief."""
TEMPER_SPREAD = 10


@lru_cache(maxsize=256)
def draws_of(seed: int, seat: str) -> Draws:
    """Return the random numbers of a seat: a stream of its own, so that no other seat changes it.

    Examples
    --------
    >>> draws_of(1, "russia").uniform() == draws_of(1, "turkey").uniform()
    False
    """
    return Draws(key=key_of(seed), run=0, stream=crc32(seat.encode()))


def orders_for(
    briefs: Mapping[str, Brief],
    timetable: Timetable,
    *,
    seed: int,
    reservation: Mapping[str, Fraction],
    n_mistakes: int = 0,
    makers: Mapping[Mistake, tuple[str, ...]] | None = None,
) -> dict[str, Orders]:
    """Return the orders of every seat for one seed.

    Parameters
    ----------
    briefs
        The briefs by seat.
    timetable
        The public timetable.
    seed
        The seed of the exercise.
    reservation
        The reservation values of the difficulty by seat; those left out keep that of their brief.
    n_mistakes
        How many mistakes are made, of those in ``makers``.
    makers
        By mistake, the seats that may make it.
    """
    control = draws_of(seed, "")
    chosen = sorted(makers or {}, key=lambda m: control.uniform(crc32(m.value.encode())))[:n_mistakes]
    by_seat: dict[str, list[Mistake]] = {}
    for mistake in chosen:
        able = (makers or {})[mistake]
        maker = able[control.choice(len(able), crc32(f"maker {mistake.value}".encode()))]
        by_seat.setdefault(maker, []).append(mistake)
    return {
        seat: Orders(
            brief=drawn_brief(brief, draws_of(seed, seat), reservation.get(seat)),
            timetable=timetable,
            mistakes=tuple(by_seat.get(seat, ())),
        )
        for seat, brief in briefs.items()
    }


def drawn_brief(brief: Brief, draws: Draws, reservation: Fraction | None = None) -> Brief:
    """Return a brief with worths, reservation value, patience, pride and beta drawn around its own."""

    def around(name: str, spread: int) -> int:
        return draws.choice(2 * spread + 1, crc32(name.encode())) - spread

    worths = {
        issue: {o: max(Fraction(0), worth + around(f"{issue} {o}", SPREAD)) for o, worth in options.items()}
        for issue, options in brief.worths.items()
    }
    temper = brief.temper
    least = brief.reservation_value if reservation is None else reservation
    return replace(
        brief,
        worths=worths,
        reservation_value=least + around("reservation", SPREAD) if worths else least,
        temper=Temper(
            patience=min(100, max(0, temper.patience + around("patience", TEMPER_SPREAD))),
            pride=min(100, max(0, temper.pride + around("pride", TEMPER_SPREAD))),
            beta=temper.beta * Fraction(100 + 5 * around("beta", 5), 100),
            trust=temper.trust,
        ),
    )
