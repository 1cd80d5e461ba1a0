"""What will probably come out of one issue, as values for a page: chances, the point, who stands where, changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from goodoffices.data_class import dataclass
from goodoffices.reports.forecast.actor_places import ActorPlace, actor_places, place_on_line
from goodoffices.reports.forecast.answer import (
    Forecasted,
    acceptable_in,
    acceptable_options,
    forecast_of,
    option_chances,
)
from goodoffices.reports.forecast.changes import change_parts
from goodoffices.reports.forecast.limit_sentences import left_out_words
from goodoffices.reports.forecast.lineup_from_view import Placed, placed_from
from goodoffices.reports.forecast.numbers_in_words import number_of, percent
from goodoffices.reports.forecast.summary import forecast_words
from goodoffices.reports.settlement.bargain_from_view import words_in
from goodoffices.reports.settlement.figures_behind import origin
from goodoffices.talks.state.view import View

if TYPE_CHECKING:
    from goodoffices.forecast import Forecast
    from goodoffices.progress import Progress

_MOST_CHANGES = 8
_DRAWS = 10_000
_SEED = 1
_ANSWERED = ("What to find out next?", "Would those who must sign accept it?")


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionChance:
    """How likely an option is nearest to the outcome, in per cent, and whether all could sign it in some package."""

    name: str
    place: str
    share: str
    width: float
    could_all_sign: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one change of one actor would do. ``column`` is empty if the actor left, ``actor`` if it concerns all."""

    actor: str
    column: str
    before: str
    after: str
    point: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPoint:
    """Where one model puts the outcome, and between what four times in five; ``why`` if it has no answer."""

    model: str
    point: str = ""
    low: str = ""
    high: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastScreen:
    """What the page shows of one issue.

    ``missed`` is the mean error of the model in points of 100 on legislation of the European Union, or ``None`` if
    nobody has measured it. ``at`` is the point, and ``low_at`` to ``high_at`` the interval that holds the outcome four
    times in five, as places on the line from 0 to 100; ``ends`` are those of the issue's own scale. ``doubt`` is how
    much of that width comes from what is not known about the actors and how much from the model's errors, in per cent.
    ``words`` are the longer answers, by their questions, and ``left_out`` what they say nothing of.
    """

    issue: str
    name: str
    model: str
    missed: int | None
    ends: tuple[str, str]
    is_scale_assumed: bool
    point: str
    at: float
    low: str
    high: str
    low_at: float
    high_at: float
    is_calibrated: bool
    doubt: tuple[str, str] | None
    notes: tuple[str, ...]
    options: tuple[OptionChance, ...]
    actors: tuple[ActorPlace, ...]
    changes: tuple[Change, ...]
    n_more_changes: int
    models: tuple[ModelPoint, ...]
    words: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]
    assumptions: tuple[str, ...]
    may_see: tuple[str, ...]
    is_invented: bool

    @property
    def likeliest(self) -> tuple[OptionChance, ...]:
        """The option nearest to the outcome most often, or all that are so equally often; empty without options."""
        most = max((one.width for one in self.options), default=0.0)
        return tuple(one for one in self.options if one.width == most)


def forecast_screens(
    view: View, issue: str, languages: Iterable[str], *, progress: Progress | None = None
) -> Mapping[str, ForecastScreen]:
    """Work out what will probably come out of an issue, from what this seat may see assessed and nothing else.

    Parameters
    ----------
    view
        The seat's own view.
    issue
        The lasting name of an issue of the agenda on which the seat sees somebody assessed.
    languages
        Codes of languages; in each, names and options are given as they stand there. The figures are the same in all.
        Languages with the same names share one forecast.
    progress
        Is told how far the work has come, and can stop it.

    Raises
    ------
    ScenarioError, ForecastInputError
        If this seat sees no assessments of the issue, or they cannot be read.
    ForecastUndefinedError
        If the model has no answer.
    """
    from goodoffices.forecast import Draws

    draws, codes = Draws(n=_DRAWS, seed=_SEED), tuple(languages)
    known = acceptable_options(view, issue, progress=progress)
    made: dict[str, ForecastScreen] = {}
    answers: list[Forecasted] = []
    for code in dict.fromkeys(("en", *codes)):
        if progress is not None:
            progress("forecast", len(made) / (len(codes) + 1))
        placed = placed_from(view, (issue,), code)
        named = acceptable_in(view, known, code)
        alike = (one for one in answers if one.acceptable == named and _are_named_alike(one.placed, placed))
        answer = next(alike, None)
        if answer is None:
            answer = forecast_of(placed, issue, draws=draws, acceptable=named)
            answers.append(answer)
        made[code] = _shown(view, answer, code)
    return {code: made[code] for code in codes}


def _are_named_alike(one: Placed, other: Placed) -> bool:
    """Return whether everything that one view says in two languages has the same names and words in both."""
    return (one.issues, one.lineup.actors, one.assumptions, one.may_see) == (
        other.issues, other.lineup.actors, other.assumptions, other.may_see
    )  # fmt: skip


def named_issues(view: View, issues: tuple[str, ...], language: str) -> Mapping[str, str]:
    """Return the questions of issues of the agenda by their lasting names."""
    agenda = {issue.slug: issue for basket in view.known.agenda for issue in basket.issues}
    return {slug: words_in(agenda[slug].question, language) or slug for slug in issues}


def _shown(view: View, answer: Forecasted, language: str) -> ForecastScreen:
    from goodoffices.forecast import MODELS

    main = answer.main
    low_end, high_end = main.inputs.scale[main.inputs.issue_index(main.issue)]
    low, high = main.interval(0.8)
    error = MODELS[main.model].mean_error
    chances = option_chances(answer.issue, main) if answer.issue.options else ()
    return ForecastScreen(
        issue=answer.issue.slug,
        name=answer.issue.name,
        model=main.model,
        missed=None if error is None else round(error),
        ends=(f"{low_end:g}", f"{high_end:g}"),
        is_scale_assumed=answer.issue.is_scale_assumed,
        point=number_of(answer, main.point),
        at=place_on_line(answer, main.point),
        low=number_of(answer, low),
        high=number_of(answer, high),
        low_at=place_on_line(answer, low),
        high_at=place_on_line(answer, high),
        is_calibrated=main.calibration is not None,
        doubt=None if main.shares is None else (percent(main.shares.inputs), percent(main.shares.model)),
        notes=tuple(line for line in main.warnings if not line.startswith("silent")),
        options=tuple(
            OptionChance(
                name=name,
                place=f"{place:g}",
                share=percent(share),
                width=round(100 * share, 1),
                could_all_sign=answer.acceptable.could_be.get(slug),
            )
            for (slug, name, place), share in zip(answer.issue.options, chances, strict=True)
        ),
        actors=_actors(view, answer, language),
        changes=_changes(answer),
        n_more_changes=max(0, sum(bool(lever.effect) for lever in answer.levers.levers) - _MOST_CHANGES),
        models=_models(answer),
        words=tuple(row for row in forecast_words(answer) if row[0] in _ANSWERED),
        left_out=left_out_words(answer),
        assumptions=answer.placed.assumptions,
        may_see=answer.may_see,
        is_invented=answer.is_invented,
    )


def _actors(view: View, answer: Forecasted, language: str) -> tuple[ActorPlace, ...]:
    """Return where the actors stand, with the sources by their names."""
    return tuple(
        replace(one, origins=tuple(origin(view, word, language) for word in one.origins))
        for one in actor_places(answer)
    )


def _changes(answer: Forecasted) -> tuple[Change, ...]:
    made = []
    for one in [lever for lever in answer.levers.levers if lever.effect][:_MOST_CHANGES]:
        parts = change_parts(one.change)
        column, before, after = parts or ("", "", "")
        words = "" if parts or one.change == "leaves" else one.change
        point = number_of(answer, one.point)
        made.append(Change(actor=one.actor, column=column, before=before, after=after, point=point, words=words))
    return tuple(made)


def _models(answer: Forecasted) -> tuple[ModelPoint, ...]:
    found = [_model(answer, one) for one in (answer.main, *answer.beside.forecasts)]
    return (*found, *(ModelPoint(model=name, why=why) for _, name, why in answer.beside.refused))


def _model(answer: Forecasted, one: Forecast) -> ModelPoint:
    low, high = one.interval(0.8)
    return ModelPoint(
        model=one.model, point=number_of(answer, one.point), low=number_of(answer, low), high=number_of(answer, high)
    )
