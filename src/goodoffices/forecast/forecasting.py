"""Forecast from a lineup: run the model, put the calibrated distribution around its point, filter by the core."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError, ForecastUndefinedError
from goodoffices.forecast.analysis.veto_core import Accept, Core, Filter, veto_core
from goodoffices.forecast.calibration.calibration import Calibration, shipped_calibration
from goodoffices.forecast.distributions import Distribution, accepted
from goodoffices.forecast.inputs.argument_checks import kind_in, listed_in, names_in
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.lineup import Lineup, Share
from goodoffices.forecast.inputs.model_input import Numbers, from_percent, numbers_of
from goodoffices.forecast.inputs.sampling import Sample, draw, draw_points, sources_of, with_source
from goodoffices.forecast.inputs.uncertain_values import DEFAULT_DRAWS, Draws
from goodoffices.forecast.models.base import Model, ModelAnswer, Move
from goodoffices.forecast.models.cards import DEFAULT_MODEL, DEFAULT_MODELS, MODELS, model_named
from goodoffices.forecast.models.run import answer_of, spread_of, spread_of_draws
from goodoffices.forecast.results import Forecast, ForecastComparison, OutcomeShares
from goodoffices.phrases.phrase import Phrase, reason_of
from goodoffices.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """The options of a forecast, besides lineup, issue and model."""

    calibration: str | Calibration | None
    draws: Draws | None
    accept: Core | Accept | Mapping[float, bool] | None
    progress: Progress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """The answer of one model, the place of the issue in it, and the draws of its inputs."""

    model: Model
    answer: ModelAnswer
    at: int
    drawn: Sample | None


def forecast(  # noqa: PLR0913 - one argument for each thing that can be asked
    subject: Lineup,
    *,
    issue: str | None = None,
    model: str | Model = DEFAULT_MODEL,
    calibration: str | Calibration | None = "deu3",
    draws: Draws | None = DEFAULT_DRAWS,
    accept: Core | Accept | None = None,
    progress: Progress | None = None,
) -> Forecast:
    """Forecast one issue.

    Parameters
    ----------
    subject
        Who stands where.
    issue
        Which issue; required if there are several. A model that trades across issues gets all of them.
    model
        A name, which may have options in brackets, or a configured model.
    calibration
        ``"deu3"`` (shipped: European Union legislation), a result of `calibrate`, or None.
    draws
        How to draw uncertain cells: 10,000 times with seed 1 unless said. With None the point is computed at their
        modes.
    accept
        A veto core, or a function that says whether a point on the issue's scale is acceptable to all that must sign.
        Without it, the core is computed if the lineup says who must sign.
    progress
        Called with the draws done. If it has a true ``is_stopped``, the forecast uses the draws done so far, and says
        so.

    Raises
    ------
    ForecastInputError, ForecastUndefinedError, UnknownModelError
        For impossible values, for a model that has no answer here, and for an unknown name.

    Examples
    --------
    >>> from goodoffices.forecast import Lineup, forecast
    >>> wells = Lineup.from_arrays(["North", "South", "Host"], [0, 60, 100], [0.5, 1.0, 0.2], issues=["wells"])
    >>> forecast(wells, model="compromise", calibration=None)
    <Forecast wells: 47.06, 80 % 47.06..47.06, compromise, 3 actors>
    """
    _check_kinds(subject, calibration, draws)
    if accept is not None and not callable(accept):
        kind_in(accept, "accept", Core, "give a result of veto_core, a function of a point, or None")
    if progress is not None and not callable(progress):
        raise ForecastInputError(f"progress is {progress!r}; give a function of a text and a share")
    name = _issue_named(subject, issue)
    chosen = model_named(model)
    wanted = _Wanted(calibration=calibration, draws=draws, accept=accept, progress=progress)
    answer, at = answer_of(chosen, subject, name)
    drawn = _drawn(subject, name, wanted)
    return _assembled(subject, name, _Run(model=chosen, answer=answer, at=at, drawn=drawn), wanted)


def forecasts(
    subject: Lineup,
    *,
    issues: Sequence[str] | None = None,
    models: Sequence[str | Model] = DEFAULT_MODELS,
    calibration: str | Calibration | None = "deu3",
    draws: Draws | None = DEFAULT_DRAWS,
    progress: Progress | None = None,
) -> ForecastComparison:
    """Forecast several issues by several models, with the same draws for all. Models without an answer are listed.

    Errors and defaults as `forecast`.
    """
    _check_kinds(subject, calibration, draws)
    listed_in(models, "the models", "such as ['mean', 'compromise']")
    if issues is not None:
        listed_in(issues, "the issues", "such as ['water']")
    found, refused = [], []
    wanted = _Wanted(calibration=calibration, draws=draws, accept=None, progress=progress)
    chosen = [model_named(model) for model in models]
    together: dict[str, ModelAnswer] = {}
    for name in issues if issues is not None else subject.issues:
        drawn = _drawn(subject, name, wanted)
        for model in chosen:
            try:
                answer, at = _shared_answer(subject, name, model, together)
                found.append(_assembled(subject, name, _Run(model=model, answer=answer, at=at, drawn=drawn), wanted))
            except ForecastUndefinedError as error:
                refused.append((name, model.name, reason_of(error)))
    return ForecastComparison(forecasts=tuple(found), refused=tuple(refused))


def _check_kinds(subject: object, calibration: object, draws: object) -> None:
    """Refuse arguments of another kind, before anything is computed from them."""
    kind_in(subject, "the subject of a forecast", Lineup, "give a Lineup, as Lineup.from_arrays or lineup_of makes it")
    if calibration is not None:
        kind_in(calibration, "calibration", (str, Calibration), "give 'deu3', a result of calibrate, or None")
    if draws is not None:
        kind_in(draws, "draws", Draws, "give Draws(n=10_000, seed=1), or None for none")


def from_outcomes(
    values: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    source: str,
    issue: str = "issue",
    scale: tuple[float, float] = (0.0, 100.0),
) -> Forecast:
    """Return a forecast from outcomes of exercises, batches of runs or a panel. Each is an atom of the distribution.

    For conflicts, role play forecast better than experts: 62 to 64 % were right, against 31 to 37 % of game theorists
    and 28 to 32 % of unaided judgement (Green 2002, 2005, Int. J. Forecasting 18 and 21).

    Parameters
    ----------
    values, weights
        Values on the issue's scale; equal weights unless given.
    source
        Where the outcomes come from; it becomes the origin.
    """
    names_in([source, issue], "source and issue", "'exercise 3'")
    try:
        distribution = Distribution.of(np.asarray(values, float), weights)
        low, high = (float(end) for end in scale)
    except (TypeError, ValueError, OverflowError) as error:
        if isinstance(error, ForecastInputError):
            raise
        raise ForecastInputError("outcomes and the two ends of the scale are numbers; give them so") from error
    if distribution.atoms[0] < low or distribution.atoms[-1] > high:
        raise ForecastInputError(
            f"outcomes from {distribution.atoms[0]:g} to {distribution.atoms[-1]:g} leave the scale {low:g} to {high:g}"
        )
    point = distribution.quantile(0.5)
    lineup = Lineup.from_arrays([source], [point], issues=[issue], scale=scale)
    lineup = replace(lineup, origin=((source, issue, "outcome", source),))
    return Forecast(issue=issue, model="outcomes", options=(), point=point, distribution=distribution, inputs=lineup)


def _issue_named(subject: Lineup, issue: str | None) -> str:
    if issue is not None:
        return subject.issues[subject.issue_index(issue)]
    if len(subject.issues) != 1:
        raise ForecastInputError(f"there are {len(subject.issues)} issues; name one of {', '.join(subject.issues)}")
    return subject.issues[0]


def _is_uncertain(subject: Lineup, issue: str, draws: Draws) -> bool:
    one = subject.only(issue)
    return bool(one.uncertain or one.rankings) or draws.coder_sd > 0


def _drawn(subject: Lineup, issue: str, wanted: _Wanted) -> Sample | None:
    """Draw what is uncertain about an issue; ``None`` if nothing is, or no draws are wanted."""
    if wanted.draws is None or not _is_uncertain(subject, issue, wanted.draws):
        return None
    return draw(subject, issue, wanted.draws, progress=wanted.progress)


def _shared_answer(
    subject: Lineup, name: str, model: Model, together: dict[str, ModelAnswer]
) -> tuple[ModelAnswer, int]:
    if not (model.joint and len(subject.issues) > 1):
        return answer_of(model, subject, name)
    if model.label not in together:
        together[model.label] = model.run(numbers_of(subject))
    return together[model.label], subject.issue_index(name)


def _bank(model: Model, wanted: _Wanted) -> Calibration | None:
    found = wanted.calibration
    bank = shipped_calibration(found, model) if isinstance(found, str) else found
    if bank is not None and not isinstance(found, str) and bank.model != model.label:
        raise ForecastInputError(
            f"the calibration {bank.name!r} is of {bank.model}, not of {model.label}; calibrate that model"
        )
    return bank


def _assembled(subject: Lineup, name: str, run: _Run, wanted: _Wanted) -> Forecast:
    model, answer = run.model, run.answer
    scale = subject.scale[subject.issue_index(name)]
    one = subject.only(name)
    numbers = numbers_of(one)
    bank = _bank(model, wanted)
    percent = float(answer.point[run.at])
    distribution, shares, count = _distribution(run, percent, numbers, bank, wanted)
    on_scale = distribution.scaled(*scale)
    core, kept = _core(one, wanted, on_scale, float(from_percent(percent, scale)))
    issues = subject.issues if model.joint and len(subject.issues) > 1 else (name,)
    scales = {issue: subject.scale[subject.issue_index(issue)] for issue in issues}
    return Forecast(
        issue=name,
        model=model.name,
        variant=MODELS[model.name].variant if model.name in MODELS else "",
        options=model.options,
        point=float(from_percent(percent, scale)),
        ties=tuple(float(from_percent(tie, scale)) for tie in answer.ties),
        distribution=on_scale,
        inputs=subject if len(issues) > 1 else one,
        actors=numbers_of(subject).actors if len(issues) > 1 else numbers.actors,
        moves=tuple(_own_scale(move, scales[move.issue]) for move in answer.moves),
        positions=_own_path(answer.positions, [scales[issue] for issue in issues]),
        influence=_influence(one, model, percent, scale),
        core=core,
        filter=kept,
        calibration=None if bank is None else bank.label,
        warnings=(*_interrupted(wanted.draws, count), *_warnings(one, answer, bank, numbers)),
        draws=wanted.draws if run.drawn is not None else None,
        shares=shares,
        by_source=_by_source(subject, name, model, scale),
        without_backing=_without_backing(subject, name, model, scale),
        stopped=answer.stopped,
        details=answer.details,
    )


def _interrupted(draws: Draws | None, count: int | None) -> tuple[str, ...]:
    if draws is None or count is None or count == draws.n:
        return ()
    return (Phrase("interrupted: rests on {n} of {all} draws", n=str(count), all=str(draws.n)),)


def _distribution(
    run: _Run, point: float, numbers: Numbers, bank: Calibration | None, wanted: _Wanted
) -> tuple[Distribution, OutcomeShares | None, int | None]:
    """Return the distribution on 0..100, the shares of its variance, and the number of draws it is based on."""
    model, answer, drawn = run.model, run.answer, run.drawn
    if drawn is None or model.trades:
        if bank is not None:
            return bank.around(point, spread_of(numbers, bank.floor)), None, None
        if answer.atoms is not None and answer.weights is not None:
            return Distribution.of(answer.atoms, answer.weights), None, None
        return Distribution.of([point]), None, None
    points = draw_points(model.many, lambda one: float(model.run(one).point[0]), drawn, wanted.progress)
    if bank is None:
        return Distribution.of(points), None, len(points)
    wide = spread_of_draws(drawn.position, drawn.salience * drawn.capability, bank.floor)[: len(points)]
    width = wide if bank.spread == "positions" else np.ones_like(wide)
    assert wanted.draws is not None
    rng = np.random.default_rng(np.random.SeedSequence(wanted.draws.seed).spawn(1)[0])
    errors = bank.residuals[rng.integers(len(bank.residuals), size=len(points))]
    whole = Distribution.of(np.clip(points + errors * width, 0.0, 100.0))
    of_inputs = float(points.var())
    share = min(of_inputs / max(whole.variance, 1e-300), 1.0)
    return whole, OutcomeShares(inputs=share, model=1.0 - share), len(points)


def _core(one: Lineup, wanted: _Wanted, distribution: Distribution, point: float) -> tuple[Core | None, Filter | None]:
    accept = wanted.accept
    core = accept if isinstance(accept, Core) else veto_core(one) if accept is None and one.must_sign else None
    test: Callable[[float], bool] | None = core.accepts if core is not None and core.is_known else None
    if accept is not None and not isinstance(accept, Core):
        test = accept if callable(accept) else lambda value: bool(accept.get(value, False))
    if test is None:
        return core, None
    inside = float(distribution.weights[accepted(test, distribution.atoms)].sum())
    away = None if core is None else core.distance(point)
    text = f"{inside:.0%} of the probability lies where all who must sign would accept"
    if inside == 0 and away is not None:
        text += f"; the point is {away:.4g} away from it"
    return core, Filter(probability=inside, point_distance=away, text=text)


def _own_scale(move: Move, scale: tuple[float, float]) -> Move:
    return replace(move, start=float(from_percent(move.start, scale)), end=float(from_percent(move.end, scale)))


def _own_path(path: FloatArray | None, scales: Sequence[tuple[float, float]]) -> FloatArray | None:
    if path is None:
        return None
    return np.stack([from_percent(path[:, :, at], scale) for at, scale in enumerate(scales)], axis=2)


def _influence(one: Lineup, model: Model, percent: float, scale: tuple[float, float]) -> Mapping[str, float]:
    """Return how the point changes if an actor is absent. This takes n runs: models with turns leave it to `levers`."""
    if model.turns or model.name == "combination" or len(one.actors) < 2:
        return MappingProxyType({})
    unit = (scale[1] - scale[0]) / 100.0
    found = {}
    for name in one.actors:
        try:
            found[name] = (float(model.run(numbers_of(one.without(name))).point[0]) - percent) * unit
        except (ForecastUndefinedError, ForecastInputError):
            continue  # the model has no answer without this actor
    return MappingProxyType(found)


def _warnings(one: Lineup, answer: ModelAnswer, bank: Calibration | None, numbers: Numbers) -> tuple[str, ...]:
    found = list(answer.warnings)
    if len(numbers.actors) == 1 and "one actor: nothing to bargain" not in found:
        found.append(Phrase("one actor: nothing to bargain"))
    x = numbers.position[:, 0]
    if bank is not None and len(x) > 0 and float(np.ptp(x)) == 0.0:
        found.append(
            Phrase("all positions are equal: the interval rests on the floor of the spread and is extrapolated")
        )
    silent = [name for name, care in zip(numbers.actors, numbers.salience[:, 0], strict=True) if care == 0]
    if silent and not any(told.startswith("silent") for told in found):
        found.append(f"silent, with no salience: {', '.join(silent)}")
    if one.backing:
        found.append(Phrase("backing: no published test of this rule"))
        found += [_backing_words(share) for share in one.backing]
    return (*found, *(bank.warnings if bank is not None else ()))


def _backing_words(one: Share) -> str:
    gaps = {"backer": one.backer, "share": f"{one.share:g}", "actor": one.actor}
    if one.source:
        return Phrase("{backer} lends {share} to {actor} ({source})", source=one.source, **gaps)
    return Phrase("{backer} lends {share} to {actor}", **gaps)


def _by_source(subject: Lineup, name: str, model: Model, scale: tuple[float, float]) -> tuple[tuple[str, float], ...]:
    found: list[tuple[str, float]] = []
    for source in sources_of(subject.only(name)):
        answer, at = answer_of(model, with_source(subject, source), name)
        found.append((source, float(from_percent(float(answer.point[at]), scale))))
    return tuple(found)


def _without_backing(subject: Lineup, name: str, model: Model, scale: tuple[float, float]) -> float | None:
    if not subject.backing:
        return None
    answer, at = answer_of(model, replace(subject, backing=()), name)
    return float(from_percent(float(answer.point[at]), scale))
