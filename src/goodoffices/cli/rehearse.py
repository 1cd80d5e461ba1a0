"""`goodoffices rehearse …`: what follows from what is assumed, for talks face to face or through intermediaries."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goodoffices.cli.settle import is_talks
from goodoffices.cli.terminal.commands import refuse_both, refuse_idle, terminal_command
from goodoffices.cli.terminal.completion import talks_or_files
from goodoffices.cli.terminal.default_group import Answering
from goodoffices.cli.terminal.estimates import ASSESSING, WORTHS
from goodoffices.cli.terminal.output import (
    PICTURE,
    NewFile,
    make_folder,
    save_picture,
    save_text,
    show_text,
    text_width,
)
from goodoffices.cli.terminal.progress_line import Waiting, say, waiting
from goodoffices.cli.terminal.values import FILE_THERE, FOLDER_THERE, Whole
from goodoffices.cli.terminal.view_access import is_record, view_of
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError

if TYPE_CHECKING:
    from goodoffices.rehearsal.batches.assumptions import Assumptions
    from goodoffices.rehearsal.batches.execution import Batch
    from goodoffices.rehearsal.batches.experiment import Experiment
    from goodoffices.rehearsal.batches.subject import Subject

Function = Callable[..., Any]

_OPTIONS: tuple[Callable[[Function], Function], ...] = (
    click.argument("path", metavar="PATH", shell_complete=talks_or_files),
    ASSESSING,
    click.option("--profiles", help="For scenarios: use only these profiles, with commas."),
    click.option("--grid", type=Whole(2), help="For scenarios: options to make of a continuous issue."),
    click.option(
        "--format", "formats", multiple=True, help="direct, plenary, proximity or shuttle; by default two."
    ),
    click.option("--protocol", "protocols", multiple=True, help="By default alternating. See `rehearse list`."),
    click.option("--mediator", help="For the protocol single-text: who changes the text; by default mutate."),
    click.option("--strategy", "strategies", multiple=True, help="PARTY=NAME for one party, or NAME for all others."),
    click.option("--negotiator", "negotiators", multiple=True, help="PARTY=FILE.py:CLASS, in its own process."),
    click.option("--turns", type=Whole(1), help="Turns allowed."),
    click.option(
        "--vary", multiple=True, help="Assume a number or range: devaluation=0:0.2, 'patience of PARTY=2'."
    ),
    click.option(
        "--assume", type=FILE_THERE,
        help="A file of assumptions; by default rehearsal.yaml beside the talks file.",
    ),
    click.option("--form", help="How intermediaries pass proposals on: verbatim, paraphrase or own-idea."),
    click.option(
        "--runs", type=Whole(1, 1_000_000), default=10_000, show_default=True, help="How often each format is played."
    ),
    click.option(
        "--seed", type=Whole(0), default=1, show_default=True, help="The same seed gives the same answer."
    ),
)  # fmt: skip


def _with_options(function: Function) -> Function:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@click.group(cls=Answering)
def rehearse() -> None:
    """Rehearse talks with automated negotiators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wishes:
    """What was asked for on the command line."""

    path: str
    seat: str | None
    profiles: str | None
    grid: int | None
    formats: tuple[str, ...]
    protocols: tuple[str, ...]
    mediator: str | None
    strategies: tuple[str, ...]
    negotiators: tuple[str, ...]
    turns: int | None
    vary: tuple[str, ...]
    assume: Path | None
    form: str | None
    runs: int
    seed: int


@terminal_command("rehearse")
@_with_options
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder for results; goes on if it was interrupted.",
)
@click.option("--workers", type=Whole(0), default=0, help="Processes; by default this one.")
@click.option("--cluster", default="", help="The address of a Dask scheduler, as tcp://host:8786.")
@click.option("--plot", type=PICTURE, help="Also draw it, as .png, .svg or .pdf.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def _answer(
    out: Path | None, workers: int, cluster: str, plot: Path | None, as_json: bool, quiet: bool, **wishes: Any
) -> None:
    """Say which format agrees more often and sooner, whom it favours, and which assumption decides.

    PATH is a talks file, its folder or bundled name (astana-2017), a record, or a scenario of Genius, GeniusWeb,
    NegoLog or NegMAS. What is assumed of channels and patience stands in rehearsal.yaml beside a talks file, or is
    given with --vary. It is a rehearsal and not a forecast: it says what follows from what is assumed.
    """
    from goodoffices.rehearsal.batches.execution import Execution, rehearse as run
    from goodoffices.rehearsal.text_output import report_text, report_values

    refuse_both("workers", "cluster")
    with experiment_of(_Wishes(**wishes)) as experiment, waiting(is_quiet=quiet) as told:
        if plot is not None and len(experiment.cells) < 2:
            raise ScenarioError("a picture compares two cells; name two formats or protocols")
        if out is not None:
            make_folder(out)
        how = Execution(workers=workers, cluster=cluster, folder=out)
        batch = run(experiment, how, told)
        if batch.remark:
            show_text(batch.remark, err=True)
        text = "" if as_json and batch.folder is None else report_text(batch, text_width())
        if batch.folder is not None:
            _save(batch, text)
        if as_json:
            text = json.dumps(report_values(batch), ensure_ascii=False, indent=2)
        if plot is not None:
            _draw(batch, plot)
    if told.is_stopped and batch.folder is not None:
        show_text("The finished runs are kept; the same command goes on.", err=True)
    say(text, told, is_data=as_json)


rehearse.answer = _answer


def _save(batch: Batch, text: str) -> None:
    from goodoffices.rehearsal.batches.store import export_csv

    assert batch.folder is not None
    save_text(text + "\n", batch.folder / "report.txt")
    if batch.is_complete:
        export_csv(batch.experiment, batch.rows, batch.folder / "runs.csv")


def _draw(batch: Batch, plot: Path) -> None:
    from goodoffices.rehearsal.batches.answer import answer_sentences
    from goodoffices.rehearsal.batches.comparison import compare
    from goodoffices.rehearsal.plots import plot_comparison

    found = compare(batch)
    save_picture(plot_comparison(found), plot, " ".join(answer_sentences(found)))


@contextmanager
def experiment_of(wishes: _Wishes) -> Iterator[Experiment]:
    """Return the experiment that was asked for."""
    from goodoffices.rehearsal.batches.experiment import Cell, Experiment
    from goodoffices.rehearsal.graph import format_named, is_mediated
    from goodoffices.rehearsal.setting import ProtocolName, protocol_named

    with _opened(wishes) as subject:
        assumptions = _assumptions(wishes)
        subject = subject.with_parties(assumptions.parties).with_carriers(assumptions.intermediaries)
        _check_at_table(subject, wishes)
        protocols = [protocol_named(name) for name in wishes.protocols or ("alternating",)]
        formats = [format_named(name) for name in wishes.formats or ("direct", "proximity")]
        if ProtocolName.SINGLE_TEXT not in protocols:
            refuse_idle("--protocol single-text", "mediator")
        if not any(map(is_mediated, formats)):
            refuse_idle("--format proximity and --format shuttle", "form")
        cells = [
            Cell(
                format=one, protocol=protocol,
                mediator=(wishes.mediator or "mutate") if protocol is ProtocolName.SINGLE_TEXT else "",
            )
            for protocol in protocols
            for one in formats
        ]  # fmt: skip
        yield Experiment(
            subject=subject, assumptions=assumptions, cells=tuple(cells), runs=wishes.runs, seed=wishes.seed
        )


def _check_at_table(subject: Subject, wishes: _Wishes) -> None:
    """Refuse what was typed of somebody who does not negotiate here, and a negotiator's file that cannot be read."""
    from goodoffices.rehearsal.batches.assumptions import assumed_from
    from goodoffices.rehearsal.isolation.process import isolated_negotiator

    typed = [text.partition("=") for text in (*wishes.strategies, *wishes.negotiators)]
    named = [party.strip() for party, equals, _ in typed if equals and "(" not in party]
    for party in (*named, *(assumed_from(text).party for text in wishes.vary)):
        if party:
            subject.negotiating(party)
    for _, _, place in (text.partition("=") for text in wishes.negotiators):
        isolated_negotiator(place.strip())


@contextmanager
def _opened(wishes: _Wishes) -> Iterator[Subject]:
    from goodoffices.rehearsal.batches.subject import subject_of

    if not is_talks(wishes.path):
        if wishes.seat is not None:
            raise ScenarioError(f"{wishes.path} is a scenario of another program and has no seats; leave out --seat")
        from goodoffices.formats.scenarios.detect import read_scenario
        from goodoffices.formats.scenarios.scenario import chosen_profiles
        from goodoffices.rehearsal.batches.subject import discounts_of

        scenario = chosen_profiles(read_scenario(wishes.path, grid=wishes.grid), wishes.profiles)
        subject = subject_of(scenario.bargain, title=Path(wishes.path).resolve().name)
        yield replace(subject, discounts=discounts_of(scenario.timing))
        return
    refuse_idle("scenarios of other programs", "grid", "profiles")
    from goodoffices.reports.rehearsal.subject_from_view import subject_from

    with view_of(wishes.path, wishes.seat, need=WORTHS) as view:
        yield subject_from(view)


def _assumptions(wishes: _Wishes) -> Assumptions:
    from goodoffices.rehearsal.batches.assumption_file import NAME, read_assumptions
    from goodoffices.rehearsal.batches.assumptions import Assumptions, assumed_from, form_named
    from goodoffices.rehearsal.batches.behaviours import FROM_FILE

    place = wishes.assume or _beside(wishes.path, NAME)
    found = Assumptions() if place is None else read_assumptions(place)
    found = found.varied(assumed_from(text) for text in wishes.vary)
    strategies = dict(found.strategies)
    for text in wishes.strategies:
        party, equals, name = text.partition("=")
        plain = not equals or "(" in party
        strategies["" if plain else party.strip()] = text if plain else name.strip()
    for text in wishes.negotiators:
        party, equals, source = text.partition("=")
        if not equals:
            raise ScenarioError(f"{text!r} does not say whose negotiator it is; write for example russia=mine.py:Mine")
        strategies[party.strip()] = f"{FROM_FILE}{source.strip()}"
    if wishes.form is not None:
        found = replace(found, form=form_named(wishes.form))
    return replace(found, strategies=strategies, n_turns=wishes.turns or found.n_turns)


def _beside(path: str, name: str) -> Path | None:
    """Return the file of assumptions beside a talks file, if there is one."""
    from goodoffices.formats.talks_file.reader import find_scenario, scenario_names

    place = Path(path)
    if is_record(path):
        return None
    if not place.exists() and path in scenario_names():
        place = find_scenario(path)
    file = (place if place.is_dir() else place.parent) / name
    return file if file.is_file() else None


@rehearse.command()
@_with_options
@click.option("--run", "number", type=Whole(0), required=True, help="The number of the run, from 0.")
def replay(number: int, **wishes: Any) -> None:
    """Play one run of each cell again and print it move by move: give the options of the batch."""
    from goodoffices.rehearsal.batches.chunks import samples_of, setting_of
    from goodoffices.rehearsal.run import play

    texts = []
    with experiment_of(_Wishes(**wishes)) as experiment, waiting() as told:
        [samples] = samples_of(experiment, number, number + 1)
        issues = tuple((issue.name, issue.options) for issue in experiment.subject.bargain.issues)
        for cell in experiment.cells:
            run = play(setting_of(experiment, cell, samples, 0), seed=experiment.seed, run=number)
            texts.append(f"{cell.name}, run {number}\n{run.lines(experiment.subject.parties, issues)}")
    say("\n\n".join(texts), told)


@rehearse.command()
@click.argument("result", type=FOLDER_THERE)
def show(result: Path) -> None:
    """Print the report in the folder RESULT again."""
    file = result / "report.txt"
    if not file.is_file():
        raise ScenarioError(f"{result} holds no report; name a folder that was given with --out")
    say(file.read_text(encoding="utf-8").rstrip("\n"), Waiting())


@rehearse.command()
@click.argument("result", type=FOLDER_THERE)
@click.argument("file", type=NewFile(".csv", ".parquet"))
def export(result: Path, file: Path) -> None:
    """Write the runs in the folder RESULT to FILE, as .csv or .parquet."""
    from goodoffices.rehearsal.batches.store import convert_runs

    convert_runs(result / "runs.csv", file)
    show_text(f"Wrote {file}.", err=True)


@rehearse.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--strategy", "strategies", multiple=True, required=True, help="One of the strategies that meet; give several."
)
@click.option("--turns", type=Whole(1), default=100, show_default=True, help="Turns allowed.")
@click.option("--no-self-play", is_flag=True, help="Let no strategy meet itself.")
@click.option("--out", type=NewFile(".csv"), help="Also write every run, as .csv.")
def tournament(
    paths: tuple[str, ...], strategies: tuple[str, ...], turns: int, no_self_play: bool, out: Path | None
) -> None:
    """Let strategies meet each other in the scenarios at PATH, in every assignment, and print how each fared."""
    from goodoffices.formats.scenarios.detect import read_scenario
    from goodoffices.rehearsal.tournament import play_tournament

    with waiting() as told:
        bargains = [(Path(path).name, read_scenario(path).bargain) for path in paths]
        found = play_tournament(bargains, strategies, n_turns=turns, self_play=not no_self_play, progress=told)
        if out is not None:
            save_text(found.csv_text(), out)
    say(found.table_text(text_width()), told)


@rehearse.command("list")
@click.argument(
    "kind",
    metavar="[KIND]",
    type=click.Choice(["strategies", "protocols", "formats", "mediators", "assumptions"]),
    required=False,
)
def list_parts(kind: str | None) -> None:
    """List the strategies, protocols, formats, mediators and numbers that may be assumed, with their sources.

    KIND is one of these: strategies, protocols, formats, mediators or assumptions. Without it, all are listed.
    """
    from goodoffices.rehearsal.catalogue_text import listed_parts

    say(listed_parts(kind, text_width()), Waiting())
