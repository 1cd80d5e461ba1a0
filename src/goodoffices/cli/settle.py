"""`goodoffices settle …`: what could be agreed, what blocks it, what would open it, how sure that is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goodoffices.cli.terminal.default_group import Answering
from goodoffices.cli.terminal.input import json_in
from goodoffices.cli.terminal.output import save_picture
from goodoffices.cli.terminal.progress_line import Waiting, say, waiting
from goodoffices.cli.terminal.view_access import is_record, view_of
from goodoffices.errors import ScenarioError, ScenarioFileError

if TYPE_CHECKING:
    from goodoffices.bargain import Bargain
    from goodoffices.reports.settlement.answer import SettlementAnswer
    from goodoffices.reports.settlement.bargain_from_view import AssessedBargain
    from goodoffices.reports.tables import Part
    from goodoffices.talks.state.view import View


_SOLUTIONS = (
    "nash", "egalitarian", "kalai-smorodinsky", "utilitarian", "leximin", "relative-utilitarian", "equal-ratio",
    "least-difference", "all",
)  # fmt: skip
_PATH = click.argument("path", metavar="PATH")
_SEAT = click.option("--seat", help="For talks: the seat whose assessments are used; by default the analyst.")
_GRID = click.option(
    "--grid", type=click.IntRange(min=2), help="For scenarios: how many options to make of a continuous issue."
)
_LIMIT = click.option(
    "--time-limit", type=click.FloatRange(min=0, min_open=True), help="The most seconds for each question."
)
_PLOT = click.option(
    "--plot", type=click.Path(dir_okay=False, path_type=Path), help="Also draw it, as .png, .svg or .pdf."
)


@click.group(cls=Answering)
def settle() -> None:
    """Say what all could sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """What was read from PATH: the bargain, and for talks the view and its assessments."""

    bargain: Bargain
    view: View | None = None
    assessed: AssessedBargain | None = None


@contextmanager
def _opened(path: str, seat: str | None, grid: int | None) -> Iterator[_Source]:
    """Open PATH: talks, a record, or a scenario of another program."""
    if not _is_talks(path):
        if seat is not None:
            raise ScenarioError(f"{path} is a scenario of another program and has no seats; leave out --seat")
        from goodoffices.formats.scenarios.detect import read_scenario

        scenario = read_scenario(path, grid=grid)
        yield _Source(bargain=scenario.bargain)
        return
    from goodoffices.reports.settlement.bargain_from_view import bargain_from

    with view_of(path, seat) as view:
        assessed = bargain_from(view)
        yield _Source(bargain=assessed.bargain, view=view, assessed=assessed)


def _is_talks(path: str) -> bool:
    """Say whether PATH is talks or a record, and not a scenario of another program."""
    from goodoffices.formats.input.files import read_folder
    from goodoffices.formats.scenarios.detect import find_dialect

    place = Path(path)
    if is_record(path) or not place.exists() or (place / "talks.yaml").is_file():
        return True
    if place.is_dir() or place.suffix.lower() not in (".yaml", ".yml"):
        return False
    try:
        return find_dialect(read_folder(place)) == ""
    except ScenarioFileError:
        return True


@click.command("settle")
@_PATH
@_SEAT
@_GRID
@click.option(
    "--solution", type=click.Choice(_SOLUTIONS), help="What counts as best; by default all, in talks leximin."
)
@click.option(
    "--frontier",
    is_flag=True,
    help="List the settlements that no other improves for one party without cost to another.",
)
@click.option("--count", is_flag=True, help="Count the settlements that all accept.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON. `settle verify` can check it.")
@_LIMIT
@_PLOT
def _answer(  # noqa: PLR0913 - one argument for each option of the command line
    path: str,
    seat: str | None,
    grid: int | None,
    solution: str | None,
    frontier: bool,
    count: bool,
    as_json: bool,
    time_limit: float | None,
    plot: Path | None,
) -> None:
    """Say what all could sign, what stands in the way, and the smallest change that would open it.

    PATH is a talks file, its folder or bundled name (astana-2017), a record, or a scenario of Genius, GeniusWeb,
    NegoLog or NegMAS. In talks the answer rests on the assessments that the seat may see. See also `goodoffices settle
    unblock PATH`, `goodoffices settle robust PATH` and `goodoffices settle verify RESULT PATH`.
    """
    from goodoffices.settlement import text_output as commands

    asked: dict[str, Any] = {
        "solution": solution or "all", "with_frontier": frontier, "with_count": count, "time_limit": time_limit,
    }  # fmt: skip
    with _opened(path, seat, grid) as source, waiting() as told:
        if as_json:
            text = json.dumps(commands.settle(source.bargain, progress=told, **asked), ensure_ascii=False, indent=2)
            answer = None
        elif source.view is None or source.assessed is None:
            text, answer = commands.settle_text(source.bargain, progress=told, **asked), None
        else:
            names = commands.NAMES[solution] if solution is not None else ("leximin",)
            answer = _answered(source.assessed, names, time_limit, told)
            text = _text_of(source.view, answer, _parts(answer, names, frontier))
        if plot is not None:
            _draw(source, answer, solution, time_limit, told, plot)
    say(text, told)


settle.answer = _answer


def _answered(
    assessed: AssessedBargain, names: tuple[str, ...], time_limit: float | None, told: Waiting
) -> SettlementAnswer:
    from goodoffices.reports.settlement.answer import answer_of

    return answer_of(assessed, solutions=names, time_limit=time_limit, progress=told)


def _parts(answer: SettlementAnswer, names: tuple[str, ...], frontier: bool) -> tuple[Part, ...]:
    from goodoffices.reports.settlement.tables import answer_parts

    return answer_parts(answer, names, with_frontier=frontier)


def _text_of(view: View, answer: SettlementAnswer, parts: tuple[Part, ...]) -> str:
    from goodoffices.reports.brief.render import as_text
    from goodoffices.reports.settlement.summary import settlement_brief

    return as_text(settlement_brief(view, answer, parts)).rstrip("\n")


def _draw(
    source: _Source,
    answer: SettlementAnswer | None,
    solution: str | None,
    limit: float | None,
    told: Waiting,
    plot: Path,
) -> None:
    """Draw the answer for talks; for a scenario its frontier and solutions, or who gets what if it is too long."""
    if answer is None and source.assessed is not None:
        answer = _answered(source.assessed, ("leximin",), limit, told)
    if answer is not None:
        from goodoffices.reports.settlement.plots import answer_picture

        save_picture(answer_picture(answer), plot)
        return
    from goodoffices.progress import Watch
    from goodoffices.settlement.plots import plot_frontier, plot_shares
    from goodoffices.settlement.problem.integer_form import prepare
    from goodoffices.settlement.solutions.solve import choose_all
    from goodoffices.settlement.text_output import NAMES

    names = NAMES[solution or "all"]
    solved = choose_all(prepare(source.bargain), names, watch=Watch(time_limit=limit, progress=told))
    found = tuple(solved.by_name.values())
    save_picture(plot_frontier(solved.frontier, found) if len(solved.frontier) else plot_shares(found[0]), plot)


@settle.command()
@_PATH
@_SEAT
@_GRID
@_LIMIT
def unblock(path: str, seat: str | None, grid: int | None, time_limit: float | None) -> None:
    """Say what would have to change for all to sign: the smallest changes, and the settlement that each allows."""
    from goodoffices.settlement import text_output as commands

    with _opened(path, seat, grid) as source, waiting() as told:
        if source.view is None or source.assessed is None:
            text = commands.unblock_text(source.bargain, time_limit=time_limit, progress=told)
        else:
            from goodoffices.reports.settlement.tables import chosen_part, opening_part

            answer = _answered(source.assessed, ("leximin",), time_limit, told)
            text = _text_of(source.view, answer, (*chosen_part(answer), opening_part(answer)))
    say(text, told)


@settle.command()
@_PATH
@_SEAT
@_GRID
@click.option(
    "--worlds", type=click.IntRange(100, 1_000_000), default=10_000, show_default=True, help="How many worlds to draw."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The same seed gives the same answer."
)
@_LIMIT
@_PLOT
def robust(  # noqa: PLR0913 - one argument for each option of the command line
    path: str, seat: str | None, grid: int | None, worlds: int, seed: int, time_limit: float | None, plot: Path | None
) -> None:
    """Say how probable it is that all accept, given what is uncertain, and what to find out next."""
    with _opened(path, seat, grid) as source, waiting() as told:
        if source.view is None or source.assessed is None:
            text = _certain(source.bargain, worlds, seed, told)
        else:
            from goodoffices.reports.settlement.answer import answer_of
            from goodoffices.reports.settlement.plots import chances_picture
            from goodoffices.reports.settlement.tables import robust_parts

            answer = answer_of(source.assessed, worlds=worlds, seed=seed, time_limit=time_limit, progress=told)
            text = _text_of(source.view, answer, robust_parts(answer))
            if plot is not None:
                save_picture(chances_picture(answer), plot)
    say(text, told)


def _certain(bargain: Bargain, worlds: int, seed: int, told: Waiting) -> str:
    """Return the answer for a scenario file, which states every number as certain."""
    from goodoffices.settlement import text_output as commands
    from goodoffices.settlement.uncertainty.beliefs import UncertainBargain

    text = commands.robust_text(UncertainBargain(bargain=bargain), worlds=worlds, seed=seed, progress=told)
    return f"{text}\nNote: this scenario states every number as certain, so every share is 0 or 1."


@settle.command()
@click.argument("result", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_PATH
@_SEAT
@_GRID
def verify(result: Path, path: str, seat: str | None, grid: int | None) -> None:
    """Check RESULT, a file with what `settle --json` printed, against PATH, by simple code that shares nothing with it.

    Exit code 0 if the result is right, 1 if not.
    """
    from goodoffices.settlement import text_output as commands

    claimed = json_in(result, "what `settle --json` printed")
    if not isinstance(claimed, dict):
        raise ScenarioError(f"{result} is not a result; give what `settle --json` printed")
    with _opened(path, seat, grid) as source, waiting():
        text, stands = commands.verify_text(claimed, source.bargain)
    click.echo(text)
    raise SystemExit(0 if stands else 1)
