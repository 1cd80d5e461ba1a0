"""Settlement: our times, bars and, where it can run, NegMAS 0.16 on the same bargains in the same process.

``python -m benchmarks.settlement`` takes about ten minutes, nearly all of it NegMAS; ``--quick`` compares on 10,000
settlements in place of a million. NegMAS is a peer to compare with, never a dependency (extra ``bench``).
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from goodoffices.bargain import Bargain, BargainIssue, Box, Constraint
from goodoffices.progress import Watch
from goodoffices.settlement.feasibility.blockers import blockers
from goodoffices.settlement.feasibility.coalition_feasibility import Oracle
from goodoffices.settlement.feasibility.zone import zone
from goodoffices.settlement.frontiers.frontier import frontier_of
from goodoffices.settlement.problem.integer_form import prepare
from goodoffices.settlement.solutions.solve import choose_all
from goodoffices.settlement.uncertainty.acceptance import acceptance_probability

FIVE = ("nash", "egalitarian", "leximin", "kalai_smorodinsky", "utilitarian")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: what, our seconds, the bar in seconds, the peer's seconds, what came out."""

    what: str
    ours: float
    bar: float | None = None
    peer: float | None = None
    least_ratio: float | None = None
    remark: str = ""

    def __str__(self) -> str:
        bar = "" if self.bar is None else f"{'meets' if self.ours <= self.bar else 'misses'} {self.bar:g} s"
        if self.peer is not None:
            ratio = self.peer / self.ours
            bar = f"{ratio:,.0f} times NegMAS"
            if self.least_ratio is not None:
                bar += f" ({'meets' if ratio >= self.least_ratio else 'misses'} {self.least_ratio:,.0f})"
        return f"{self.what:<62} {self.ours * 1e3:>10.2f} ms  {bar:<44} {self.remark}"


def bargain_of(n: int, m: int, k: int, points: int | None, seed: int, least: int = 0) -> Bargain:
    """Return n parties, m issues of k options: weights flat on the simplex, values uniform, scaled to 0..1 per issue.

    With ``points`` every party has that many whole points; else real numbers as whole multiples of 2**-52.
    """
    rng = np.random.default_rng(seed)
    tables = np.zeros((m, k, n), np.int64)
    for party in range(n):
        weights = rng.dirichlet(np.ones(m)) * (points or 2.0**52)
        if points:
            whole = np.floor(weights)
            np.add.at(whole, rng.integers(m, size=int(points - whole.sum())), 1)
            weights = whole
        for issue in range(m):
            values = rng.random(k)
            values = (values - values.min()) / (values.max() - values.min())
            tables[issue, :, party] = np.round(values * weights[issue]).astype(np.int64)
    return Bargain(
        issues=tuple(BargainIssue(name=f"i{j}", options=tuple(f"o{o}" for o in range(k))) for j in range(m)),
        parties=tuple(f"P{p}" for p in range(n)),
        worth=tuple(tuple(tuple(row) for row in table) for table in tables.tolist()),
        reservation_value=(least,) * n,
    )


def least_seconds(work: Callable[[], Any], times: int = 7) -> tuple[float, Any]:
    """Return the least CPU seconds of ``work`` after one run to warm up, and its last value.

    The least, because whatever else runs on the machine can only add to it.
    """
    result, taken = work(), []
    for _ in range(times):
        start = time.process_time()
        result = work()
        taken.append(time.process_time() - start)
    return min(taken), result


def additive_rows() -> Iterator[Row]:
    """Frontiers and solutions of large additive bargains."""
    for n, m, k, points, bar in (
        (2, 100, 10, 100, 0.001),
        (2, 100, 10, None, 0.005),
        (4, 100, 10, 100, 0.3),
        (4, 20, 5, None, 0.8),
    ):
        tables = prepare(bargain_of(n, m, k, points, 3))
        taken, found = least_seconds(lambda: frontier_of(tables, among="possible", most=10**6, watch=Watch()))  # noqa: B023
        kind = f"{points} points" if points else "real"
        yield Row(what=f"frontier, {n} parties, {m} x {k}, {kind}", ours=taken, bar=bar, remark=f"{len(found)} points")
    for points, bar in ((100, 0.005), (None, 0.1)):
        tables = prepare(bargain_of(3, 40, 6, points, 3))
        taken, solved = least_seconds(lambda: choose_all(tables, FIVE, watch=Watch()))  # noqa: B023
        kind = f"{points} points" if points else "real"
        what = f"frontier + five solutions, 3 parties, 40 x 6, {kind}"
        yield Row(what=what, ours=taken, bar=bar, remark=f"{len(solved.frontier)} points")


def search_rows(seeds: range = range(3, 8)) -> Iterator[Row]:
    """Single solutions of bargains whose frontier cannot be listed: the median of so many bargains."""
    for name, n, m, k, points, bar in (
        ("nash", 20, 100, 10, None, 0.010),
        ("egalitarian", 9, 40, 6, 100, 0.020),
        ("egalitarian", 12, 40, 6, 100, 0.2),
        ("egalitarian", 14, 40, 6, 1000, 10.0),
        ("kalai_smorodinsky", 5, 40, 6, None, 0.05),
        ("kalai_smorodinsky", 9, 40, 6, None, 2.0),
    ):
        taken, proven, gap = [], 0, 0.0
        for seed in seeds:
            tables = prepare(bargain_of(n, m, k, points, seed))
            start = time.process_time()
            found = choose_all(tables, (name,), watch=Watch(time_limit=10.0)).by_name[name]
            taken.append(time.process_time() - start)
            proven += found.status == "proven"
            gap = max(gap, found.relative_gap)
        kind = f"{points} points" if points else "real"
        what = f"{name}, {n} parties, {m} x {k}, {kind}"
        remark = f"{proven} of {len(seeds)} proven, largest gap {gap:.2%}"
        yield Row(what=what, ours=statistics.median(taken), bar=bar, remark=remark)


def other_rows() -> Iterator[Row]:
    """Counts, blockers, links, acceptance."""
    for n, m, k, least, bar in ((3, 38, 6, 55, 0.2), (3, 100, 10, 55, 2.0), (4, 30, 6, 55, 5.0), (4, 100, 10, 55, 5.0)):
        bargain = bargain_of(n, m, k, 100, 3, least)
        taken, count = least_seconds(lambda: zone(bargain), 1)  # noqa: B023
        what = f"exact count, {n} parties, {m} x {k}, 100 points"
        yield Row(what=what, ours=taken, bar=bar, remark=f"{float(count.count):.3g} of {float(count.settlements):.3g}")
    bargain = bargain_of(9, 40, 6, 100, 3, 74)
    taken, found = least_seconds(lambda: blockers(bargain), 1)
    remark = f"{len(found.conflicts)} conflicts, {len(found.concessions)} concession sets"
    yield Row(what="all minimal concession sets, 9 parties, 40 x 6", ours=taken, bar=0.5, remark=remark)

    def coalitions() -> int:
        oracle = Oracle.of(bargain, Watch())
        groups = itertools.combinations(range(9), 5)
        return sum(oracle.settlement(frozenset(group)) is not None for group in groups)

    taken, able = least_seconds(coalitions, 1)
    yield Row(what="all 126 coalitions of five among nine", ours=taken, bar=0.2, remark=f"{able} can agree")
    taken, count = least_seconds(lambda: zone(bargain_of(3, 12, 6, None, 3, 2**51)), 1)
    yield Row(what="exact count, 3 parties, 12 x 6 (2e9), real", ours=taken, remark=count.note.method)
    widths: tuple[tuple[int, int, float | None], ...] = ((3, 2, 0.1), (3, 3, 0.1), (4, 3, None))
    for n, width, limit in widths:
        tables = prepare(with_implications(bargain_of(n, 40, 6, 100, 3), width))
        taken, points = least_seconds(lambda: frontier_of(tables, among="possible", most=10**6, watch=Watch()))  # noqa: B023
        what = f"{n} parties, 40 x 6, 30 implications, width {width}"
        yield Row(what=what, ours=taken, bar=limit, remark=f"{len(points)} points")
    values = np.random.default_rng(1).random((200_000, 8))
    taken, _ = least_seconds(lambda: acceptance_probability(values, 0.5, ranking=tuple(range(8))), 3)
    yield Row(what="acceptance from a bare ranking, 1e6 settlements, 8 issues", ours=taken * 5, bar=1.0)


def surface_rows() -> Iterator[Row]:
    """Acceptance over many worlds, and what a person waits for: the import, and the first answer of a new process."""
    from goodoffices.settlement.uncertainty.beliefs import Estimate, Range, UncertainBargain
    from goodoffices.settlement.uncertainty.robustness import robust

    bargain = bargain_of(5, 5, 10, 100, 3, 30)
    doubts = tuple(
        Estimate(
            party=party,
            issue=issue,
            worth=tuple(Range(low=float(row[party]) - 5, high=float(row[party]) + 5) for row in table),
        )
        for issue, table in enumerate(bargain.worth)
        for party in range(5)
    )
    belief = UncertainBargain(bargain=bargain, estimates=doubts)
    taken, found = least_seconds(lambda: robust(belief, worlds=10_000, seed=1), 1)
    best = f"best accepted in {found.probability[0]:.0%}"
    yield Row(what="robust, 10,000 worlds x 100,000 settlements x 5 parties", ours=taken, bar=10.0, remark=best)
    answer = (
        "from benchmarks.settlement import bargain_of\n"
        "from goodoffices.settlement import solve\n"
        "solve(bargain_of(3, 3, 10, 100, 3), 'nash')"
    )
    for what, code, bar in (
        ("import of the room, new process", "import goodoffices.settlement", 0.2),
        ("first answer, 1,000 settlements, new process, kernels cached", answer, 0.5),
    ):
        yield Row(what=what, ours=new_process_seconds(code) - new_process_seconds("pass"), bar=bar)


def new_process_seconds(code: str) -> float:
    """Return the median CPU seconds of a new process of Python that runs ``code``, after one to warm up."""
    taken = []
    for _ in range(6):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(taken[1:])


def with_implications(bargain: Bargain, width: int, count: int = 30) -> Bargain:
    """Add constraints 'this option not with those' along a tree of cliques: the elimination keeps ``width`` issues."""
    from dataclasses import replace

    rng = np.random.default_rng(1)
    cliques, pairs = [tuple(range(width))], list(itertools.combinations(range(width), 2))
    while len(pairs) < count:
        issue = max(second for _, second in pairs) + 1
        clique = cliques[int(rng.integers(len(cliques)))]
        pairs += [(other, issue) for other in clique]
        cliques += [tuple(sorted({*clique, issue} - {left})) for left in clique]
    limits = []
    for number, (first, second) in enumerate(pairs[:count]):
        wrong = tuple(sorted(rng.choice(6, 3, replace=False).tolist()))
        box = Box(where=((first, (int(rng.integers(6)),)), (second, wrong)))
        limits.append(Constraint(forbidden=box, name=f"implication {number}"))
    return replace(bargain, constraints=tuple(limits))


def peer_rows(settlements: int) -> Iterator[Row]:
    """Return the comparison with NegMAS: frontier and full statistics of the same bargains."""
    if importlib.util.find_spec("negmas") is None:
        print("NegMAS is not installed (extra 'bench'); its rows are left out")
        return
    for n in (2, 3, 4):
        bargain = bargain_of(n, *((6, 10) if settlements >= 10**6 else (4, 10)), None, 3)
        seconds, front, full = negmas_seconds(bargain)

        def ours(bargain: Bargain = bargain) -> Any:
            return frontier_of(prepare(bargain), among="possible", most=10**6, watch=Watch())

        taken, found = least_seconds(ours)
        scaled = {tuple(round(w / 2.0**52, 9) for w in row) for row in found.worth.tolist()}
        same = scaled == {tuple(round(u, 9) for u in row) for row in front}
        # The ratios to reach are set for a million settlements: on fewer NegMAS has less to enumerate.
        bar = {2: 10_000.0, 3: 10_000.0, 4: 2_000.0}[n] if settlements >= 10**6 else None
        remark = f"{len(found)} points, sets {'identical' if same else 'DIFFER'}"
        what = f"frontier, {n} parties, {bargain.settlements:,} settlements"
        yield Row(what=what, ours=taken, peer=seconds, least_ratio=bar, remark=remark)
        if n < 4:

            def statistics_of(bargain: Bargain = bargain) -> Any:
                return choose_all(prepare(bargain), FIVE, watch=Watch()), zone(bargain)

            taken, _ = least_seconds(statistics_of)
            what = f"full statistics, {n} parties, {bargain.settlements:,} settlements"
            yield Row(what=what, ours=taken, peer=full, least_ratio=bar)


def negmas_functions(bargain: Bargain) -> tuple[list[Any], list[Any]]:
    """Return the bargain as NegMAS holds it: issues and utility functions."""
    from negmas import make_issue, make_os
    from negmas.preferences import LinearAdditiveUtilityFunction
    from negmas.preferences.value_fun import TableFun

    issues = [make_issue(list(issue.options), issue.name) for issue in bargain.issues]
    space = make_os(issues)
    ufuns = []
    for party in range(len(bargain.parties)):
        values = [
            TableFun({option: float(row[party]) / 2.0**52 for option, row in zip(issue.options, table, strict=True)})
            for issue, table in zip(bargain.issues, bargain.worth, strict=True)
        ]
        ufuns.append(
            LinearAdditiveUtilityFunction(
                values=values, weights=[1.0] * len(issues), outcome_space=space, reserved_value=0.0
            )
        )
    return issues, ufuns


def sampler_rows(*, full: bool) -> Iterator[Row]:
    """Return the comparison with MOBANOS, the exact sampler of NegMAS for two additive parties."""
    if importlib.util.find_spec("negmas") is None:
        return
    from negmas.preferences.pareto_sampler.mobanos import MOBANOSParetoSampler

    for m, k in ((7, 10), (14, 10), (30, 10))[: 3 if full else 2]:
        bargain = bargain_of(2, m, k, None, 3)
        _, ufuns = negmas_functions(bargain)
        sampler = MOBANOSParetoSampler(max_pareto_size=10**9)
        start = time.process_time()
        sampler.init(ufuns[0], ufuns[1])
        theirs = len(sampler.pareto_outcomes())
        seconds = time.process_time() - start

        def ours(bargain: Bargain = bargain) -> Any:
            return frontier_of(prepare(bargain), among="possible", most=10**6, watch=Watch())

        taken, found = least_seconds(ours)
        what = f"frontier beside MOBANOS, 2 parties, {m} x {k}, real"
        remark = f"{len(found)} points, theirs {theirs}"
        yield Row(what=what, ours=taken, peer=seconds, least_ratio=1.0, remark=remark)


def negmas_seconds(bargain: Bargain) -> tuple[float, list[tuple[float, ...]], float]:
    """Return NegMAS' CPU seconds for the frontier, the frontier, and its seconds for the full statistics."""
    from negmas.preferences import calc_scenario_stats, pareto_frontier

    issues, ufuns = negmas_functions(bargain)
    start = time.process_time()
    front, _ = pareto_frontier(ufuns, issues=issues)
    middle = time.process_time()
    if len(ufuns) < 4:
        calc_scenario_stats(tuple(ufuns))
    return middle - start, list(front), time.process_time() - middle


def show(*groups: Iterable[Row]) -> None:
    """Print each row as soon as it is there."""
    for rows in groups:
        for row in rows:
            print(row, flush=True)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def run(*, full: bool) -> None:
    """Print the table: without ``full``, one bargain for each row of single solutions, and small ones for the peer."""
    show(
        additive_rows(),
        search_rows() if full else search_rows(range(3, 4)),
        other_rows(),
        surface_rows(),
        sampler_rows(full=full),
        peer_rows(1_000_000 if full else 10_000),
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="compare on 10,000 settlements in place of a million")
    parser.add_argument("--alone", action="store_true", help="leave the peer out")
    chosen = parser.parse_args()
    peers = [] if chosen.alone else [sampler_rows(full=not chosen.quick)]
    peers += [] if chosen.alone else [peer_rows(10_000 if chosen.quick else 1_000_000)]
    show(additive_rows(), search_rows(), other_rows(), surface_rows(), *peers)


if __name__ == "__main__":
    main()
