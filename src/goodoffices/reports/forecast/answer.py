"""What the forecasting room finds for one issue, gathered once for words, tables and pictures.

The settlement room says which options are part of something that all could sign; here the two rooms meet, since neither
knows of the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError, ForecastUndefinedError, ScenarioError
from goodoffices.phrases.phrase import Phrase, reason_of
from goodoffices.reports.forecast.lineup_from_view import Placed, PlacedIssue
from goodoffices.reports.settlement.answer import restricted
from goodoffices.reports.settlement.assessments import assessments_of
from goodoffices.reports.settlement.bargain_from_view import bargain_from
from goodoffices.talks.state.view import View

if TYPE_CHECKING:
    from goodoffices.forecast import Core, Draws, Forecast, ForecastComparison, Levers, Move, Sensitivity
    from goodoffices.forecast.inputs.columns import FloatArray
    from goodoffices.progress import Progress


BESIDE = ("compromise", "pce:markov-uniform", "nbs:no-deal", "mean", "median:weighted", "ktab-smp", "combination")
"""Models shown beside the one asked for: the weighted mean that nothing beats for sure, and one of each other idea."""
_LEAST_MOVE = 0.01  # of the scale's length: smaller moves are told to programs only
_TIE = 1e-9  # of the scale's length: a point half-way between two options is near both, after arithmetic too


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptable:
    """Which options of an issue are part of at least one settlement that all could sign; why, if nothing can be told.

    ``could_be`` holds, per option, True, False, or None where the time given was not enough. ``may_see`` names the
    seats that may see it, empty if it rests on nobody's assessments.
    """

    could_be: dict[str, bool | None]
    reason: str = ""
    may_see: tuple[str, ...] = ()
    is_invented: bool = False
    left_out: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether it is known of every option."""
        return bool(self.could_be) and None not in self.could_be.values()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecasted:
    """What the forecasting room found for one issue.

    Parameters
    ----------
    main
        The forecast asked for, filtered by what all could sign if that is known.
    alone
        What all who must sign would accept on this issue alone against the status quo.
    beside
        Other models, at the likeliest values.
    turns
        ``main`` if its model runs over turns, else None.
    """

    placed: Placed
    issue: PlacedIssue
    main: Forecast
    alone: Core
    beside: ForecastComparison
    turns: Forecast | None
    levers: Levers
    sensitivity: Sensitivity
    acceptable: Acceptable

    @property
    def may_see(self) -> tuple[str, ...]:
        """Names of the seats that may see everything it rests on."""
        mine, other = self.placed.may_see, self.acceptable.may_see
        return tuple(name for name in mine if not other or name in other)

    @property
    def moves(self) -> tuple[Move, ...]:
        """Moves on this issue of at least a hundredth of its scale, in their order."""
        if self.turns is None:
            return ()
        low, high = self.main.inputs.scale[self.main.inputs.issue_index(self.main.issue)]
        least = _LEAST_MOVE * (high - low)
        mine = [move for move in self.turns.moves if move.issue == self.issue.name]
        return tuple(move for move in mine if abs(move.end - move.start) >= least)

    @property
    def is_invented(self) -> bool:
        """Whether any of what it rests on is teaching material."""
        return self.placed.is_invented or self.acceptable.is_invented


def acceptable_options(view: View, issue: str, *, progress: Progress | None = None) -> Acceptable:
    """Return which options of an issue could be part of a package that all sign, from this seat's assessments of worth.

    Exact, at the likeliest values: each option is fixed in turn, and the settlement room looks for any settlement.
    """
    from goodoffices.settlement.solutions.solve import solve

    try:
        assessed = bargain_from(view)
    except ScenarioError as error:
        return Acceptable(could_be={}, reason=reason_of(error))
    used = {entry.issue for entry in assessments_of(view)}
    issues = [one for basket in view.known.agenda for one in basket.issues if one.slug in used]
    place = next((at for at, one in enumerate(issues) if one.slug == issue), None)
    if place is None:
        none = Phrase("nobody has assessed what its options are worth to the parties")
        return Acceptable(could_be={}, reason=none)
    could_be: dict[str, bool | None] = {}
    for at, option in enumerate(issues[place].options):
        found = solve(restricted(assessed.bargain, place, at), "egalitarian", time_limit=5.0, progress=progress)
        could_be[option.slug] = True if found.picks else None if found.status == "bounded" else False
    return Acceptable(
        could_be=could_be,
        may_see=assessed.may_see,
        is_invented=assessed.is_invented,
        left_out=assessed.left_out,
    )


def acceptable_in(view: View, known: Acceptable, language: str) -> Acceptable:
    """Return the same with the names that the talks have in ``language``; which options they are does not change."""
    if not known.could_be:
        return known
    assessed = bargain_from(view, language)
    return replace(known, may_see=assessed.may_see, left_out=assessed.left_out)


def forecast_of(
    placed: Placed,
    issue: str,
    *,
    models: tuple[str, ...] = (),
    draws: Draws | None = None,
    acceptable: Acceptable | None = None,
    progress: Progress | None = None,
) -> Forecasted:
    """Return the whole answer for one issue; the same seed of ``draws`` gives the same answer.

    The first of ``models`` answers, or the default; the others, or a few of each idea, stand beside it. What would
    change the outcome is asked of the default where the point of the first does not follow its actors.

    Raises
    ------
    UnknownWordError, UnknownModelError
        For an issue or model that is not known.
    ForecastUndefinedError, ForecastInputError
        If the model has no answer here; names one that has.
    """
    from goodoffices.forecast import (
        DEFAULT_MODEL,
        MODELS,
        forecast,
        forecasts,
        levers,
        model_named,
        sensitivity,
        veto_core,
    )

    one = placed.issue(issue)
    chosen = model_named(models[0] if models else DEFAULT_MODEL)
    asked = chosen if MODELS[chosen.name].follows else model_named(DEFAULT_MODEL)
    lineup = placed.lineup if chosen.trades else placed.lineup.only(one.name)
    known = (
        acceptable
        if acceptable is not None
        else Acceptable(could_be={}, reason=Phrase("this file does not say what options are worth"))
    )
    accept = near_acceptable(one, known.could_be) if known.is_known and one.options else None
    main = forecast(lineup, issue=one.name, model=chosen, draws=draws, accept=accept, progress=progress)
    others = models[1:] or tuple(name for name in BESIDE if name != chosen.name)
    alone = placed.lineup.only(one.name)
    beside = forecasts(replace(alone, must_sign=()), models=others, progress=progress)
    return Forecasted(
        placed=placed,
        issue=one,
        main=main,
        alone=veto_core(alone),
        beside=beside,
        turns=main if chosen.turns or main.moves else None,
        levers=levers(alone, model=asked),
        sensitivity=sensitivity(alone, model=asked),
        acceptable=known,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _NearAcceptable:
    """Says of points whether an option that all could sign is the nearest one, or one of the nearest."""

    issue: PlacedIssue
    could_be: dict[str, bool | None]

    def __call__(self, point: float) -> bool:
        return bool(self.many(np.array([point]))[0])

    def many(self, points: FloatArray) -> NDArray[np.bool_]:
        """Say it of many points, (k,)."""
        could = np.array([bool(self.could_be.get(slug)) for slug, _, _ in self.issue.options])
        return np.asarray((_near(self.issue, points) & could).any(axis=1))


def near_acceptable(issue: PlacedIssue, could_be: dict[str, bool | None]) -> Callable[[float], bool]:
    """Return what says of a point whether it is nearest to an option that all could sign."""
    return _NearAcceptable(issue=issue, could_be=could_be)


def _near(issue: PlacedIssue, points: FloatArray) -> NDArray[np.bool_]:
    """Return which options are nearest to each point, (k, options); half-way between two, both are."""
    places = np.array([place for _, _, place in issue.options])
    away = np.abs(places[None, :] - points[:, None])
    wide = max(issue.options[-1][2] - issue.options[0][2], 1e-300)
    return np.asarray(away <= away.min(axis=1, keepdims=True) + _TIE * wide)


def nearest_options(issue: PlacedIssue, point: float) -> tuple[int, ...]:
    """Return the places, in ``issue.options``, of the option nearest to ``point``, of all that are equally near."""
    return tuple(int(at) for at in np.flatnonzero(_near(issue, np.array([point]))[0]))


def option_chances(issue: PlacedIssue, forecast: Forecast) -> tuple[float, ...]:
    """Return the probability that the outcome lies nearest to each option; what lies half-way is shared evenly."""
    near = _near(issue, forecast.distribution.atoms)
    shares = forecast.distribution.weights[:, None] * near / near.sum(axis=1, keepdims=True)
    return tuple(float(share) for share in shares.sum(axis=0))


def several(
    placed: Placed, *, model: str, draws: Draws | None, progress: Progress | None = None
) -> tuple[tuple[PlacedIssue, Forecast | None, str], ...]:
    """Return a forecast for each issue, or why there is none."""
    from goodoffices.forecast import forecast

    found: list[tuple[PlacedIssue, Forecast | None, str]] = []
    for one in placed.issues:
        try:
            made = forecast(placed.lineup, issue=one.name, model=model, draws=draws, progress=progress)
            found.append((one, made, ""))
        except (ForecastUndefinedError, ForecastInputError) as error:
            found.append((one, None, reason_of(error)))
    return tuple(found)
