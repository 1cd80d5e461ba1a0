"""The forecast room: our compiled loops against the same loops uncompiled, and scores and indices against peers.

Inputs are made from a seed; with the shared data beside the checkout the published scenarios are timed too. Each side
runs in a process of its own, compilation timed apart, the median of five taken, and results compared before speed is.
Peers that are not installed are *not measured*; seconds recorded elsewhere are printed beside, never as a ratio.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np

from goodoffices.forecast import Draws, Lineup, Span, backtest, bdm_published_numbers, cases_of, sensitivity
from goodoffices.forecast.distributions import Distribution
from goodoffices.forecast.inputs.from_tables import lineup_of
from goodoffices.forecast.inputs.model_input import Numbers, numbers_of
from goodoffices.forecast.models.cards import model_named
from goodoffices.formats.position_tables.detect import read_positions

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "forecast"
REPEATS = 5
RECORDED = {
    "ktab-smp, SOE-Competitive, 34 actors": "KTAB 10.0 s",
    "ktab-smp, dummyData-a080, 80 actors": "KTAB 131 s",
    "exchange, COP21, 10 rounds": "decide-exchange-model 17.0 s",
    "bdm, 10,000 draws x 10 actors x 10 rounds": "schelling 22 s (stops early), jmckib about 7 h",
    "whole DEU development table": "a study's scripts 35 s for 9 methods",
}
TWINS = ("smp", "exchange", "bdm", "pce")


def group(n: int, seed: int = 1, issues: int = 1) -> Lineup:
    rng = np.random.default_rng(seed)
    shape = (n, issues)
    return Lineup.from_arrays(
        [f"actor {number}" for number in range(n)], rng.integers(0, 101, shape),
        rng.integers(1, 11, shape) / 10 / issues, rng.integers(1, 101, n),
        issues=[f"issue {number}" for number in range(issues)],
    )  # fmt: skip


def draws_of(numbers: Numbers, count: int) -> list[np.ndarray]:
    rng = np.random.default_rng(3)
    x, s, c = (np.repeat(values[None], count, axis=0) for values in numbers.vectors())
    return [np.clip(x + rng.normal(0, 5, x.shape), 0, 100), s, c]


def twin_result(name: str) -> list[float]:
    """Run one small job and return numbers that both sides must share."""
    if name == "smp":
        return [float(value) for value in model_named("ktab-smp").run(numbers_of(group(9))).point]
    if name == "exchange":
        return [float(value) for value in model_named("exchange:equal-gain").run(numbers_of(group(8, issues=4))).point]
    numbers = numbers_of(group(10))
    model = bdm_published_numbers(turns=10) if name == "bdm" else model_named("pce:markov-uniform")
    assert model.many is not None
    x, s, c = draws_of(numbers, 20 if name == "bdm" else 200)
    return [float(value) for value in model.many(x, s, c, numbers)]


def worker(name: str) -> None:
    """Print the first time (with compilation), the median of the next ones, and the result, as JSON."""
    started = perf_counter()
    result = twin_result(name)
    first = perf_counter() - started
    times = [timed(lambda: twin_result(name)) for _ in range(REPEATS)]
    print(json.dumps({"first": first, "median": statistics.median(times), "result": result}))


def timed(job: Callable[[], object]) -> float:
    started = perf_counter()
    job()
    return perf_counter() - started


def twins() -> None:
    print("compiled against the same loops as plain Python, each in its own process:")
    for name in TWINS:
        told = []
        for disabled in ("0", "1"):
            done = subprocess.run(
                [sys.executable, "-c", f"from benchmarks.forecast import worker; worker({name!r})"],
                env={**os.environ, "NUMBA_DISABLE_JIT": disabled}, capture_output=True, text=True, check=True,
                cwd=Path(__file__).resolve().parents[1],
            )  # fmt: skip
            told.append(json.loads(done.stdout))
        ours, plain = told
        gap = max(abs(a - b) for a, b in zip(ours["result"], plain["result"], strict=True))
        print(
            f"  {name:9} {ours['median'] * 1e3:9.2f} ms, plain {plain['median'] * 1e3:9.1f} ms: "
            f"{plain['median'] / ours['median']:7.0f} times; largest difference {gap:.1e}; "
            f"first call {ours['first']:.1f} s"
        )


def installed(name: str) -> str | None:
    return importlib.metadata.version(name) if importlib.util.find_spec(name) is not None else None


def against_scoringrules() -> None:
    version = installed("scoringrules")
    if version is None:
        print("  crps: scoringrules is not installed: not measured")
        return
    peer_score = importlib.import_module("scoringrules").crps_ensemble
    rng = np.random.default_rng(1)
    cases = list(zip(rng.uniform(0, 100, (300, 233)), rng.uniform(0, 100, 300), strict=True))
    ours = [Distribution.of(row).crps(float(y)) for row, y in cases]
    theirs = [float(peer_score(y, row, estimator="nrg")) for row, y in cases]
    gap = max(abs(one - other) for one, other in zip(ours, theirs, strict=True))
    mine = statistics.median(
        timed(lambda: [Distribution.of(r).crps(float(y)) for r, y in cases]) for _ in range(REPEATS)
    )
    peer = statistics.median(
        timed(lambda: [peer_score(y, r, estimator="nrg") for r, y in cases]) for _ in range(REPEATS)
    )
    told = f"ours {mine:.4f} s, theirs {peer:.4f} s: {peer / mine:.2f} times"
    print(f"  crps: scoringrules {version}, largest difference {gap:.1e}; {told}")


def against_salib() -> None:
    version = installed("SALib")
    if version is None:
        print("  sobol: SALib is not installed: not measured")
        return
    analyse = importlib.import_module("SALib.analyze.sobol")
    sample = importlib.import_module("SALib.sample.sobol")
    spans = [Span(low=0, mode=20, high=60), Span(low=20, mode=60, high=70), Span(low=50, mode=90, high=100)]
    lineup = Lineup.from_arrays(["A", "B", "C"], spans, capability=[1, 2, 3])
    found = sensitivity(lineup, model="compromise", method="sobol", draws=Draws(n=4096, seed=1))
    totals = {effect.actor: effect.total[0] for effect in found.effects if effect.total is not None}
    from goodoffices.forecast.inputs.sampling import cell_quantile

    problem = {"num_vars": 3, "names": ["A", "B", "C"], "bounds": [[0, 1]] * 3}
    u = sample.sample(problem, 4096, calc_second_order=False, seed=1)
    x = np.column_stack([cell_quantile(span, u[:, at]) for at, span in enumerate(spans)])
    theirs = analyse.analyze(problem, (x * np.array([1, 2, 3])).sum(axis=1) / 6, calc_second_order=False, seed=1)["ST"]
    gap = max(abs(totals[name] - float(value)) for name, value in zip("ABC", theirs, strict=True))
    print(f"  sobol: SALib {version}, largest difference of total indices {gap:.3f} (4096 draws each)")


def targets() -> None:
    jobs: dict[str, Callable[[], object]] = {}
    numbers = numbers_of(group(10))
    model = bdm_published_numbers(turns=10)
    assert model.many is not None
    many, (x, s, c) = model.many, draws_of(numbers, 10_000)
    jobs["bdm, 10,000 draws x 10 actors x 10 rounds"] = lambda: many(x, s, c, numbers)
    jobs["ktab-smp, 80 made-up actors"] = lambda: model_named("ktab-smp").run(numbers_of(group(80)))
    if SHARED.is_dir():
        for name, file, n in (("SOE-Competitive", "SOE-Competitive", 34), ("dummyData-a080", "dummyData-a080", 80)):
            lineup = lineup_of(read_positions(SHARED / "ktab" / f"{file}.csv"))
            jobs[f"ktab-smp, {name}, {n} actors"] = lambda one=lineup: model_named("ktab-smp").run(numbers_of(one))  # type: ignore[misc]
        climate = numbers_of(lineup_of(read_positions(SHARED / "decide" / "cop21.csv")))
        jobs["exchange, COP21, 10 rounds"] = lambda: model_named("exchange:equal-gain(turns=10)").run(climate)
        cases = cases_of(read_positions(SHARED / "deu3_dev.csv"))
        jobs["whole DEU development table"] = lambda: backtest(cases)
    print("targets, compiled, median of five:")
    for name, job in jobs.items():
        first = timed(job)
        median = statistics.median(timed(job) for _ in range(REPEATS))
        print(f"  {name:45} {median:8.3f} s (first {first:.2f} s); recorded elsewhere: {RECORDED.get(name, 'nothing')}")


def run(*, full: bool = False) -> None:
    """Run all comparisons; they take under two minutes, so ``full`` changes nothing."""
    print(
        f"{os.cpu_count()} cores, numpy {np.__version__}, numba {installed('numba')}, Python {sys.version.split()[0]}"
    )
    twins()
    print("peers of the package index:")
    against_scoringrules()
    against_salib()
    print("  exchange, spatial and challenge models: KTAB, decide-exchange-model, schelling, jmckib: not measured here")
    targets()
