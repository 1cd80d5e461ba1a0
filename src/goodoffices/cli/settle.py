"""`goodoffices settle …`: what could be agreed, what blocks it, what would open it, how sure that is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goodoffices.cli.terminal.commands import refuse_idle, terminal_command
from goodoffices.cli.terminal.completion import talks_or_files
from goodoffices.cli.terminal.default_group import Answering
from goodoffices.cli.terminal.estimates import ASSESSING, WORTHS
from goodoffices.cli.terminal.input import json_in
from goodoffices.cli.terminal.output import PICTURE, save_picture, show_text, text_width
from goodoffices.cli.terminal.progress_line import Waiting, say, waiting
from goodoffices.cli.terminal.values import FILE_THERE, Number, Whole
from goodoffices.cli.terminal.view_access import is_record, view_of
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, ScenarioFileError

if TYPE_CHECKING:
    from goodoffices.bargain import Bargain
    from goodoffices.reports.settlement.answer import SettlementAnswer
    from goodoffices.reports.settlement.bargain_from_view import AssessedBargain
    from goodoffices.reports.tables import Heading, Part


_SOLUTIONS = (
    "nash", "egalitarian", "kalai-smorodinsky", "utilitarian", "leximin", "relative-utilitarian", "equal-ratio",
    "least-difference", "all",
)  # fmt: skip
_PATH = click.argument("path", metavar="PATH", shell_complete=talks_or_files)
_SEAT = ASSESSING
_GRID = click.option("--grid", type=Whole(2), help="For scenarios: how many options to make of a continuous issue.")
_PROFILES = click.option(
    "--profiles",
    help="For scenarios: use only these profiles, with commas. Where one deals with several others in turn: with whom.",
)
_LIMIT = click.option("--time-limit", type=Number(0, above=True), help="The most seconds for each question.")
_PLOT = click.option("--plot", type=PICTURE, help="Also draw it, as .png, .svg or .pdf.")


@click.group(cls=Answering)
def settle() -> None:
    """Say what all could sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """What was read from PATH, and how its answer is headed; ``is_file`` for a scenario of another program."""

    assessed: AssessedBargain
    heading: Heading
    is_file: bool

    @property
    def bargain(self) -> Bargain:
        """The bargain at the likeliest values."""
        return self.assessed.bargain


@contextmanager
def _opened(path: str, seat: str | None, grid: int | None, profiles: str | None = None) -> Iterator[_Source]:
    """Open PATH: talks, a record, or a scenario of another program."""
    from goodoffices.reports.settlement.bargain_from_view import AssessedBargain, bargain_from
    from goodoffices.reports.tables import Heading

    if not is_talks(path):
        if seat is not None:
            raise ScenarioError(f"{path} is a scenario of another program and has no seats; leave out --seat")
        from goodoffices.formats.scenarios.detect import read_scenario
        from goodoffices.formats.scenarios.scenario import chosen_bargain

        bargain = chosen_bargain(read_scenario(path, grid=grid), profiles)
        heading = Heading(title=Path(path).resolve().name)
        yield _Source(assessed=AssessedBargain.certain(bargain), heading=heading, is_file=True)
        return
    refuse_idle("scenarios of other programs", "grid", "profiles")
    with view_of(path, seat, need=WORTHS) as view:
        yield _Source(assessed=bargain_from(view), heading=Heading.of(view), is_file=False)


def is_talks(path: str) -> bool:
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


@terminal_command("settle")
@_PATH
@_SEAT
@_GRID
@_PROFILES
@click.option(
    "--solution",
    metavar="WHICH",
    type=click.Choice(_SOLUTIONS),
    help=f"What counts as best: {', '.join(_SOLUTIONS)}. By default all, in talks leximin.",
)
@click.option(
    "--frontier",
    is_flag=True,
    help="List the settlements that no other improves for one party without cost to another.",
)
@click.option("--count", is_flag=True, help="Count the settlements that all accept, however many there are.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON. `settle verify` can check it.")
@_LIMIT
@_PLOT
def _answer(  # noqa: PLR0913 - one argument for each option of the command line
    path: str,
    seat: str | None,
    grid: int | None,
    profiles: str | None,
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

    with _opened(path, seat, grid, profiles) as source, waiting() as told:
        names = commands.NAMES[solution or ("all" if source.is_file else "leximin")]
        answer = None
        if not as_json or plot is not None:
            answer = _answered(source, names, time_limit, told, count=count, frontier=frontier)
        if as_json:
            asked: dict[str, Any] = {"with_frontier": frontier, "with_count": count, "time_limit": time_limit}
            found = commands.settle(source.bargain, solution=solution or "all", progress=told, **asked)
            text = json.dumps(found, ensure_ascii=False, indent=2)
        elif answer is not None:
            from goodoffices.reports.settlement.tables import answer_parts

            text = _text_of(source, answer, answer_parts(answer, names, with_frontier=frontier))
        if plot is not None and answer is not None:
            from goodoffices.reports.settlement.plots import answer_picture

            save_picture(answer_picture(answer), plot)
    say(text, told, is_data=as_json)


settle.answer = _answer


def _answered(
    source: _Source, names: tuple[str, ...], limit: float | None, told: Waiting, **asked: bool
) -> SettlementAnswer:
    """Return the answer: for talks the whole of it, for a scenario what is quick and what was asked for."""
    from goodoffices.reports.settlement.answer import Scope, answer_of, scope_of

    if source.is_file:
        scope = scope_of(source.bargain, names, **asked)
    else:
        scope = Scope(solutions=names, frontier=asked.get("frontier", False))
    return answer_of(source.assessed, scope=scope, time_limit=limit, progress=told)


def _text_of(source: _Source, answer: SettlementAnswer, parts: tuple[Part, ...]) -> str:
    from goodoffices.reports.brief.render import as_text
    from goodoffices.reports.settlement.summary import settlement_brief

    text = as_text(settlement_brief(source.heading, answer, parts), text_width()).rstrip("\n")
    return "\n\n".join([*source.bargain.beginning, text])


@settle.command()
@_PATH
@_SEAT
@_GRID
@_PROFILES
@_LIMIT
def unblock(path: str, seat: str | None, grid: int | None, profiles: str | None, time_limit: float | None) -> None:
    """Say what would have to change for all to sign: the smallest changes, and the settlement that each allows."""
    from goodoffices.reports.settlement.tables import chosen_part, opening_part

    with _opened(path, seat, grid, profiles) as source, waiting() as told:
        answer = _answered(source, (), time_limit, told, openings=True)
        text = _text_of(source, answer, (*chosen_part(answer), opening_part(answer)))
    say(text, told)


@settle.command()
@_PATH
@_SEAT
@_GRID
@_PROFILES
@click.option(
    "--worlds", type=Whole(100, 1_000_000), default=10_000, show_default=True, help="How many worlds to draw."
)
@click.option("--seed", type=Whole(0), default=1, show_default=True, help="The same seed gives the same answer.")
@_LIMIT
@_PLOT
def robust(  # noqa: PLR0913 - one argument for each option of the command line
    path: str,
    seat: str | None,
    grid: int | None,
    profiles: str | None,
    worlds: int,
    seed: int,
    time_limit: float | None,
    plot: Path | None,
) -> None:
    """Say how probable it is that all accept, given what is uncertain, and what to find out next."""
    from goodoffices.reports.settlement.answer import Scope, answer_of, scope_of
    from goodoffices.reports.settlement.plots import chances_picture
    from goodoffices.reports.settlement.tables import chosen_part, robust_parts

    with _opened(path, seat, grid, profiles) as source, waiting() as told:
        scope = scope_of(source.bargain, ()) if source.is_file else Scope()
        answer = answer_of(
            source.assessed, worlds=worlds, seed=seed, scope=scope, time_limit=time_limit, progress=told
        )  # fmt: skip
        text = _text_of(source, answer, (*chosen_part(answer), *robust_parts(answer)))
        if plot is not None:
            save_picture(chances_picture(answer), plot)
    say(text, told)


@settle.command()
@click.argument("result", type=FILE_THERE)
@_PATH
@_SEAT
@_GRID
@_PROFILES
def verify(result: Path, path: str, seat: str | None, grid: int | None, profiles: str | None) -> None:
    """Check RESULT, a file with what `settle --json` printed, against PATH, by simple code that shares nothing with it.

    Exit code 0 if the result stands, 1 if it does not, 2 if that cannot be checked.
    """
    from goodoffices.settlement import text_output as commands

    claimed = json_in(result, "what `settle --json` printed")
    if not isinstance(claimed, dict):
        raise ScenarioError(f"{result} is not a result; give what `settle --json` printed")
    with _opened(path, seat, grid, profiles) as source, waiting():
        text, code = commands.verify_text(claimed, source.bargain)
    show_text(text)
    raise SystemExit(code)
