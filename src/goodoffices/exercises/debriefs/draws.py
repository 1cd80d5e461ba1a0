"""What the seed of an exercise drew, for the debrief: values of no agreement, tempers, and who makes which mistake."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from goodoffices.data_class import dataclass
from goodoffices.exercises.seats_at_desk import orders_at_desk
from goodoffices.talks.base.acts import CLOCK
from goodoffices.talks.exercise.runs import controls
from goodoffices.talks.state.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What was drawn for one automated seat. ``planned`` is the value of no agreement that its brief says."""

    seat: str
    has_worths: bool
    planned: Fraction
    reservation: Fraction
    patience: int
    pride: int
    mistakes: tuple[str, ...] = ()


def drawn_for(views: Mapping[str, View]) -> tuple[Drawn, ...]:
    """Return what was drawn for each seat that the program played at the end; none if it played none that decides.

    Everything is worked out again from what control was told: the same seed gives the same draws.
    """
    view = next((v for s, v in views.items() if s != CLOCK and s in controls(v.known)), None)
    if view is None or view.known.exercise.plan is None:
        return ()
    played = {seat for seat, kind in view.known.exercise.automated if kind not in ("silent", "press")}
    orders = orders_at_desk(view) if played else {}
    planned = {seat: held.brief.reservation_value for seat, held in view.known.briefs.items()}
    return tuple(
        Drawn(
            seat=seat,
            has_worths=bool(one.brief.worths),
            planned=planned.get(seat, Fraction(0)),
            reservation=one.brief.reservation_value,
            patience=one.brief.temper.patience,
            pride=one.brief.temper.pride,
            mistakes=tuple(mistake.value for mistake in one.mistakes),
        )
        for seat, one in orders.items()
        if seat in played
    )
