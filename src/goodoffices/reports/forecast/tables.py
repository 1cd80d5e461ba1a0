"""The tables behind a forecast, and the same as plain values for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goodoffices.reports.forecast.actor_places import actor_places
from goodoffices.reports.forecast.answer import Forecasted, nearest_options, option_chances
from goodoffices.reports.forecast.changes import change_words
from goodoffices.reports.forecast.numbers_in_words import number_of, percent
from goodoffices.reports.forecast.summary import forecast_words, record
from goodoffices.reports.tables import Part

if TYPE_CHECKING:
    from goodoffices.forecast import Forecast
    from goodoffices.forecast.analysis.sensitivity import Effect


_MOST_MOVES, _MOST_LEVERS = 20, 15


def forecast_parts(answer: Forecasted) -> tuple[Part, ...]:
    """Return the tables of the whole answer."""
    parts = [_options_part(answer)] if answer.issue.options else []
    parts += [_actors_part(answer), _models_part(answer)]
    if answer.turns is not None:
        parts.append(_moves_part(answer, answer.turns))
    parts += [_levers_part(answer), _doubts_part(answer)]
    lines = tuple((line,) for line in (*_method(answer), *answer.placed.assumptions))
    return (*parts, Part(title="How it was computed, and what was assumed", columns=("in a sentence",), rows=lines))


def _method(answer: Forecasted) -> tuple[str, ...]:
    main = answer.main
    options = ", ".join(f"{name}={value}" for name, value in main.options)
    drawn = (
        f"{main.draws.n:,} draws of what is uncertain, seed {main.draws.seed}"
        if main.draws is not None
        else "nothing uncertain to draw"
    )
    model = f"{main.model} with {options}" if options else main.model
    told = [
        f"Model {model}; {drawn}; calibration: {main.calibration or 'none'}.",
        "The point, the other models, moves and single changes are computed at the likeliest values; "
        "where sources contradict each other, at the value of the first one given.",
    ]
    if answer.alone.ideals:
        names = ", ".join(name for name, _, _ in answer.alone.ideals)
        told.append(f"Must sign, since their worth or red lines are assessed: {names}.")
        told.append("Against the status quo, no agreement is taken to cost nobody anything more than that.")
    return tuple(told)


def _options_part(answer: Forecasted) -> Part:
    could = {True: "yes", False: "no", None: "cannot tell"}
    rows = tuple(
        (name, f"{place:g}", percent(share), could[answer.acceptable.could_be.get(slug)])
        for (slug, name, place), share in zip(
            answer.issue.options, option_chances(answer.issue, answer.main), strict=True
        )
    )
    return Part(
        title="How likely each option is nearest to the outcome", rows=rows,
        columns=("option", "place on the line", "how likely", "in some package that all could sign"),
    )  # fmt: skip


def _actors_part(answer: Forecasted) -> Part:
    rows = tuple(
        (
            one.name,
            one.position or "by order only",
            one.salience,
            one.capability,
            one.weight or "–",
            one.without or "–",
        )
        for one in actor_places(answer)
    )
    return Part(
        title="Who stands where", rows=rows,
        columns=("actor", "point", "cares (0 to 1)", "can bring to bear", "share of the weight", "point without it"),
        note="Low, likeliest, high; a slash parts assessments that contradict each other.",
    )  # fmt: skip


def _models_part(answer: Forecasted) -> Part:
    from goodoffices.forecast import MODELS

    rows = [
        (one.model, _points(answer, one), _near(answer, one), _band(answer, one), record(MODELS[one.model].evidence))
        for one in (answer.main, *answer.beside.forecasts)
    ]
    rows += [
        (name, "–", f"no answer: {why}", "–", record(MODELS[name].evidence)) for _, name, why in answer.beside.refused
    ]
    return Part(
        title="Models side by side; there is no number for all of them", rows=tuple(rows),
        columns=("model", "point", "nearest to", "four times in five", "record on European Union legislation"),
    )  # fmt: skip


def _points(answer: Forecasted, one: Forecast) -> str:
    """Return the point of a model; all of them where several are equally good."""
    return " or ".join(number_of(answer, point) for point in one.ties or (one.point,))


def _near(answer: Forecasted, one: Forecast) -> str:
    if not answer.issue.options:
        return "–"
    return " or ".join(answer.issue.options[at][1] for at in nearest_options(answer.issue, one.point))


def _band(answer: Forecasted, one: Forecast) -> str:
    low, high = one.interval(0.8)
    return f"{number_of(answer, low)} to {number_of(answer, high)}" + ("" if one.calibration else " (not calibrated)")


def _moves_part(answer: Forecasted, turns: Forecast) -> Part:
    rows = tuple(
        (
            str(move.turn),
            move.actor,
            number_of(answer, move.start),
            number_of(answer, move.end),
            move.toward,
            f"{move.kind}; {move.reason}",
        )
        for move in answer.moves[:_MOST_MOVES]
    )
    return Part(
        title=f"Who moves whom, turn by turn, by {turns.model}", rows=rows, empty="Nobody moves.",
        columns=("turn", "actor", "from", "to", "because of", "rule"),
        note=f"Ended: {turns.stopped}. At most {_MOST_MOVES} moves, each of a hundredth of the line or more; "
        "--json has all.",
    )  # fmt: skip


def _levers_part(answer: Forecasted) -> Part:
    rows = tuple(
        (
            one.actor or "everybody",
            change_words(one.change),
            number_of(answer, one.point),
            f"{one.effect:+.3g}",
            "; ".join(one.contradicts) or "–",
        )
        for one in answer.levers.levers[:_MOST_LEVERS]
    )
    return Part(
        title=f"What would change it: single changes, strongest first, by {answer.levers.model}",
        rows=rows, empty="Nothing.",
        columns=("who", "change", "point then", "effect", "against the word of"),
        note=_weaker(len(answer.levers.levers), "changes"),
    )  # fmt: skip


def _weaker(n: int, what: str) -> str:
    """Return how many changes or inputs of less effect the table leaves out."""
    return f"{n - _MOST_LEVERS} more {what} have less effect." if n > _MOST_LEVERS else ""


def _doubts_part(answer: Forecasted) -> Part:
    rows = tuple(
        (input_words(one), f"{one.low:.3g}", f"{one.high:.3g}", number_of(answer, one.point_at_low),
         number_of(answer, one.point_at_high), "range assessed" if not one.is_exact else "tried")
        for one in answer.sensitivity.effects[:_MOST_LEVERS]
    )  # fmt: skip
    return Part(
        title=f"What it hangs on: one input at a time, the others at their likeliest, by {answer.sensitivity.model}",
        rows=rows, empty="Nothing.",
        columns=("input", "from", "to", "point then", "and then", "why these ends"),
        note=_weaker(len(answer.sensitivity.effects), "inputs"),
    )  # fmt: skip


def input_words(one: Effect) -> str:
    """Return an input of the forecast in a mediator's words."""
    said = {"position": "point", "salience": "cares", "capability": "can bring to bear"}.get(one.column, one.column)
    return f"{one.actor}: {said}" if one.actor else said


def forecast_values(answer: Forecasted) -> dict[str, Any]:
    """Return the whole answer as plain values, for JSON."""
    placed = answer.placed
    options = [
        {
            "option": slug,
            "name": name,
            "place": place,
            "probability": share,
            "could_all_sign": answer.acceptable.could_be.get(slug),
        }
        for (slug, name, place), share in zip(
            answer.issue.options, option_chances(answer.issue, answer.main) if answer.issue.options else (), strict=True
        )
    ]
    return {
        "issue": answer.issue.slug,
        "question": answer.issue.name,
        "words": dict(forecast_words(answer)),
        "forecast": answer.main.to_dict(),
        "options": options,
        "alone": str(answer.alone),
        "beside": [one.to_dict() for one in answer.beside.forecasts],
        "refused": [list(entry) for entry in answer.beside.refused],
        "levers": answer.levers.to_rows(),
        "sensitivity": answer.sensitivity.to_rows(),
        "assumptions": list(placed.assumptions),
        "compartments": sorted(placed.lineup.compartments),
        "invented": answer.is_invented,
        "for": list(answer.may_see),
    }
