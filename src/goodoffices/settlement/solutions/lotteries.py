"""Lotteries over settlements: what parties could get on average if they agreed to draw lots or to take turns."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from goodoffices.bargain import Bargain
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.progress import Watch
from goodoffices.settlement.frontiers.frontier import MOST_POINTS, frontier_of
from goodoffices.settlement.problem.argument_checks import check_bargain, check_word
from goodoffices.settlement.problem.gains import gains_of
from goodoffices.settlement.problem.integer_form import prepare
from goodoffices.settlement.solutions.definitions import DEFINITIONS
from goodoffices.text_tables import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """Settlements with the probability of each, the expected gains, and the maximised value. All floats, to 1e-9."""

    bargain: Bargain
    solution: str
    settlements: tuple[tuple[tuple[int, ...], float], ...]
    gains: tuple[float, ...]
    value: float

    def __repr__(self) -> str:
        return f"<Mixture {self.solution}: {self.value:.6g}, over {counted(len(self.settlements), 'settlement')}>"

    def __str__(self) -> str:
        lines = [*self.bargain.beginning, f"lottery, {DEFINITIONS[self.solution].sentence}: {self.value:.6g}"]
        lines += [f"{chance:.1%}  {' / '.join(self.bargain.named(s).values())}" for s, chance in self.settlements]
        return "\n".join(lines)


def mixture(
    bargain: Bargain, solution: Literal["egalitarian", "kalai_smorodinsky", "utilitarian"] = "egalitarian"
) -> Mixture | None:
    """Return the best lottery over the possible settlements, or ``None`` if nothing is possible.

    The smallest expected gain (or share of the ideal gain) is maximised by linear programming over the frontier.

    Raises
    ------
    ScenarioError
        For another solution, or if the frontier cannot be listed.
    """
    from scipy.optimize import linprog

    check_bargain(bargain)
    check_word("solution", solution, ("egalitarian", "kalai_smorodinsky", "utilitarian"))
    points = frontier_of(prepare(bargain), among="possible", most=MOST_POINTS, watch=Watch())
    if points.status == "bounded":
        raise ScenarioError("the frontier is too large for a lottery; settle some issues first")
    if len(points) == 0:
        return None
    gains = gains_of(prepare(bargain), points.choices).approximate
    scale = _scale(gains, solution)
    n_points = gains.shape[0]
    if solution == "utilitarian":
        done = linprog(-gains.sum(axis=1), A_eq=np.ones((1, n_points)), b_eq=[1.0], bounds=(0, 1))
    else:
        counted = scale > 0
        rows = np.hstack([-(gains[:, counted] / scale[counted]).T, np.ones((int(counted.sum()), 1))])
        sums = np.hstack([np.ones((1, n_points)), np.zeros((1, 1))])
        cost = np.concatenate([np.zeros(n_points), [-1.0]])
        bounds = [(0.0, 1.0)] * n_points + [(None, None)]
        done = linprog(cost, A_ub=rows, b_ub=np.zeros(rows.shape[0]), A_eq=sums, b_eq=[1.0], bounds=bounds)
    chances = np.asarray(done.x[:n_points])
    used = np.flatnonzero(chances > 1e-9)
    return Mixture(
        bargain=bargain,
        solution=solution,
        settlements=tuple((points.settlement(int(at)), float(chances[at])) for at in used),
        gains=tuple(float(value) for value in chances @ gains),
        value=-float(done.fun),
    )


def _scale(gains: NDArray[np.float64], solution: str) -> NDArray[np.float64]:
    if solution == "kalai_smorodinsky":
        return np.asarray(gains.max(axis=0), np.float64)
    if solution in ("egalitarian", "utilitarian"):
        return np.ones(gains.shape[1])
    raise ScenarioError(f"there are no lotteries for {solution!r}; use egalitarian, kalai_smorodinsky or utilitarian")
