"""Bueno de Mesquita's challenge model, in the two variants that the literature mixes.

``bdm:published-numbers`` gives the numbers printed in [1]_ (Table 2, figs 7-10). ``bdm:as-printed`` follows the
equations printed there, which do not give those numbers. Neither is a default. With R the range of the initial
positions, w = c s and d = |x_i - x_j| / R:

U_s = 2 - 4(1/2 - d/2)^r, U_f = 2 - 4(1/2 + d/2)^r, U_sq = 2 - 4(1/2)^r;
E(i -> j) = s_j (P U_s + (1 - P) U_f) + (1 - s_j) U_s - U_sq; r_i = (1 - R_i/3) / (1 + R_i/3) from i's security.
With a what i expects of challenging j and b what it expects of being challenged: confrontation b > a > 0 (i goes to
x_j), compromise b > 0 > a with b > |a| (to x_i + (x_j - x_i)|a/b|), capitulation b > 0 > a otherwise (to x_j).

References
----------
.. [1] J. B. Scholz, G. J. Calbert & G. A. Smith (2011). Unravelling Bueno de Mesquita's group decision model. ICAART
   2011, doi:10.5220/0003121500180030.
.. [2] B. Bueno de Mesquita (1985). The war trap revisited. American Political Science Review 79(1), 156-177.
.. [3] B. Bueno de Mesquita (1997). A decision making model. International Interactions 23(3-4), 235-266.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import numpy as np

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastUndefinedError
from goodoffices.forecast.inputs.argument_checks import kind_in, number_in, whole_in
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.model_input import Numbers, weights
from goodoffices.forecast.models.base import Model, ModelAnswer, Move, at_one_point, check_size, option_value
from goodoffices.forecast.models.means import weighted_mean
from goodoffices.phrases.phrase import Phrase

_MOST_ACTORS = 150  # more are compared pair by pair for minutes
_KINDS = ("", "confrontation", "compromise", "capitulation")
_SETTLED_TURNS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """The settings of one variant: frame of the kernels, exponents in votes, and when to stop."""

    printed: bool
    quiet: float
    vote_exponent: bool
    turns: int
    settle: float | None
    point: int


def bdm_published_numbers(turns: int = 5, point: str = "mean", settle: float | None = None) -> Model:
    """Build the variant that gives the published numbers.

    Parameters
    ----------
    turns
        The number of rounds.
    point
        ``"mean"`` (weighted) or ``"median"`` after the last round.
    settle
        Stop when the median moves by less than this, on 0..100, twice in a row; None: never stop early.
    """
    options = _options(turns, point, settle)
    setting = _Setting(
        printed=False, quiet=1.0, vote_exponent=True, turns=_checked(turns), settle=settle,
        point=option_value("point", point, ("mean", "median")),
    )  # fmt: skip
    return _model("bdm:published-numbers", options, setting)


def bdm_as_printed(
    Q: float = 1.0,  # noqa: N803 - the letter of the literature
    vote_exponent: bool = True,
    turns: int = 5,
    point: str = "mean",
    settle: float | None = None,
) -> Model:
    """Build the variant that follows the printed equations; ``vote_exponent=False`` takes eq. 30 literally.

    Q is the probability that things stay as they are if nobody challenges.
    """
    number_in(Q, "Q")
    kind_in(vote_exponent, "vote_exponent", bool, "give True or False")
    options: tuple[tuple[str, Any], ...] = (
        ("Q", float(Q)), ("vote_exponent", bool(vote_exponent)), *_options(turns, point, settle),
    )  # fmt: skip
    setting = _Setting(
        printed=True, quiet=float(Q), vote_exponent=vote_exponent, turns=_checked(turns), settle=settle,
        point=option_value("point", point, ("mean", "median")),
    )  # fmt: skip
    return _model("bdm:as-printed", options, setting)


def _options(turns: int, point: str, settle: float | None) -> tuple[tuple[str, Any], ...]:
    shown: tuple[tuple[str, Any], ...] = (("turns", turns), ("point", point))
    return shown if settle is None else (*shown, ("settle", settle))


def _checked(turns: int) -> int:
    whole_in(turns, "turns, the number of rounds,", 1)
    return turns


def _model(name: str, options: tuple[tuple[str, Any], ...], setting: _Setting) -> Model:
    def run(numbers: Numbers) -> ModelAnswer:
        check_size(name, numbers, _MOST_ACTORS)
        return _run(numbers, setting)

    def many(x: FloatArray, s: FloatArray, c: FloatArray, numbers: Numbers) -> FloatArray:
        from goodoffices.forecast.kernels import challenge  # compiled code is loaded when first needed

        frame = np.array([1.0, setting.quiet, 0.0, float(setting.printed)])
        bargains = (s > 0).any(axis=1)  # if nobody cares, nobody bargains and there is no answer
        points = np.full(len(x), np.nan)
        if bargains.any():
            x, s, c = (np.ascontiguousarray(array[bargains]) for array in (x, s, c))
            found = challenge.points(x, s, c, setting.turns, frame, setting.vote_exponent)
            points[bargains] = found[:, setting.point]
        return points

    return Model(name=name, run=run, many=many if setting.settle is None else None, options=options, turns=True)


def _run(numbers: Numbers, setting: _Setting) -> ModelAnswer:
    numbers.vectors()
    whole = at_one_point(numbers)
    if whole is not None:
        return whole
    inside, kept = numbers.of_bargainers()
    if not inside.actors:
        raise ForecastUndefinedError(Phrase("all saliences are 0, so nobody bargains; use the model 'mean'"))
    x, _, _ = inside.vectors()
    w = weights(inside)
    silent = [name for name in numbers.actors if name not in inside.actors]
    warnings = (f"silent, with no salience: {', '.join(silent)}",) if silent else ()
    if float(np.ptp(x)) == 0.0:
        return ModelAnswer(
            point=x[:1].copy(),
            warnings=(*warnings, Phrase("all who care are at one position")),
            stopped="nothing to bargain",
        )
    turns = _turns(inside, setting)
    path = np.array([x, *(turn["after"] for turn in turns)])
    whole_path = np.repeat(numbers.position[None], len(path), axis=0)
    whole_path[:, kept, 0] = path
    stopped, ties = _ending(path, turns, w, setting)
    return ModelAnswer(
        point=np.array([_point(path[-1], w, float(np.ptp(x)), setting)]),
        ties=ties,
        positions=whole_path,
        moves=tuple(move for number, turn in enumerate(turns, start=1) for move in _moves(inside, number, turn)),
        stopped=stopped,
        warnings=warnings,
        details=MappingProxyType({"turns": tuple(MappingProxyType(turn) for turn in turns)}),
    )


def _turns(numbers: Numbers, setting: _Setting) -> list[dict[str, Any]]:
    from goodoffices.forecast.kernels import challenge

    x, s, _ = numbers.vectors()
    now, care, w = np.ascontiguousarray(x), np.ascontiguousarray(s), weights(numbers)
    span = float(np.ptp(x))
    found: list[dict[str, Any]] = []
    calm = 0
    for _ in range(setting.turns):
        middle = challenge.median_of(now, w, span)
        frame = np.array([span, setting.quiet, middle, float(setting.printed)])
        after, who, how, r, mine, theirs = challenge.run_round(now, care, w, frame, setting.vote_exponent)
        median = challenge.median_of(after, w, span)
        found.append({
            "before": now, "after": after, "who": who, "how": how, "risk_exponent": r, "expects": mine,
            "expects_of_other": theirs, "median": median, "mean": weighted_mean(after, w),
        })  # fmt: skip
        calm = calm + 1 if abs(median - middle) < (setting.settle or 0.0) else 0
        now = after
        if calm >= _SETTLED_TURNS:
            break
    return found


def _point(x: FloatArray, w: FloatArray, span: float, setting: _Setting) -> float:
    from goodoffices.forecast.kernels.challenge import median_of

    return float(median_of(x, w, span)) if setting.point == 1 else weighted_mean(x, w)


def _ending(
    path: FloatArray, turns: list[dict[str, Any]], w: FloatArray, setting: _Setting
) -> tuple[str, tuple[float, ...]]:
    """Return why the run ended. If a state occurs again, all points of its cycle are ties."""
    for later in range(1, len(path)):
        for earlier in range(later):
            if (path[earlier] == path[later]).all():
                length = later - earlier
                if length == 1:
                    return f"at rest from turn {earlier}", ()
                around = sorted({_point(path[at], w, float(np.ptp(path[0])), setting) for at in range(earlier, later)})
                return f"cycle of length {length} from turn {earlier}", tuple(around) if len(around) > 1 else ()
    if setting.settle is not None and len(turns) < setting.turns:
        return f"the median moved less than {setting.settle:g} twice running", ()
    return f"{setting.turns} rounds used up", ()


def _moves(numbers: Numbers, number: int, turn: dict[str, Any]) -> list[Move]:
    found = []
    for i in np.flatnonzero(turn["who"] >= 0):
        j = int(turn["who"][i])
        own, other = float(turn["expects"][i, j]), float(turn["expects_of_other"][i, j])
        found.append(
            Move(
                turn=number, actor=numbers.actors[i], issue=numbers.issues[0], start=float(turn["before"][i]),
                end=float(turn["after"][i]), toward=numbers.actors[j], kind=_KINDS[int(turn["how"][i])], strength=other,
                reason=f"expects {own:+.3f} of challenging and {other:+.3f} of being challenged",
            )
        )  # fmt: skip
    return found
