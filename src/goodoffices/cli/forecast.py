"""`goodoffices forecast …`: the probable outcome, how sure it is, who moves whom, and what would change it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goodoffices.cli.terminal.commands import refuse_both, refuse_idle, terminal_command
from goodoffices.cli.terminal.completion import talks_or_files
from goodoffices.cli.terminal.default_group import Answering
from goodoffices.cli.terminal.estimates import ASSESSING_AS, POINTS
from goodoffices.cli.terminal.output import PICTURE, NewFile, save_picture, save_text, show_text, text_width
from goodoffices.cli.terminal.progress_line import Waiting, say, waiting
from goodoffices.cli.terminal.values import FILE_THERE, Number, Whole
from goodoffices.cli.terminal.view_access import is_record, view_of
from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError
from goodoffices.names import comparable

if TYPE_CHECKING:
    from goodoffices.forecast import Draws
    from goodoffices.position_table import PositionTable
    from goodoffices.reports.forecast.answer import Forecasted
    from goodoffices.reports.forecast.lineup_from_view import Placed
    from goodoffices.reports.tables import Heading
    from goodoffices.talks.state.view import View


_FORMATS = ("text", "csv", "json")
_POSITIONS = (".csv", ".tsv", ".txt", ".xml", ".xlsx", ".xlsm", ".ods")
_DEFAULT = "compromise"  # that of the forecasting room, which only commands that need it import
_PATH = click.argument("path", metavar="SCENARIO", shell_complete=talks_or_files)
_SEAT = ASSESSING_AS
_FULL = click.option(
    "--salience-scale",
    type=Number(0, above=True),
    help="The number that means full salience in a CSV file; by default 1.",
)
_FORM = click.option(
    "--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True, help="How to print."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
_CSV = click.option("--csv", "csv_file", type=NewFile(".csv"), help="Also write CSV.")
_PLOT = click.option(
    "--plot",
    "--picture",
    "plot",
    type=PICTURE,
    help="Also draw it, as .png, .svg or .pdf.",
)
_MODEL = click.option("--model", default=_DEFAULT, show_default=True, help="See `goodoffices forecast models`.")
_MODELS = click.option("--model", "models", multiple=True, help="A model. Several are shown beside each other.")
_SEED = click.option("--seed", type=Whole(0), default=1, show_default=True, help="The same seed gives the same answer.")
_ISSUE = click.option("--issue", help="The issue. Needed if there are several.")


def _form(form: str, *, as_json: bool) -> str:
    refuse_both("form", "as_json")
    return "json" if as_json else form


@click.group(cls=Answering)
def forecast() -> None:
    """Say what will probably come out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """What was read from SCENARIO: who stands where, how the answer is headed, and for talks the view it comes from."""

    placed: Placed
    heading: Heading
    view: View | None = None


@contextmanager
def _opened(path: str, seat: str | None, issues: tuple[str, ...], full: float | None) -> Iterator[_Source]:
    """Open SCENARIO: talks, a record, or a file of positions."""
    from goodoffices.reports.forecast.lineup_from_view import placed_from, placed_of
    from goodoffices.reports.tables import Heading

    place, issues = Path(path), tuple(map(comparable, issues))
    if place.is_file() and place.suffix.lower() in _POSITIONS and not is_record(path):
        if seat is not None:
            raise ForecastInputError(f"{path} is a file of positions and has no seats; leave out --seat")
        from goodoffices.formats.position_tables.detect import read_positions

        table = read_positions(place, salience_scale=full)
        _say_notes(table)
        placed = placed_of(table, issues)
        yield _Source(placed=placed, heading=Heading(title=place.name))
        return
    refuse_idle("CSV files of positions; in talks salience runs from 0 to 1", "salience_scale")
    with view_of(path, seat, need=POINTS) as view:
        yield _Source(placed=placed_from(view, issues or None), heading=Heading.of(view), view=view)


def _say_notes(table: PositionTable) -> None:
    """Say on the standard error how a file was read and what of it was not."""
    for note in table.notes:
        show_text(f"Note: {table.file}: {note}.", err=True)


@terminal_command("forecast")
@_PATH
@_SEAT
@click.option("--issue", "issues", multiple=True, help="The issue. By default all, in short.")
@_MODELS
@click.option("--draws", type=Whole(1, 1_000_000), default=10_000, show_default=True, help="How many draws.")
@_SEED
@_FORM
@_JSON
@_CSV
@_PLOT
@_FULL
def _answer(  # noqa: PLR0913 - one argument for each option of the command line
    path: str,
    seat: str | None,
    issues: tuple[str, ...],
    models: tuple[str, ...],
    draws: int,
    seed: int,
    form: str,
    as_json: bool,
    csv_file: Path | None,
    plot: Path | None,
    salience_scale: float | None,
) -> None:
    """Say what will probably come out on an issue, how sure that is, who weighs most, and what would change it.

    SCENARIO is a talks file, its folder or bundled name (astana-2017), a record, or a file of positions (CSV, KTAB, DEU
    and others). In talks the answer rests on the assessments that the seat may see. See also `goodoffices forecast
    levers`, `sensitivity`, `backtest` and `models`.
    """
    from goodoffices.forecast import Draws, model_named

    asked = models or (_DEFAULT,)
    trades = model_named(asked[0]).trades
    wanted = Draws(n=draws, seed=seed)
    form = _form(form, as_json=as_json)
    with _opened(path, seat, () if trades else issues, salience_scale) as source, waiting() as told:
        chosen = issues or tuple(one.slug for one in source.placed.issues)
        if plot is not None and len(chosen) != 1:
            raise ForecastInputError(f"a picture shows one issue; name one of {', '.join(chosen)} with --issue")
        answer = None
        if len(chosen) == 1:
            text, answer = _one(source, chosen[0], asked, wanted, form, told)
        else:
            text = _many(source, chosen, asked, wanted, form, told)
        if csv_file is not None:
            save_text(_many(source, chosen, asked, wanted, "csv", told), csv_file)
        if plot is not None and answer is not None:
            from goodoffices.reports.forecast.plots import forecast_picture, picture_words

            save_picture(forecast_picture(answer), plot, picture_words(answer))
    say(text, told, is_data=form != "text")


forecast.answer = _answer


def _one(
    source: _Source, issue: str, models: tuple[str, ...], draws: Draws, form: str, told: Waiting
) -> tuple[str, Forecasted]:
    from goodoffices.canonical_json import result_json
    from goodoffices.forecast.results import ForecastComparison
    from goodoffices.forecast.text_output import comparison_text
    from goodoffices.reports.brief.render import as_text
    from goodoffices.reports.forecast.answer import acceptable_options, forecast_of
    from goodoffices.reports.forecast.summary import forecast_brief
    from goodoffices.reports.forecast.tables import forecast_parts, forecast_values

    view = source.view
    could = None if view is None else acceptable_options(view, issue, progress=told)
    answer = forecast_of(source.placed, issue, models=models, draws=draws, acceptable=could, progress=told)
    if form == "json":
        return result_json(forecast_values(answer)), answer
    if form == "csv":
        shown = ForecastComparison(forecasts=(answer.main, *answer.beside.forecasts))
        return _marked(comparison_text(shown, "csv"), "csv", source.placed), answer
    brief = forecast_brief(source.heading, answer, forecast_parts(answer))
    return as_text(brief, text_width()).rstrip("\n"), answer


def _many(
    source: _Source, issues: tuple[str, ...], models: tuple[str, ...], draws: Draws, form: str, told: Waiting
) -> str:
    """Return several issues; as text, a table with a row for each issue and model."""
    from goodoffices.forecast import forecasts
    from goodoffices.forecast.text_output import comparison_text

    names = [source.placed.issue(slug).name for slug in issues]
    if form == "text":
        from goodoffices.reports.brief.render import as_text
        from goodoffices.reports.forecast.summary import issues_brief

        shown = replace(source.placed, issues=tuple(source.placed.issue(slug) for slug in issues))
        brief = issues_brief(source.heading, shown, models=models, draws=draws, progress=told)
        return as_text(brief, text_width()).rstrip("\n")
    found = forecasts(source.placed.lineup, issues=names, models=models, draws=draws, progress=told)
    return _marked(comparison_text(found, form), form, source.placed)


def _marked(text: str, form: str, placed: Placed) -> str:
    """Return a result and what the reader must know of the numbers behind it."""
    from goodoffices.canonical_json import result_json
    from goodoffices.reports.settlement.bargain_from_view import INVENTED
    from goodoffices.text_tables import with_column

    told: list[str] = [INVENTED] if placed.is_invented else []
    told += [f"For {' and '.join(placed.may_see)} only."] if placed.may_see else []
    if form == "json":
        more = {"assumptions": list(placed.assumptions), "invented": placed.is_invented, "for": list(placed.may_see)}
        more |= {"left_out": list(placed.left_out)}
        return result_json(json.loads(text) | more)
    if form == "csv":
        if told:
            show_text(" ".join(told), err=True)
        return (with_column(text, "note", INVENTED) if placed.is_invented else text).rstrip("\n")
    return "\n".join([text, *told])


def _only(source: _Source) -> str:
    """Return the one issue there is."""
    slugs = [one.slug for one in source.placed.issues]
    if len(slugs) != 1:
        raise ForecastInputError(f"there are {len(slugs)} issues; name one of {', '.join(slugs)} with --issue")
    return source.placed.issues[0].name


def _target(text: str | None) -> float | tuple[float, float] | None:
    """Return a point, or the ends of an interval written as ``40..60``."""
    if text is None:
        return None
    parts = text.split("..") if ".." in text else [text]
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    if not 1 <= len(numbers) <= 2:
        raise ForecastInputError(
            f"--toward {text!r} is not a target; write a point such as 40, or an interval such as 40..60"
        )
    return numbers[0] if len(numbers) == 1 else (numbers[0], numbers[1])


def _table(source: _Source, form: str, make: Callable[[str], str]) -> str:
    return _marked(make(_only(source)), form, source.placed)


@forecast.command()
@_PATH
@_SEAT
@_ISSUE
@_MODEL
@click.option("--toward", help="A point (40) or an interval (40..60) to come closer to.")
@click.option(
    "--step", type=float, default=10.0, show_default=True, help="The size of a change, in hundredths of the scale."
)
@_FORM
@_JSON
@_FULL
def levers(  # noqa: PLR0913 - one argument for each option of the command line
    path: str, seat: str | None, issue: str | None, model: str, toward: str | None, step: float, form: str,
    as_json: bool, salience_scale: float | None,
) -> None:  # fmt: skip
    """Say what each single change of an input would do, strongest first, and what is needed to reach a target.

    With --toward the changes that help most toward the target come first, however small their effect is.
    """
    from goodoffices.forecast import text_output as commands

    form = _form(form, as_json=as_json)
    goal = _target(toward)
    with _opened(path, seat, _tuple(issue), salience_scale) as source, waiting() as told:
        lineup = source.placed.lineup
        text = _table(
            source, form,
            lambda name: commands.levers(lineup, issue=name, model=model, toward=goal, step=step, form=form),
        )  # fmt: skip
    say(text, told, is_data=form != "text")


def _tuple(issue: str | None) -> tuple[str, ...]:
    return () if issue is None else (issue,)


@forecast.command()
@_PATH
@_SEAT
@_ISSUE
@_MODEL
@click.option("--sobol", is_flag=True, help="Sobol indices (shares of the variance) instead of one input at a time.")
@click.option("--draws", type=Whole(1), default=1024, show_default=True, help="For --sobol: a power of 2.")
@_SEED
@_FORM
@_JSON
@_PLOT
@_FULL
def sensitivity(  # noqa: PLR0913 - one argument for each option of the command line
    path: str, seat: str | None, issue: str | None, model: str, sobol: bool, draws: int, seed: int, form: str,
    as_json: bool, plot: Path | None, salience_scale: float | None,
) -> None:  # fmt: skip
    """Say which inputs the result depends on: each moved to both ends of its range, or by shares of the variance."""
    from goodoffices.forecast import Draws, sensitivity as run, text_output as commands

    form = _form(form, as_json=as_json)
    if not sobol:
        refuse_idle("--sobol", "draws", "seed")
    wanted = Draws(n=draws, seed=seed) if sobol else None
    with _opened(path, seat, _tuple(issue), salience_scale) as source, waiting() as told:
        lineup = source.placed.lineup
        text = _table(
            source, form,
            lambda name: commands.sensitivity(lineup, issue=name, model=model, sobol=sobol, draws=wanted, form=form),
        )  # fmt: skip
        if plot is not None:
            method = "sobol" if sobol else "one-at-a-time"
            from goodoffices.forecast.plots import plot_tornado

            found = run(lineup, issue=_only(source), model=model, method=method, draws=wanted)
            save_picture(plot_tornado(found), plot)
    say(text, told, is_data=form != "text")


@forecast.command()
@click.argument("file", type=FILE_THERE)
@click.option(
    "--test",
    type=FILE_THERE,
    help="Score this file, and learn from FILE only.",
)
@_MODELS
@click.option(
    "--folds",
    type=Whole(2),
    default=10,
    show_default=True,
    help="How many parts; a cluster is never divided.",
)
@_SEED
@_FORM
@_JSON
@_CSV
@_PLOT
@_FULL
def backtest(  # noqa: PLR0913 - one argument for each option of the command line
    file: Path, test: Path | None, models: tuple[str, ...], folds: int, seed: int, form: str, as_json: bool,
    csv_file: Path | None, plot: Path | None, salience_scale: float | None,
) -> None:  # fmt: skip
    """Score every model on the cases of FILE whose outcome is known, beside simple guesses.

    FILE is a table of positions with outcomes: DEU's wide table, or a CSV with columns issue, actor, position,
    salience, capability, outcome and cluster (what was decided together). A model learns from all parts but the one
    that it is scored on; with --test it learns from FILE and is scored on the other file.
    """
    from goodoffices.forecast import Folds, backtest as run, cases_of
    from goodoffices.forecast.calibration.methods import DEFAULT_METHODS
    from goodoffices.forecast.text_output import backtest_text
    from goodoffices.formats.position_tables.detect import read_positions

    form = _form(form, as_json=as_json)
    if test is not None:
        refuse_idle("a backtest without --test", "folds", "seed")
    with waiting() as told:
        tables = [read_positions(one, salience_scale=salience_scale) for one in (file, test) if one is not None]
        for table in tables:
            _say_notes(table)
        cases, *rest = map(cases_of, tables)
        others = rest[0] if rest else None
        found = run(
            cases, models or DEFAULT_METHODS, test=others, folds=Folds(n=folds, seed=seed), progress=told
        )  # fmt: skip
        text = backtest_text(found, form).rstrip("\n")
        if csv_file is not None:
            save_text(backtest_text(found, "csv"), csv_file)
        if plot is not None:
            from goodoffices.forecast.plots import plot_backtest

            save_picture(plot_backtest(found), plot)
    say(text, told, is_data=form != "text")


@forecast.command()
@_FORM
@_JSON
def models(form: str, as_json: bool) -> None:
    """Describe all models: how well each did in tests, then which published numbers it reproduces, and its source."""
    from goodoffices.forecast import text_output as commands

    form = _form(form, as_json=as_json)
    show_text(commands.models(form).rstrip("\n"), is_data=form != "text")
