"""Many automated runs of one scenario, one for each seed: which results there are, and what decided each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import wait
from functools import lru_cache
from pathlib import Path
from statistics import fmean
from typing import Any

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.exercises.automated_results import ResultForm, result_of
from goodoffices.exercises.automated_runs import AutomatedRun, begin
from goodoffices.exercises.seat_file import NAME, AutomatedSetting, read_setting
from goodoffices.formats.talks_file.reader import find_scenario, read_talks
from goodoffices.names import nearest_word
from goodoffices.progress import Progress, Watch, is_stopped
from goodoffices.rehearsal.isolation.worker_pool import POLL_SECONDS, worker_pool
from goodoffices.rehearsal.seats.orders import Orders
from goodoffices.rehearsal.seats.outlook import Outlook
from goodoffices.rehearsal.seats.players.seeds import draws_of, orders_for
from goodoffices.rehearsal.seats.positions import Positions
from goodoffices.service.talks_in_memory import TalksInMemory
from goodoffices.text_tables import counted, wrapped_table

OTHER_CHANCES = 1_000_003
"""Added to a seed to draw other delays and choices of words for the same briefs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """One run in figures. ``again`` is the form of the same briefs with other small chances, if that was asked for."""

    seed: int
    form: ResultForm
    causes: tuple[str, ...]
    n_acts: int
    n_refused: int
    agreed: tuple[int, ...]
    patience: tuple[int, ...]
    reservation: tuple[float, ...]
    again: ResultForm | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomatedBatch:
    """The runs of a batch, in order of their seeds, with the parties whose figures they have.

    ``n_asked`` is how many runs were asked for: more than there are if the batch was stopped.
    """

    title: str
    difficulty: str
    parties: tuple[str, ...]
    runs: tuple[RunSummary, ...]
    n_asked: int


def setting_of(path: str | Path) -> AutomatedSetting:
    """Return the setting of a scenario by its name, or of the folder of a talks file.

    Raises
    ------
    ScenarioError
        If the scenario does not say how its seats are played.
    """
    folder = (
        Path(path) if Path(path).is_dir() else Path(path).parent if Path(path).is_file() else find_scenario(str(path))
    )
    if not (folder / NAME).is_file():
        raise ScenarioError(
            f"{folder.name} does not say how its seats are played; add {NAME} beside the talks file, as in astana-2017"
        )
    return read_setting(folder / NAME, read_talks(folder))


def orders_in(setting: AutomatedSetting, seed: int, difficulty: str) -> dict[str, Orders]:
    """Return the orders of all seats for a seed. Raises `UnknownWordError` for a difficulty that does not exist."""
    if difficulty not in setting.difficulties:
        near = nearest_word(difficulty, setting.difficulties)
        raise UnknownWordError("difficulty", difficulty, tuple(setting.difficulties), nearest=near)
    level = setting.difficulties[difficulty]
    return orders_for(
        setting.briefs,
        setting.timetable,
        seed=seed,
        reservation=level.reservation,
        n_mistakes=level.n_mistakes,
        makers=setting.makers,
    )


@lru_cache(maxsize=2)
def _opened(path: str) -> tuple[AutomatedSetting, TalksInMemory]:
    setting = setting_of(path)
    return setting, begin(setting.talks, setting.briefs)


def play(
    path: str | Path, seed: int, difficulty: str, *, chances: int = 0, progress: Progress | None = None
) -> AutomatedRun:
    """Return a run of a scenario that was played to its end, or until ``progress`` is stopped.

    ``chances`` draws other delays for the same briefs.
    """
    setting, talks = _opened(str(path))
    table = setting.timetable
    run = AutomatedRun(talks.copy(), orders_in(setting, seed, difficulty), seed + chances, table.starts_at)
    run.play_until(table.ends_at, progress=progress)
    return run


def _summary(asked: tuple[str, int, str, bool], progress: Progress | None = None) -> RunSummary:
    path, seed, difficulty, twice = asked
    run = play(path, seed, difficulty, progress=progress)
    result = result_of(run)
    parties = _parties(run)
    positions = [
        Positions(outlook=Outlook(view=run.talks.view(s), orders=run.orders[s], moment=run.at, draws=draws_of(seed, s)))
        for s in parties
    ]
    again = play(path, seed, difficulty, chances=OTHER_CHANCES, progress=progress) if twice else None
    return RunSummary(
        seed=seed,
        form=result.form,
        causes=result.causes,
        n_acts=result.n_acts,
        n_refused=result.n_refused,
        agreed=tuple(len(p.closed) for p in positions),
        patience=tuple(p.mood.patience for p in positions),
        reservation=tuple(float(run.orders[s].brief.reservation_value) for s in parties),
        again=None if again is None else result_of(again).form,
    )


def _parties(run: AutomatedRun) -> tuple[str, ...]:
    some = next(iter(run.orders))
    view = run.talks.view(some)
    return tuple(s for s in run.orders if any(role == "party" for role in view.known.seats[s].roles))


def batch(
    path: str | Path,
    seeds: range,
    *,
    difficulty: str = "as-it-was",
    twice: bool = False,
    workers: int = 0,
    progress: Progress | None = None,
) -> AutomatedBatch:
    """Play a scenario once for each seed, and return what came of it.

    Parameters
    ----------
    path
        A talks file, its folder, or the name of a scenario.
    seeds
        The seeds, at least one.
    difficulty
        One of the setting's difficulties.
    twice
        Whether each run is played again with the same briefs and other delays and words, to see what chance decides.
    workers
        Processes; 0 for this one.
    progress
        Is told how far it is; when it is stopped, the batch has the runs that are done.

    Raises
    ------
    UnknownWordError, ScenarioError
        If the scenario, its setting or the difficulty cannot be used.
    """
    setting, _ = _opened(str(path))
    orders = orders_in(setting, seeds[0], difficulty)
    asked = [(str(path), seed, difficulty, twice) for seed in seeds]
    watch = Watch(progress=progress)
    found: list[RunSummary] = []
    for summary in _summaries(asked, workers, progress):
        found.append(summary)
        watch.tell("exercises", len(found) / len(seeds))
        if watch.is_stopped:
            break
    parties = tuple(s.slug for s in setting.talks.seats if s.slug in orders and "party" in s.roles)
    return AutomatedBatch(
        title=setting.talks.title, difficulty=difficulty, parties=parties, runs=tuple(found), n_asked=len(seeds)
    )


def _summaries(
    asked: Sequence[tuple[str, int, str, bool]], workers: int, progress: Progress | None
) -> Iterator[RunSummary]:
    """Return the summaries in order, as they come; end when the work is stopped, in the middle of a run too."""
    if workers <= 1:
        for one in asked:
            summary = _summary(one, progress)
            if is_stopped(progress):
                return
            yield summary
        return
    with worker_pool(workers) as pool:
        running = [pool.submit(_summary, one) for one in asked]
        for future in running:
            while not future.done():
                wait([future], timeout=POLL_SECONDS)
                if is_stopped(progress):
                    return
            yield future.result()


# ------------------------------------------------------------------------------------------------------------- text


def batch_text(found: AutomatedBatch, width: int) -> str:
    """Return a batch as text: the results with what decided each, and what the runs of a form had in common."""
    n = len(found.runs)
    forms = [form for form in ResultForm if any(run.form is form for run in found.runs)]
    by_form = {form: [run for run in found.runs if run.form is form] for form in forms}
    rows = [[form.value, str(len(runs)), f"{len(runs) / n:.0%}", _causes(runs)] for form, runs in by_form.items()]
    figures = [
        [form.value, *(f"{fmean(values):.1f}" for values in _columns(runs, len(found.parties)))]
        for form, runs in by_form.items()
    ]
    head = ["averages", *(f"{what}, {p}" for what in ("no deal", "agreed", "patience") for p in found.parties)]
    acts, refused = fmean(run.n_acts for run in found.runs), sum(run.n_refused for run in found.runs)
    first, last = found.runs[0].seed, found.runs[-1].seed
    seeds = f"seed {first}" if n == 1 else f"seeds {first} to {last}"
    lines = [
        f"{found.title}, {found.difficulty}: {counted(n, 'run')}, {seeds}, every seat automated. "
        "Rehearsal, not forecast.",
        *[f"Stopped before the end: {n} of the {found.n_asked} runs that were asked for."] * (n < found.n_asked),
        "",
        *wrapped_table(["form of result", "runs", "share", "what decided it, in how many runs"], rows, width),
        "",
        *wrapped_table(head, figures, width),
        "",
        f"{acts:.0f} acts a run; {counted(refused, 'command')} refused.",
    ]
    again = [run for run in found.runs if run.again is not None]
    if again:
        same, whole = sum(run.again is run.form for run in again), counted(len(again), "run")
        lines.append(f"With the same briefs and other delays and words, {same} of {whole} ended in the same form.")
    return "\n".join(lines)


def _causes(runs: Iterable[RunSummary]) -> str:
    """Return the reasons of the runs of one form, the most frequent first."""
    counted = Counter(cause for run in runs for cause in run.causes)
    return "; ".join(
        f"{_SAID.get(cause.split(': ')[1], '').format(seat=cause.split(': ')[0])} {k}" for cause, k in _most(counted)
    )


def _most(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:6]


_SAID = {
    "stance-gone": "{seat} had left",
    "stance-red-line": "{seat}: red line",
    "stance-below": "{seat}: worth less than no deal",
    "stance-issue": "{seat} issued it",
    "stance-orally": "{seat} supported it in words",
    "stance-within": "{seat} initialled it",
    "stance-beyond": "{seat} agreed ad referendum",
    "leave": "{seat} left, and nobody met its ground in time",
}


def _columns(runs: Sequence[RunSummary], n_parties: int) -> list[list[float]]:
    figures = [(run.reservation, run.agreed, run.patience) for run in runs]
    return [[float(one[what][party]) for one in figures] for what in range(3) for party in range(n_parties)]


def batch_values(found: AutomatedBatch) -> dict[str, Any]:
    """Return a batch as plain values, for JSON."""
    return {
        "title": found.title,
        "difficulty": found.difficulty,
        "parties": list(found.parties),
        "runs asked for": found.n_asked,
        "runs": [
            {
                "seed": run.seed,
                "form": run.form.value,
                "causes": list(run.causes),
                "acts": run.n_acts,
                "refused": run.n_refused,
                "agreed": list(run.agreed),
                "patience": list(run.patience),
                "reservation": list(run.reservation),
                **({} if run.again is None else {"again": run.again.value}),
            }
            for run in found.runs
        ],
    }
