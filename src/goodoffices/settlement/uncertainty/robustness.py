"""Compute how probable acceptance is over many worlds, which settlements are robust, and what to find out next.

References
----------
R. Lahdelma, J. Hokkanen & P. Salminen (1998). SMAA - stochastic multiobjective acceptability analysis. European
Journal of Operational Research 106(1), 137-143. https://doi.org/10.1016/S0377-2217(97)00163-X
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.bargain import Bargain
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, quoted
from goodoffices.phrases.phrase import Phrase
from goodoffices.progress import Progress, Watch
from goodoffices.settlement.feasibility.zone import winning
from goodoffices.settlement.problem.argument_checks import check_count
from goodoffices.settlement.problem.integer_form import prepare
from goodoffices.settlement.results import Note
from goodoffices.settlement.solutions.solve import solve_all
from goodoffices.settlement.uncertainty.beliefs import UncertainBargain, Worlds, draw_worlds
from goodoffices.settlement.uncertainty.value_of_information import Question, best_questions
from goodoffices.text_tables import table_text

Ints = NDArray[np.int64]
Singles = NDArray[np.float32]
Settlement = tuple[int, ...]

WORLDS_INTERRUPTED = "interrupted: rests on {n} of {all} worlds"
QUESTIONS_INTERRUPTED = "interrupted: what to find out next rests on {n} of {all} worlds"
_MOST_CANDIDATES = 100_000
_FEW_CANDIDATES = 500
_SLAB = 512
"""The number of worlds handled at once, so that the data stays in the processor's cache."""
_FEW_WORLDS = 40 * _SLAB
"""The number of worlds that are counted even if the work was stopped, and from which regret and questions come then."""
_FEW_COUNTED = 3_000_000
"""So many worlds of all candidates together are counted even if the work was stopped: a part of a second."""
_Z = 1.96
_FRONT = 200
"""The number of candidates for which regret and questions are computed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Robust:
    """The results over all worlds that were drawn.

    Parameters
    ----------
    choices
        (candidates, issues), most probable first.
    probability
        (candidates,): share of the worlds in which the settlement is possible. ``low``, ``high``: 95 % interval
        (Wilson).
    by_party
        (candidates, parties): share of the worlds in which the party accepts.
    expected_product, regret
        (candidates,): mean product of gains; mean share of the world's best product that is missed (NaN beyond the 200
        most probable).
    questions
        What to find out next, the most valuable question first.
    """

    assessment: UncertainBargain
    choices: Ints
    probability: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    by_party: NDArray[np.float64]
    expected_product: NDArray[np.float64]
    regret: NDArray[np.float64]
    questions: tuple[Question, ...]
    worlds: int
    note: Note

    @property
    def compartments(self) -> frozenset[str]:
        """The compartments of everything that was used."""
        return self.assessment.compartments

    def settlement(self, candidate: int) -> Settlement:
        """Return one candidate."""
        return tuple(int(option) for option in self.choices[candidate])

    def robust_at(self, share: float) -> list[Settlement]:
        """Return the candidates that are possible in at least ``share`` of the worlds."""
        return [self.settlement(int(at)) for at in np.flatnonzero(self.probability >= share)]

    def best(self, by: str) -> list[Settlement]:
        """Return the best candidates by ``"probability"``, ``"expected_product"`` or ``"regret"``; all ties."""
        if by not in ("probability", "expected_product", "regret"):
            raise ScenarioError(f"{by!r} is not a criterion; use 'probability', 'expected_product' or 'regret'")
        values = -self.regret if by == "regret" else getattr(self, by)
        top = np.nanmax(values)
        return [self.settlement(int(at)) for at in np.flatnonzero(values == top)]

    def refuser(self, candidate: int) -> str:
        """Return the party that is most likely to refuse the settlement."""
        return self.assessment.bargain.parties[self.refuser_at(candidate)]

    def refuser_at(self, candidate: int) -> int:
        """Return the place of the party that is most likely to refuse the settlement."""
        return int(self.by_party[candidate].argmin())

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one flat mapping per candidate."""
        parties = self.assessment.bargain.parties
        return [
            self.assessment.bargain.named(self.settlement(at))
            | {"probability": float(self.probability[at]), "low": float(self.low[at]), "high": float(self.high[at])}
            | {f"accepted by {party}": float(self.by_party[at, p]) for p, party in enumerate(parties)}
            for at in range(self.choices.shape[0])
        ]

    def __repr__(self) -> str:
        return f"<Robust: {self.choices.shape[0]} settlements over {self.worlds} worlds>"

    def __str__(self) -> str:
        rows = [
            [
                " / ".join(self.assessment.bargain.named(self.settlement(at)).values()),
                f"{self.probability[at]:.1%}",
                f"{self.low[at]:.1%} to {self.high[at]:.1%}",
                self.refuser(at),
            ]
            for at in range(min(10, self.choices.shape[0]))
        ]
        text = table_text(["settlement", "possible", "95 % interval", "most likely to refuse"], rows)
        asked = "\n".join(f"{number}. {question}" for number, question in enumerate(self.questions[:5], start=1))
        asked = asked or "nothing would change which settlement is likeliest"
        begin = "".join(f"{line}\n" for line in self.assessment.bargain.beginning)
        return f"{begin}{self!r}\n{text}\nWhat to find out next:\n{asked}\n{self.note.definition}"


def robust(
    assessment: UncertainBargain,
    *,
    worlds: int = 10_000,
    seed: int,
    candidates: tuple[Settlement, ...] | None = None,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Robust:
    """Compute how probable it is that settlements are possible, and what to find out next.

    Parameters
    ----------
    worlds
        How many to draw; at least 100.
    candidates
        The settlements to look at. Without them: all settlements if there are up to 100,000, else the solutions of 100
        of the worlds.

    Raises
    ------
    ScenarioError
        If there are too few worlds, or more than 20 parties.
    """
    _check_asked(assessment, worlds, seed)
    bargain = assessment.bargain
    if candidates is not None:
        candidates = _named_candidates(bargain, candidates)
    watch = Watch(time_limit=time_limit, progress=progress)
    drawn = draw_worlds(assessment, worlds, np.random.default_rng(seed), watch=watch)
    choices = _candidates(assessment, drawn, candidates)
    choices = choices[[not any(c.forbidden.holds(tuple(row)) for c in bargain.constraints) for row in choices.tolist()]]
    if choices.shape[0] == 0:
        raise ScenarioError("the constraints forbid every candidate; name other candidates, or remove a constraint")
    (counts, by_party, products), done = _count(assessment, drawn, choices, watch)
    interrupted = _interrupted(done, worlds)
    drawn, worlds = drawn.first(done), done
    order = np.lexsort((np.arange(counts.size), -products, -counts))
    share = counts[order] / worlds
    low, high = _wilson(share, worlds)
    front = choices[order[:_FRONT]]
    looked_at = _closely(assessment, drawn, front, watch)
    if looked_at is None:
        few = min(worlds, _FEW_WORLDS)
        looked_at = _closely(assessment, drawn.first(few), front, Watch())
        if few < worlds:
            asked_on = Phrase(QUESTIONS_INTERRUPTED, n=f"{few:,}", all=f"{worlds:,}")
            interrupted = (*interrupted, asked_on)
    assert looked_at is not None, "nothing stops the second look"
    wins, regret = looked_at
    return Robust(
        assessment=assessment,
        choices=choices[order],
        probability=share,
        low=low,
        high=high,
        by_party=by_party[order] / worlds,
        expected_product=products[order] / worlds,
        regret=np.concatenate([regret, np.full(counts.size - len(wins), np.nan)]),
        questions=best_questions(assessment, drawn.first(wins.shape[1]), wins),
        worlds=worlds,
        note=_note(watch, seed, (*interrupted, *bargain.assumptions)),
    )


def _check_asked(given: Any, worlds: int, seed: int) -> None:
    if not isinstance(given, UncertainBargain):
        raise ScenarioError(f"{quoted(repr(given))} is not an UncertainBargain; make one of a bargain and its ranges")
    check_count("the number of worlds", worlds, least=100)
    check_count("the seed", seed, least=0)
    parties = len(given.bargain.parties)
    if worlds < 100 or parties > 20:
        raise ScenarioError(f"{worlds} worlds and {parties} parties; give at least 100 worlds, and at most 20 parties")


def _named_candidates(bargain: Bargain, given: Any) -> tuple[Settlement, ...]:
    if isinstance(given, str | bytes | dict) or not isinstance(given, Iterable):
        raise ScenarioError(f"the candidates are {quoted(repr(given))}; give a list of settlements")
    return tuple(bargain.settlement(one) for one in given)


def _interrupted(done: int, wanted: int) -> tuple[str, ...]:
    return () if done == wanted else (Phrase(WORLDS_INTERRUPTED, n=f"{done:,}", all=f"{wanted:,}"),)


def _note(watch: Watch, seed: int, warnings: tuple[str, ...]) -> Note:
    return Note(
        method="stochastic multicriteria acceptability analysis",
        arithmetic="float32 sums, float64 shares",
        definition="share of the worlds, drawn from the assessments, in which enough parties accept under the rule",
        reference="Lahdelma, Hokkanen & Salminen (1998), EJOR 106(1), 137-143",
        seconds=watch.seconds,
        seed=seed,
        warnings=warnings,
    )


def _candidates(assessment: UncertainBargain, drawn: Worlds, given: tuple[Settlement, ...] | None) -> Ints:
    bargain = assessment.bargain
    if given is not None:
        return np.array(given, np.int64).reshape(-1, len(bargain.issues))
    sizes = [range(len(issue.options)) for issue in bargain.issues]
    if bargain.settlements <= _MOST_CANDIDATES:
        return np.array(list(itertools.product(*sizes)), np.int64)
    found: set[Settlement] = set()
    for world in range(min(100, drawn.n)):
        tables = [
            tuple(tuple(float(w) for w in row) for row in drawn.worth[a:b, :, world])
            for a, b in itertools.pairwise(drawn.offsets.tolist())
        ]
        one = replace(
            bargain, worth=tuple(tables), reservation_value=tuple(float(r) for r in drawn.reservation_value[:, world])
        )
        for solution in solve_all(one, ("nash", "egalitarian"), time_limit=2.0).values():
            found.update(solution.settlements)
    if not found:
        raise ScenarioError(
            "no settlement is possible in any of a hundred worlds; name candidates to see who refuses them"
        )
    return np.array(sorted(found), np.int64)


def _halves(assessment: UncertainBargain, choices: Ints) -> tuple[list[int], list[int]]:
    """Split the issues so that both halves have few different combinations."""
    n_issues = choices.shape[1]
    sizes = [len(issue.options) for issue in assessment.bargain.issues]
    whole, cut = math.prod(sizes), 1
    while cut < n_issues - 1 and math.prod(sizes[:cut]) ** 2 < whole:
        cut += 1
    return list(range(cut)), list(range(cut, n_issues))


def _parts(
    drawn: Worlds, choices: Ints, issues: list[int], slab: slice
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Return worth (combinations, parties, worlds) and red lines crossed of the combinations of some issues."""
    n_parties = drawn.worth.shape[1]
    size = drawn.worth[:, :, slab].shape[2]
    worth = np.zeros((choices.shape[0], n_parties, size), np.float32)
    crossed = np.zeros((choices.shape[0], size), np.int32)
    for column, issue in enumerate(issues):
        rows = drawn.offsets[issue] + choices[:, column]
        worth += drawn.worth[rows, :, slab]
        crossed |= drawn.crossed[rows, slab].astype(np.int32)
    return worth, crossed


def _count(
    assessment: UncertainBargain, drawn: Worlds, choices: Ints, watch: Watch
) -> tuple[tuple[Ints, Ints, NDArray[np.float64]], int]:
    """Return the counts, and in how many worlds they were counted: fewer than were drawn if the work was stopped."""
    count_worlds = _counter(choices.shape[0])
    wins = winning(prepare(assessment.bargain))
    n, n_parties = choices.shape[0], len(assessment.bargain.parties)
    totals = (np.zeros(n, np.int64), np.zeros((n, n_parties), np.int64), np.zeros(n))
    first, second = _halves(assessment, choices)
    left_parts, left_at = np.unique(choices[:, first], axis=0, return_inverse=True)
    right_parts, right_at = np.unique(choices[:, second], axis=0, return_inverse=True)
    pairs = np.stack([left_at.ravel(), right_at.ravel()], axis=1).astype(np.int64)
    for begin in range(0, drawn.n, _SLAB):
        slab = slice(begin, min(begin + _SLAB, drawn.n))
        left, left_crossed = _parts(drawn, left_parts, first, slab)
        right, right_crossed = _parts(drawn, right_parts, second, slab)
        left -= drawn.reservation_value[:, slab]
        count_worlds(left, right, pairs, (left_crossed, right_crossed), wins, totals)
        watch.tell("worlds", slab.stop / drawn.n)
        if watch.is_over and slab.stop >= min(_FEW_WORLDS, _FEW_COUNTED // n):
            return totals, slab.stop
    return totals, drawn.n


def _counter(n_candidates: int) -> Any:
    """Return the function that counts worlds: the kernel, or for few candidates one that needs no compiling."""
    if n_candidates <= _FEW_CANDIDATES:
        return _count_few
    from goodoffices.settlement.kernels.acceptance import count_worlds

    return count_worlds


def _count_few(
    left: Singles,
    right: Singles,
    pairs: Ints,
    crossed: tuple[NDArray[np.int32], NDArray[np.int32]],
    wins: NDArray[np.bool_],
    totals: tuple[Ints, Ints, NDArray[np.float64]],
) -> None:
    """Count worlds like the kernel ``count_worlds``, with plain arrays."""
    bits = (1 << np.arange(left.shape[1], dtype=np.int32))[:, None]
    for candidate, (first, second) in enumerate(pairs.tolist()):
        gain = left[first] + right[second]
        lines = crossed[0][first] | crossed[1][second]
        accepts = (gain >= 0) & ((lines[None, :] & bits) == 0)
        possible = wins[(accepts * bits).sum(axis=0)]
        totals[0][candidate] += np.count_nonzero(possible)
        totals[1][candidate] += np.count_nonzero(accepts, axis=1)
        totals[2][candidate] += np.maximum(gain[:, possible], 0).prod(axis=0).sum(dtype=np.float64)


def _closely(
    assessment: UncertainBargain, drawn: Worlds, choices: Ints, watch: Watch
) -> tuple[NDArray[np.bool_], NDArray[np.float64]] | None:
    """Return (candidates, worlds) whether each is possible, and (candidates,) its regret; ``None`` if stopped before.

    Regret is the mean share of the world's best product that a candidate misses. Worlds without one are left out.
    """
    wins = winning(prepare(assessment.bargain))
    possible = np.zeros((choices.shape[0], drawn.n), bool)
    product = np.zeros((choices.shape[0], drawn.n), np.float32)
    bits = (1 << np.arange(len(assessment.bargain.parties)))[:, None]
    for row in range(choices.shape[0]):
        if watch.is_over:
            return None
        at = drawn.offsets[:-1] + choices[row]
        gain = drawn.worth[at].sum(axis=0) - drawn.reservation_value
        accepting = ((gain >= 0) * bits).sum(axis=0) & ~np.bitwise_or.reduce(drawn.crossed[at], axis=0)
        possible[row] = wins[accepting]
        product[row] = np.where(possible[row], np.maximum(gain, 0).prod(axis=0), 0)
        watch.tell("candidates", (row + 1) / choices.shape[0])
    best = product.max(axis=0)
    counted, regret = best > 0, np.zeros(choices.shape[0])
    best = best[counted]
    for row in range(choices.shape[0] if best.size else 0):
        if watch.is_over:
            return None
        regret[row] = 1.0 - (product[row, counted] / best).mean()
    return possible, regret


def _wilson(share: NDArray[np.float64], n: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)
