"""Write the part of a talks file that plans an exercise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from goodoffices.formats.talks_writer.people import PEOPLE
from goodoffices.talks.model.brief import Brief
from goodoffices.talks.model.exercise import ExercisePlan, PlannedAction, PlannedInject, PlayedSeat
from goodoffices.talks.model.talks_file import TalksFile


def exercise_section(talks: TalksFile) -> dict[str, Any]:
    """Return the exercise as mappings, lists and texts; empty where none is planned."""
    plan = talks.exercise
    if plan is None:
        return {}
    shown = plan.shown
    made: dict[str, Any] = {
        "title": dict(shown.title),
        "starts_at": shown.starts_at.isoformat(),
        "ends_at": shown.ends_at.isoformat(),
        "pace": f"{shown.pace}",
        "seed": f"{plan.seed}",
        "tell_automated": "yes" if shown.tells_automated else "no",
        "resources": [dict(one) for one in shown.resources],
        "seats": {seat.slug: _seat(seat) for seat in shown.seats},
        "added_actors": PEOPLE["actors"](replace(talks, actors=plan.added_actors)) if plan.added_actors else {},
        "added_seats": PEOPLE["seats"](replace(talks, seats=plan.added_seats)) if plan.added_seats else {},
        "powers": {seat: list(powers) for seat, powers in plan.powers},
        "briefs": {brief.seat: _brief(brief) for brief in plan.briefs},
        "actions": {action.slug: _action(action) for action in plan.actions},
        "injects": {inject.slug: _inject(inject) for inject in plan.injects},
        **_questions(plan),
    }
    return _stated(made)


def _stated(made: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is stated: nothing empty."""
    return {name: value for name, value in made.items() if value not in ({}, [], "", None)}


def _decimal(value: Fraction) -> str:
    return f"{float(value):.12g}"


def _seat(seat: PlayedSeat) -> dict[str, Any]:
    persons = [f"{seat.persons_from}", f"{seat.persons_to}"]
    return {"persons": persons, "automated": seat.automated, "standing": f"{seat.standing}"}


def _brief(brief: Brief) -> dict[str, Any]:
    red: dict[str, list[str]] = {}
    for line in brief.red_lines:
        red.setdefault(line.issue, []).append(line.option)
    temper = {
        "patience": f"{brief.temper.patience}",
        "pride": f"{brief.temper.pride}",
        "beta": _decimal(brief.temper.beta),
        "trust": {seat: f"{trust}" for seat, trust in brief.temper.trust.items()},
    }
    return _stated(
        {
            "words": dict(brief.words),
            "reservation_value": _decimal(brief.reservation_value),
            "red_lines": red,
            "mandate": {issue: list(options) for issue, options in brief.mandate.items()},
            "worths": {i: {o: _decimal(v) for o, v in options.items()} for i, options in brief.worths.items()},
            "weights": {issue: _decimal(value) for issue, value in brief.weights.items()},
            "temper": _stated(temper),
        }
    )


def _action(action: PlannedAction) -> dict[str, Any]:
    return _stated(
        {
            "title": dict(action.title),
            "by": list(action.by),
            "cost": f"{action.cost}",
            "needs_control": "yes" if action.needs_control else "no",
            "tells": list(action.tells),
        }
    )


def _inject(inject: PlannedInject) -> dict[str, Any]:
    return _stated(
        {
            "title": dict(inject.title),
            "words": dict(inject.words),
            "to": list(inject.to),
            "kind": inject.kind,
            "at": None if inject.at is None else inject.at.isoformat(),
            "when": inject.when,
            "after": f"PT{inject.after_minutes}M",
            "claims": list(inject.claims),
        }
    )


def _questions(plan: ExercisePlan) -> dict[str, Any]:
    return {
        "forecasts": {
            one.slug: {"question": dict(one.words), "resolves": one.resolves} for one in plan.shown.forecasts
        },
        "reflections": [dict(one) for one in plan.shown.reflections],
    }
