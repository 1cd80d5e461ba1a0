"""Names of seats that tell two seats of one actor apart, and what the talks are called."""

from __future__ import annotations

from goodoffices.reports.messages.labels import WORDS
from goodoffices.talks.model.exercise import said_in
from goodoffices.talks.state.view import View


def seat_name(view: View, seat: str, language: str = "en") -> str:
    """Return the name of a seat; with its role, if another seat has the same actor."""
    name, seats = view.name(seat, language), view.known.seats
    held = seats.get(seat)
    if held is None or not held.roles:
        return name
    is_shared = any(other.actor == held.actor for slug, other in seats.items() if slug != seat)
    return f"{name}, as {WORDS['role'][held.roles[0].value]}" if is_shared else name


def talks_title(view: View, language: str) -> str:
    """Return what the talks are called; an exercise has its title in the languages of its file."""
    plan = view.known.exercise.plan
    return view.known.header.title if plan is None else said_in(plan.title, language) or view.known.header.title
