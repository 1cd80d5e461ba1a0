"""Rehearsals: our turns per second, bars and, where it can run, NegMAS 0.16 on the same worths in the same process.

NegMAS is a peer to compare with, never a dependency (extra ``bench``). ``python -m benchmarks rehearsal --full`` also
compares agreements on all shared two- and three-party files with up to 10,000 settlements.
"""

from __future__ import annotations

import csv
import importlib.util
import itertools
import os
import resource
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from goodoffices.bargain import Bargain
from goodoffices.garbage_collection import paused_collector
from goodoffices.rehearsal import Assumptions, Cell, Experiment, Setting, assumed_from, negotiator_named, rehearse
from goodoffices.rehearsal.batches.chunks import run_cell, samples_of
from goodoffices.rehearsal.batches.subject import Subject, subject_of
from goodoffices.rehearsal.draws import key_of
from goodoffices.rehearsal.negotiators.interface import Propose
from goodoffices.rehearsal.preferences import Preferences, Space, preferences_of
from goodoffices.rehearsal.run import play_with
from goodoffices.rehearsal.tournament import play_tournament
from goodoffices.rehearsal.transcript import Run
from goodoffices.settlement.uncertainty.beliefs import Estimate, Range, UncertainBargain

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "scenarios"
PEERS = {
    "boulware": "BoulwareTBNegotiator", "linear": "LinearTBNegotiator", "conceder": "ConcederTBNegotiator",
    "hard-line": "ToughNegotiator", "micro": "MiCRONegotiator",
}  # fmt: skip
N_TURNS = 100


def ours_of(name: str) -> str:
    """Return our strategy that does as the peer's: its share of time, and its tolerances of 1e-4 and 1e-6.

    It takes 1e-4 off the level, and then the settlement nearest to it that is not more than 1e-6 below.
    """
    return name if name in ("hard-line", "micro") else f"{name}(clock=late,slack=0.000101)"


def random_preferences(n: int, sizes: tuple[int, ...], rng: np.random.Generator) -> tuple[Preferences, ...]:
    """Return worths without ties, in 0..1."""
    space = Space(sizes=sizes)
    return tuple(
        Preferences(
            space=space,
            worth=tuple(tuple((rng.random(size) / len(sizes)).tolist()) for size in sizes),
            reservation_value=0.2,
        )
        for _ in range(n)
    )


def setting_of(preferences: Sequence[Preferences], names: Sequence[str], n_turns: int = N_TURNS) -> Setting:
    """Return talks of these parties in direct, alternating proposals."""
    return Setting(
        parties=tuple(f"P{party}" for party in range(len(names))),
        preferences=tuple(preferences),
        negotiators=tuple(negotiator_named(ours_of(name)) for name in names),
        n_turns=n_turns,
    )


def our_turns(names: Sequence[str], sizes: tuple[int, ...], runs: int) -> float:
    """Return turns per second of processor time on the readable engine, set-up included."""
    rng = np.random.default_rng(1)
    wants = [random_preferences(len(names), sizes, rng) for _ in range(runs)]
    key, turns, start = key_of(1), 0, time.process_time()
    with paused_collector():
        for run, preferences in enumerate(wants):
            done = play_with(setting_of(preferences, names), key, run, transcript=False)
            turns += min(done.turn + 1, N_TURNS)
    return turns / (time.process_time() - start)


def peer_run(preferences: Sequence[Preferences], names: Sequence[str], n_turns: int) -> tuple[Any, int]:
    """Return what NegMAS agrees on and in which step."""
    import negmas.sao as sao
    from negmas import make_issue, make_os
    from negmas.preferences import LinearAdditiveUtilityFunction
    from negmas.preferences.value_fun import TableFun

    sizes = preferences[0].space.sizes
    space = make_os([make_issue([str(o) for o in range(size)], f"i{at}") for at, size in enumerate(sizes)])
    mechanism = sao.SAOMechanism(outcome_space=space, n_steps=n_turns)
    for own, name in zip(preferences, names, strict=True):
        values = [TableFun({str(o): value for o, value in enumerate(table)}) for table in own.worth]
        ufun = LinearAdditiveUtilityFunction(
            values=values, weights=[1.0] * len(sizes), outcome_space=space, reserved_value=own.reservation_value
        )
        mechanism.add(getattr(sao, PEERS[name])(), ufun=ufun)
    state = mechanism.run()
    agreement = None if state.agreement is None else tuple(int(option) for option in state.agreement)
    return agreement, mechanism.current_step


def peer_turns(names: Sequence[str], sizes: tuple[int, ...], runs: int) -> float:
    """Return NegMAS' turns per second of processor time, set-up included."""
    rng = np.random.default_rng(1)
    wants = [random_preferences(len(names), sizes, rng) for _ in range(runs)]
    turns, start = 0, time.process_time()
    for preferences in wants:
        turns += peer_run(preferences, names, N_TURNS)[1]
    return turns / (time.process_time() - start)


def readable_rows(*, with_peer: bool) -> Iterator[str]:
    """Yield the speed of the readable engine, beside the peer's."""
    cases = (
        (("boulware",) * 2, (10, 10, 10), 200, 50_000.0),
        (("hard-line",) * 2, (10, 10, 10), 200, 50_000.0),
        (("micro",) * 2, (10, 10, 10), 200, None),
        (("boulware",) * 3, (10, 10, 10), 200, None),
        (("boulware",) * 2, (10, 10, 10, 10, 10), 20, 5_000.0),
    )
    for names, sizes, runs, bar in cases:
        our_turns(names, sizes, 5)
        ours = max(our_turns(names, sizes, runs) for _ in range(3))
        verdict = "" if bar is None else f"{'meets' if ours >= bar else 'misses'} {bar:,.0f}"
        peer = ""
        if with_peer and len(sizes) < 5:
            theirs = max(peer_turns(names, sizes, 20) for _ in range(2))
            peer = f"{ours / theirs:.1f} times NegMAS ({theirs:,.0f})"
        what = f"readable, {len(names)} x {names[0]}, {int(np.prod(sizes)):,} settlements"
        yield f"{what:<60} {ours:>12,.0f} turns/s  {verdict:<16} {peer}"


def experiment_of(subject: Subject, strategy: str, runs: int, *numbers: str, **more: Any) -> Experiment:
    """Return an experiment with both formats."""
    cells = (Cell.named("direct"), Cell.named("proximity"))
    assumptions = Assumptions(strategies={"": strategy}, numbers=tuple(map(assumed_from, numbers)), **more)
    return Experiment(subject=subject, assumptions=assumptions, cells=cells, runs=runs)


def random_subject(sizes: tuple[int, ...]) -> Subject:
    """Return two parties whose worths are opposed, so that they talk long."""
    rng = np.random.default_rng(3)
    tables = [rng.random(size).round(6).tolist() for size in sizes]
    worth = [[table for table in tables], [[1.0 - value for value in table] for table in tables]]
    issues = {f"i{at}": [f"o{option}" for option in range(size)] for at, size in enumerate(sizes)}
    reservation = [0.52 * len(sizes)] * 2
    return subject_of(Bargain.from_arrays(("A", "B"), issues, worth, reservation_value=reservation))


def compiled_rows() -> Iterator[str]:
    """Yield the speed of the compiled loops, on fixed worths."""
    for what, numbers, place, bar in (
        ("compiled, 2 parties by time, fixed worths, direct", (), 0, 10_000_000.0),
        (
            "compiled, relays, distortion, loss",
            ("delay=0", "loss=0.05", "distortion=0.1", "read-back=0.5"),
            1,
            1_000_000.0,
        ),
    ):
        experiment = experiment_of(random_subject((10, 10, 10)), "boulware", 1000, *numbers, form=_own_idea())
        [samples] = samples_of(experiment, 0, 1000)
        cell = experiment.cells[place]
        rows = run_cell(experiment, cell, samples)
        best = float("inf")
        for _ in range(5):
            start = time.process_time()
            rows = run_cell(experiment, cell, samples)
            best = min(best, time.process_time() - start)
        speed = float(np.minimum(rows["turn"] + 1, experiment.assumptions.n_turns).sum()) / best
        yield f"{what:<60} {speed:>12,.0f} turns/s  {'meets' if speed >= bar else 'misses'} {bar:,.0f}"


def kernel_rows() -> Iterator[str]:
    """Yield the slowest of the compiled cells: every protocol and strategy, face to face and with all frictions."""
    speeds = {}
    frictions = ("delay=1", "loss=0.05", "distortion=0.1", "read-back=0.5")
    for strategy, protocol, form in itertools.product(
        ("boulware", "tit-for-tat:relative", "micro", "random>=r"),
        ("alternating", "all-propose", "majority"),
        ("direct", "proximity"),
    ):
        numbers = frictions if form == "proximity" else ()
        drawn = experiment_of(random_subject((10, 10, 10)), strategy, 1000, *numbers, form=_own_idea())
        cell = Cell.named(form, protocol)
        experiment = replace(drawn, cells=(cell,))
        [samples] = samples_of(experiment, 0, 100)
        speeds[strategy, protocol, form] = _best_speed(experiment, cell, samples)
    slowest = min(speeds, key=speeds.__getitem__)
    speed = speeds[slowest]
    what = f"compiled, slowest of {len(speeds)} cells: {' '.join(slowest)}"
    yield f"{what:<60} {speed:>12,.0f} turns/s  {'meets' if speed >= 1_000_000 else 'misses'} 1,000,000"


def _best_speed(experiment: Experiment, cell: Cell, samples: Any) -> float:
    rows, best = run_cell(experiment, cell, samples), float("inf")
    for _ in range(5):
        start = time.process_time()
        rows = run_cell(experiment, cell, samples)
        best = min(best, time.process_time() - start)
    return float(np.minimum(rows["turn"] + 1, experiment.assumptions.n_turns).sum()) / best


def sampled_subject(sizes: tuple[int, ...], n: int) -> Subject:
    """Return parties whose worths are ranges, drawn anew for each run."""
    rng = np.random.default_rng(3)
    worth = [[rng.random(size).round(6).tolist() for size in sizes] for _ in range(n)]
    issues = {f"i{at}": [f"o{option}" for option in range(size)] for at, size in enumerate(sizes)}
    bargain = Bargain.from_arrays(tuple("ABCDE"[:n]), issues, worth, reservation_value=[0.4 * len(sizes)] * n)
    estimates = tuple(
        Estimate(party=party, issue=at, worth=tuple(Range(low=max(0.0, w - 0.1), high=w + 0.1) for w in table))
        for party, tables in enumerate(worth)
        for at, table in enumerate(tables)
    )
    return replace(subject_of(bargain), beliefs=UncertainBargain(bargain=bargain, estimates=estimates))


def sampled_rows() -> Iterator[str]:
    """Yield negotiations per second with worths drawn for each run, and a single text; then the largest memory."""
    direct = (Cell.named("direct"),)
    small = replace(experiment_of(sampled_subject((10, 10, 10), 2), "linear", 2000), cells=direct)
    rehearse(replace(small, runs=100))
    start = time.process_time()
    rehearse(small)
    speed = small.runs / (time.process_time() - start)
    what = "compiled, worths drawn for each run, 1,000 settlements"
    yield f"{what:<60} {speed:>12,.0f} runs/s   {'meets' if speed >= 2000 else 'misses'} 2,000"
    large = experiment_of(sampled_subject((10,) * 6, 3), "linear", 1000, "delay=0:2", "loss=0.02")
    rehearse(replace(large, runs=100))
    start = time.process_time()
    rehearse(large)
    taken = 10 * (time.process_time() - start)
    what = "3 parties, 10^6 settlements, 2 formats x 10,000 (from 1,000)"
    yield f"{what:<60} {taken:>10.1f} s cpu  {'meets' if taken <= 60 else 'misses'} 60 s"
    text = experiment_of(random_subject((2,) * 100), "hill-climb", 20)
    cell = Cell.named("direct", "single-text", "mutate")
    text = replace(text, cells=(cell,), assumptions=replace(text.assumptions, n_turns=10_000))
    [samples] = samples_of(text, 0, 20)
    taken = 10_000 / _best_speed(text, cell, samples)
    what = "single text, 100 binary issues without links, 10,000 changes"
    yield f"{what:<60} {1000 * taken:>10.1f} ms       (20 ms is the bar with links)"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield f"{'largest memory of this process so far':<60} {peak:>10.0f} MB"


def _own_idea() -> Any:
    from goodoffices.rehearsal import Form

    return Form.OWN_IDEA


def batch_rows() -> Iterator[str]:
    """Yield the paired runs on Astana, and the tournament, saved."""
    from datetime import UTC, datetime

    from goodoffices.formats.talks_file.reader import find_scenario
    from goodoffices.from_talks import view_of_talks
    from goodoffices.rehearsal import read_assumptions
    from goodoffices.reports.rehearsal.subject_from_view import subject_from

    subject = subject_from(view_of_talks("astana-2017", at=datetime(2017, 1, 23, tzinfo=UTC)))
    assumed = read_assumptions(find_scenario("astana-2017") / "rehearsal.yaml")
    subject = subject.with_parties(assumed.parties).with_carriers(assumed.intermediaries)
    experiment = Experiment(
        subject=subject, assumptions=assumed, cells=(Cell.named("direct"), Cell.named("proximity")), runs=10_000
    )
    rehearse(replace(experiment, runs=200))
    start, wall = time.process_time(), time.perf_counter()
    rehearse(experiment)
    taken, waited = time.process_time() - start, time.perf_counter() - wall
    verdict = "meets" if taken < 10 else "misses"
    what = "10,000 paired runs of Astana in two formats"
    yield f"{what:<60} {taken:>10.2f} s cpu, {waited:.2f} s wall  {verdict} 10 s"
    rng = np.random.default_rng(4)
    names = ("boulware", "linear", "conceder", "hard-line", "tit-for-tat:relative", "micro")
    bargains = []
    for number in range(4):
        worth = [[rng.random(size).tolist() for size in (10, 10, 10)] for _ in range(2)]
        issues = {f"i{at}": [f"o{option}" for option in range(10)] for at in range(3)}
        bargains.append((f"S{number}", Bargain.from_arrays(("A", "B"), issues, worth, reservation_value=(1.0, 1.0))))
    turned = [(f"{name}'", _swapped(bargain)) for name, bargain in bargains]
    start = time.process_time()
    found = play_tournament([*bargains, *turned], names, n_turns=N_TURNS)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "matches.csv").write_text(found.csv_text(), encoding="utf-8")
    taken = time.process_time() - start
    what = f"tournament, {len(found.matches)} negotiations, saved"
    yield f"{what:<60} {taken:>10.2f} s cpu  {'meets' if taken <= 1 else 'misses'} 1 s"


def _swapped(bargain: Bargain) -> Bargain:
    """Return the bargain with its two parties in the other order."""
    worth = tuple(tuple(tuple(reversed(row)) for row in table) for table in bargain.worth)
    return replace(
        bargain, parties=bargain.parties[::-1], worth=worth, reservation_value=bargain.reservation_value[::-1]
    )


def shared_bargains() -> Iterator[tuple[str, Bargain]]:
    """Yield the shared two- and three-party scenarios with up to 10,000 settlements."""
    from goodoffices.errors import GoodOfficesError
    from goodoffices.formats.scenarios.detect import read_scenario

    with (SHARED / "index.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            try:
                bargain = read_scenario(SHARED / row["path"]).bargain
            except GoodOfficesError:
                continue
            if len(bargain.parties) in (2, 3) and bargain.settlements <= 10_000 and not bargain.interactions:
                yield row["path"], bargain


def without_ties(preferences: Sequence[Preferences], seed: int) -> tuple[list[Preferences], bool]:
    """Return worths in 0..1 without ties: where a party has ties, noise of a hundredth settles them for both programs.

    Of equal worths the peer's sorting decides which comes first, and that is not defined. Worths that differ by less
    than 1e-9 are equal but for the order in which a program adds.
    """
    found = []
    for own in preferences:
        top = max(own.best, 1e-12)
        worth = tuple(tuple(value / top for value in table) for table in own.worth)
        found.append(Preferences(space=own.space, worth=worth, reservation_value=own.reservation_value / top))
    has_ties = any(own.space.n > 1 and np.diff(np.sort(own.all_worths)).min() < 1e-9 for own in found)
    if has_ties:
        rng = np.random.default_rng(seed)
        found = [
            replace(
                own,
                worth=tuple(
                    tuple(0.99 * value + 0.01 / len(own.worth) * rng.random() for value in table) for table in own.worth
                ),
            )
            for own in found
        ]
    return found, has_ties


def has_repeated(run: Run, names: Sequence[str]) -> bool:
    """Return whether a MiCRO party has put a settlement forward twice; the peer draws it without a seed of ours."""
    made: dict[int, list[Any]] = {}
    for moved in run.moves:
        if names[moved.party] == "micro" and isinstance(moved.move, Propose):
            made.setdefault(moved.party, []).append(moved.move.settlement)
    return any(len(set(one)) < len(one) for one in made.values())


def agreement_rows() -> Iterator[str]:
    """Yield in how many deterministic runs of the shared files both programs agree on the same, in the same turn."""
    names = ("boulware", "linear", "conceder", "hard-line", "micro")
    total, same, files, noisy, drawn, same_drawn = 0, 0, 0, 0, 0, 0
    for number, (path, bargain) in enumerate(shared_bargains()):
        preferences, has_ties = without_ties(preferences_of(bargain), number)
        files, noisy = files + 1, noisy + has_ties
        for chosen in itertools.product(names, repeat=len(preferences)):
            run = play_with(setting_of(preferences, chosen), key_of(1), 0, transcript="micro" in chosen)
            agreement, step = peer_run(preferences, chosen, N_TURNS)
            is_same = run.settlement == agreement and (agreement is None or run.turn + 1 == step)
            if has_repeated(run, chosen):
                drawn, same_drawn = drawn + 1, same_drawn + is_same
                continue
            total, same = total + 1, same + is_same
            if not is_same:
                yield f"DIFFERS {path} {chosen}: ours {run.settlement} in {run.turn}, NegMAS {agreement} in {step}"
    yield f"{same:,} of {total:,} runs identical, on {files} scenarios ({noisy} with ties settled by noise)"
    yield f"and {same_drawn:,} of {drawn:,} in which MiCRO draws an earlier proposal, each program by draws of its own"


def run(*, full: bool) -> None:
    """Print the table; ``full`` also compares agreements on all shared files."""
    warnings.filterwarnings("ignore")
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with_peer = importlib.util.find_spec("negmas") is not None
    if not with_peer:
        print("NegMAS is not installed (extra 'bench'); it is left out")
    for rows in (compiled_rows, kernel_rows, sampled_rows, batch_rows, lambda: readable_rows(with_peer=with_peer)):
        for row in rows():
            print(row, flush=True)
    if full and with_peer and SHARED.is_dir():
        for row in agreement_rows():
            print(row, flush=True)
