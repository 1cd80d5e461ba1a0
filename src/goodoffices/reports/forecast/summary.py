"""What will probably come out, how sure, who moves whom, what would change it: in words first, then figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodoffices.phrases.phrase import Phrase
from goodoffices.reports.brief.build import Brief, answer_brief
from goodoffices.reports.forecast.acceptance_sentences import signed_words
from goodoffices.reports.forecast.answer import Forecasted, nearest_options, option_chances, several
from goodoffices.reports.forecast.changes import change_words
from goodoffices.reports.forecast.limit_sentences import left_out_words, limits_of
from goodoffices.reports.forecast.lineup_from_view import Placed, PlacedIssue, has_points, placed_from
from goodoffices.reports.forecast.numbers_in_words import number, number_of, percent
from goodoffices.reports.settlement.bargain_from_view import INVENTED
from goodoffices.reports.tables import Heading, Part, Section, and_listed
from goodoffices.talks.state.view import View

if TYPE_CHECKING:
    from goodoffices.forecast import Draws, Forecast
    from goodoffices.progress import Progress


NOT_VALIDATED = "Nothing here has been tested on peace talks."
_SHOWN = 3


def where(issue: PlacedIssue, point: float) -> str:
    """Return a place on the scale in words: at an option, or between two and nearer to which."""
    if not issue.options:
        return ""
    near = [issue.options[at] for at in nearest_options(issue, point)]
    below = [one for one in issue.options if one[2] <= point]
    above = [one for one in issue.options if one[2] >= point]
    tenth = (issue.options[-1][2] - issue.options[0][2]) / 10
    if len(near) == 1 and (abs(near[0][2] - point) <= tenth or not below or not above):
        return f"at or near ‘{near[0][1]}’"
    between = f"between ‘{below[-1][1]}’ and ‘{above[0][1]}’"
    middle = (below[-1][2] + above[0][2]) / 2
    if abs(point - middle) <= tenth / 2:
        return f"about half-way {between}"
    return f"{between}, nearer to ‘{near[0][1]}’"


def forecast_words(answer: Forecasted) -> tuple[tuple[str, str], ...]:
    """Return questions and answers in words, for a mediator who reads nothing else."""
    moved = (("Who moves whom?", _moves(answer, answer.turns)),) if answer.turns is not None else ()
    left_out = left_out_words(answer)
    whole = f"this is not an answer for the whole of these talks. {' '.join(left_out)}"
    return (
        *([("Left out:", whole)] if left_out else []),
        ("What will probably come out?", _comes_out(answer)),
        ("How far to trust it?", trust(answer.main.model)),
        ("How sure is that?", _sure(answer)),
        ("Who weighs most?", _weighs(answer)),
        *moved,
        ("What would change it?", _changes(answer)),
        ("What to find out next?", _ask(answer)),
        ("Would those who must sign accept it?", signed_words(answer)),
        ("Which model is this?", _model(answer)),
        ("Caveat:", _mind(answer)),
    )


def record(evidence: str) -> str:
    """Return a model's record in words: what is measured is the mean absolute error."""
    return evidence.replace("MAE", "mean error")


def _place(answer: Forecasted, value: float) -> str:
    words = where(answer.issue, value)
    return number_of(answer, value) + (f" ({words})" if words else "")


def _comes_out(answer: Forecasted) -> str:
    issue, main = answer.issue, answer.main
    low, high = main.inputs.scale[main.inputs.issue_index(main.issue)]
    point = number_of(answer, main.point)
    if not issue.options:
        assumed = ", which is assumed since nobody states one," if issue.is_scale_assumed else ""
        text = f"On the scale from {low:g} to {high:g}{assumed} the point is {point}."
    else:
        chances = sorted(zip(option_chances(issue, main), issue.options, strict=True), key=lambda one: -one[0])
        named = [f"‘{name}’: {percent(share)}" for share, (_, name, _) in chances]
        first, last = issue.options[0], issue.options[-1]
        text = (
            f"The outcome is most likely nearest to {named[0]}; then {'; '.join(named[1:])}. "
            f"On a line from ‘{first[1]}’ ({first[2]:g}) to "
            f"‘{last[1]}’ ({last[2]:g}) the model's point is {point}: {where(issue, main.point)}."
        )
    if main.ties:
        text += f" Equally good points: {', '.join(number_of(answer, tie) for tie in main.ties)}; the lowest is shown."
    rivals = [f"{number_of(answer, point)} as {source} has it" for source, point in main.by_source]
    if rivals:
        text += f" The assessments contradict each other: {'; '.join(rivals)}. Where they do, the point takes the one"
        text += " that is given first; the range counts all alike."
    return text


def _sure(answer: Forecasted) -> str:
    main = answer.main
    low, high = main.interval(0.8)
    ends = main.inputs.scale[main.inputs.issue_index(main.issue)]
    text = (
        f"If the model errs here as it did where outcomes are known, the outcome lies four times in five between "
        f"{_place(answer, low)} and {_place(answer, high)}. That stretch is "
        f"{percent((high - low) / (ends[1] - ends[0]))} of the whole line."
    )
    if main.calibration is None:
        text = (
            "Cannot tell how wrong this model is: no record of its errors is shipped. What is uncertain about the "
            f"actors alone puts it between {number_of(answer, low)} and {number_of(answer, high)} four times in five."
        )
    elif main.shares is not None:
        text += (
            f" Of this uncertainty, {percent(main.shares.inputs)} comes from what is not known about the actors, "
            f"and {percent(main.shares.model)} from the model's own errors where the outcome is known."
        )
    text += _beside(answer)
    told = [line for line in main.warnings if not line.startswith("silent")]
    return text + "".join(f" Note: {line}." for line in told)


def _beside(answer: Forecasted) -> str:
    beside = answer.beside.forecasts
    points = sorted((point, one.model) for one in beside for point in one.ties or (one.point,))
    if not points:
        return ""
    ends = [number_of(answer, point) for point, _ in (points[0], points[-1])]
    others = f" {len(beside)} other models put" if len(beside) > 1 else " One other model puts"
    if ends[0] == ends[1]:
        return f"{others} the point at {ends[0]}."
    tied = [
        f" In {one.model} {' and '.join(number_of(answer, tie) for tie in one.ties)} are equally good."
        for one in beside
        if one.ties
    ]
    return f"{others} the point between {ends[0]} ({points[0][1]}) and {ends[1]} ({points[-1][1]}).{''.join(tied)}"


def _weighs(answer: Forecasted) -> str:
    main = answer.main
    one = main.inputs.only(answer.issue.name)
    weight = (one.salience * one.capability)[:, 0]
    total = float(weight.sum())
    ranked_by_weight = sorted(zip(weight.tolist(), one.actors, strict=True), key=lambda entry: -entry[0])
    heavy = [entry for entry in ranked_by_weight if entry[0] > 0]
    said = []
    if heavy:
        shares = [f"{name} {percent(share / total)}" for share, name in heavy[:_SHOWN]]
        equal = [name for share, name in heavy[_SHOWN:] if share == heavy[_SHOWN - 1][0]]
        more = f"; {len(equal)} more with as much as {heavy[_SHOWN - 1][1]}" if equal else ""
        weighed = "Of all weight (how much they can bring to bear, times how much they care)"
        said.append(f"{weighed}: {', '.join(shares)}{more}.")
    ranked = sorted(main.influence.items(), key=lambda entry: -abs(entry[1]))[:_SHOWN]
    ranked = [entry for entry in ranked if number_of(answer, main.point + entry[1]) != number_of(answer, main.point)]
    if ranked:
        named = [f"without {name} it would be {number_of(answer, main.point + change)}" for name, change in ranked]
        said.append(f"The point is {number_of(answer, main.point)}; {'; '.join(named)}.")
    return " ".join(said) or "Nobody: there is nothing to bargain about."


def _moves(answer: Forecasted, turns: Forecast) -> str:
    if not answer.moves:
        return "Nobody moves anybody in this model."
    largest = sorted(answer.moves, key=lambda move: -abs(move.end - move.start))[:_SHOWN]
    steps = [
        f"in turn {move.turn} {move.actor} moves from {number_of(answer, move.start)} to "
        f"{number_of(answer, move.end)} because of {move.toward}"
        for move in sorted(largest, key=lambda move: move.turn)
    ]
    return (
        f"The model {turns.model} plays the talks turn by turn and ends at {number_of(answer, turns.point)}. These are "
        f"moves in the model, not in the talks: {'; '.join(steps)}."
    )


def _changes(answer: Forecasted) -> str:
    moving = [one for one in answer.levers.levers if one.change != "leaves" and one.effect]
    now = number_of(answer, answer.levers.point)
    strong = [one for one in moving if number_of(answer, one.point) != now][:_SHOWN]
    by = asked_of(answer)
    if not strong:
        so_far = f" away from {now}" if moving else ""
        return f"{by}No single change of one actor moves it{so_far}."
    said = [f"{number_of(answer, one.point)} if {one.actor} {change_words(one.change)}" for one in strong]
    return f"{by}The point, now {now}, would be {'; '.join(said)}."


def asked_of(answer: Forecasted) -> str:
    """Return a sentence that names the model asked what would change the outcome, if it is not the one that answers."""
    if answer.levers.model == answer.main.model:
        return ""
    return (
        f"Asked of the model {answer.levers.model}: in {answer.main.model} the point can move away from an actor that "
        "comes closer, so it is for comparison only. "
    )


def _ask(answer: Forecasted) -> str:
    doubts = [one for one in answer.sensitivity.effects if not one.is_exact and one.actor and one.swing > 0]
    if not doubts:
        return Phrase("The assessments state every figure as certain, so none of them stands out as worth checking.")
    first = doubts[0]
    low, high = sorted((first.point_at_low, first.point_at_high))
    gaps = {
        "actor": first.actor, "low": f"{first.low:.3g}", "high": f"{first.high:.3g}",
        "least": number_of(answer, low), "most": number_of(answer, high),
    }  # fmt: skip
    if first.column == "position":
        return Phrase(
            "First of all, where {actor} stands: assessed between {low} and {high}, and the point lies between "
            "{least} and {most} accordingly.",
            **gaps,
        )
    if first.column == "salience":
        return Phrase(
            "First of all, how much {actor} cares: assessed between {low} and {high}, and the point lies between "
            "{least} and {most} accordingly.",
            **gaps,
        )
    return Phrase(
        "First of all, what {actor} can bring to bear: assessed between {low} and {high}, and the point lies between "
        "{least} and {most} accordingly.",
        **gaps,
    )


def trust(model: str) -> str:
    """Return in twenty words how far to trust a model."""
    from goodoffices.forecast import MODELS

    error = MODELS[model].mean_error
    if error is None:
        return "Nobody has measured how wrong this model is, neither on European Union laws nor on peace talks."
    missed = f"On European Union laws it missed by {error:.0f} points of 100 on average"
    return f"{missed}; nobody has tested it on peace talks."


def _model(answer: Forecasted) -> str:
    from goodoffices.forecast import DEFAULT_MODEL, MODELS

    card = MODELS[answer.main.model]
    text = (
        f"The model {card.name} ({card.source}). Its record on European Union legislation, in hundredths of the scale: "
        f"{record(card.evidence)}."
    )
    if card.name == DEFAULT_MODEL:
        return text
    base = MODELS[DEFAULT_MODEL]
    return f"{text} The weighted mean of where all stand ('{base.name}') has: {record(base.evidence)}."


def _mind(answer: Forecasted) -> str:
    invented = f"{INVENTED} " if answer.is_invented else ""
    eyes = f" For {' and '.join(answer.may_see)} only." if answer.may_see else ""
    return f"{invented}An assessment is what somebody estimates of a party, never its own word.{eyes}"


def forecast_brief(heading: Heading, answer: Forecasted, parts: tuple[Part, ...]) -> Brief:
    """Return the whole answer as a brief: in words first, then the tables given."""
    words = tuple(f"{question} {words}" for question, words in forecast_words(answer))
    sections = (Section(title="The figures behind it", parts=parts),)
    return answer_brief(heading, f"forecast for ‘{answer.issue.name}’", words, sections)


_CUT = "interrupted: "


def issues_brief(
    heading: Heading, placed: Placed, *, models: tuple[str, ...], draws: Draws | None, progress: Progress | None = None
) -> Brief:
    """Return a brief of several issues, a row for each issue and model."""
    said = (*(trust(model) for model in models[:1]), "Each issue for itself; --issue says more of one.")
    assumed = [f"‘{issue.name}’" for issue in placed.issues if issue.is_scale_assumed]
    if assumed:
        said += (f"Scales from 0 to 100 are assumed, since nobody states one: {and_listed(assumed)}.",)
    said += limits_of(placed)
    if placed.left_out:
        said += (
            f"Left out, since nobody has said where anybody stands: {and_listed(f'‘{q}’' for q in placed.left_out)}.",
        )
    sections = (_issues_section(heading, placed, models=models, draws=draws, progress=progress),)
    return answer_brief(heading, "what will probably come out?", said, sections)


def forecast_section(view: View, *, model: str, draws: Draws | None) -> tuple[Section, ...]:
    """Return the section that a brief carries, a row for each issue; none for a seat that sees no assessed points."""
    if not has_points(view):
        return ()
    return (_issues_section(Heading.of(view), placed_from(view), models=(model,), draws=draws),)


def _issues_section(
    heading: Heading, placed: Placed, *, models: tuple[str, ...], draws: Draws | None, progress: Progress | None = None
) -> Section:
    found = {model: several(placed, model=model, draws=draws, progress=progress) for model in models}
    by = ("model",) if len(models) > 1 else ()
    rows = tuple(
        (name, model, *cells) if by else (name, *cells)
        for by_model in zip(*found.values(), strict=True)
        for model, one in zip(models, by_model, strict=True)
        for name, *cells in [_row(*one)]
    )
    columns = (
        "issue", *by, "probably nearest to", "how likely", "four times in five", "point", "whose absence moves it most",
    )  # fmt: skip
    named = "Model" if len(models) == 1 else "Models"
    invented = f" {INVENTED}" if placed.is_invented else ""
    eyes = f" For {' and '.join(placed.may_see)} only." if placed.may_see else ""
    stopped = [w for rows in found.values() for _, one, _ in rows if one for w in one.warnings if w.startswith(_CUT)]
    cut = " Interrupted: some rows rest on fewer draws than were asked for." if stopped else ""
    note = f"{named} {', '.join(models)}. {NOT_VALIDATED}{invented}{eyes}{cut}"
    scales = tuple(
        (one.name, "; ".join(f"{place:g} ‘{name}’" for _, name, place in one.options) or _without_options(placed, one))
        for one in placed.issues
    )
    return Section(
        title=f"What will probably come out? {heading.rests_on}",
        parts=(
            Part(title="Issue by issue", columns=columns, rows=rows, note=note),
            Part(title="The lines on which points are counted", columns=("issue", "options"), rows=scales),
        ),
    )


def _without_options(placed: Placed, issue: PlacedIssue) -> str:
    low, high = placed.lineup.scale[placed.lineup.issue_index(issue.name)]
    return f"{low:g} to {high:g}, without options"


def _row(issue: PlacedIssue, found: Forecast | None, why: str) -> tuple[str, ...]:
    if found is None:
        return (issue.name, f"no answer: {why}", "–", "–", "–", "–")
    low, high = found.interval(0.8)
    ends = f"{number(low, found.inputs, issue.name)} to {number(high, found.inputs, issue.name)}"
    chances = option_chances(issue, found) if issue.options else ()
    best = [at for at, share in enumerate(chances) if share == max(chances)]
    heavy = max(found.influence.items(), key=lambda entry: abs(entry[1]), default=("–", 0.0))
    likely = " or ".join(issue.options[at][1] for at in best) or "–"
    return (
        issue.name, likely, percent(chances[best[0]]) if best else "–", ends,
        number(found.point, found.inputs, issue.name), heavy[0],
    )  # fmt: skip
