"""`goodoffices ceasefire …`: does the cease-fire hold, where not, and who says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goodoffices.cli.terminal.commands import refuse_both, refuse_idle, terminal_command
from goodoffices.cli.terminal.completion import talks_or_files
from goodoffices.cli.terminal.default_group import Answering
from goodoffices.cli.terminal.output import NewFile, end_as_not_holding, show_text
from goodoffices.cli.terminal.progress_line import say, waiting
from goodoffices.cli.terminal.record_access import LANGUAGE, READER
from goodoffices.cli.terminal.values import FILE_THERE, Number, Whole
from goodoffices.cli.terminal.view_access import Need
from goodoffices.errors import DatasetError, ScenarioError

if TYPE_CHECKING:
    from goodoffices.event_table import EventTable, LedgerDay
    from goodoffices.talks.state.view import View

_FILE = FILE_THERE
_MAPPING = click.option("--mapping", type=_FILE, help="Which column is which; see --suggest.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_CSV = click.option("--csv", "as_csv", is_flag=True, help="Print a table for spreadsheets: a row for each figure.")
_SEAT = click.option(
    "--seat",
    help="Of talks and records: the seat whose view is used. By default the analyst's, or else the mediator's.",
)
_MEASURES = ("events", "deaths", "civilian_deaths")


END = date.max
"""The day that stands for all that is recorded, as *end* where other commands take a moment."""


class _Day(click.ParamType[date]):
    """A day, written as 2017-01-24; the last one counted may be *end*."""

    name = "day"

    def __init__(self, *, or_end: bool = False) -> None:
        self.or_end = or_end

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day."""
        if isinstance(value, date):
            return value
        if self.or_end and value == "end":
            return END
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            more = ", or end" if self.or_end else ""
            self.fail(f"{str(value)[:40]!r} is not a day. Write it as 2017-01-24{more}.", param, ctx)


@click.group(cls=Answering)
def ceasefire() -> None:
    """Say whether a cease-fire holds, where not, and who says so."""


@terminal_command("ceasefire")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--seat",
    help="Of talks and records: the seat whose view is used. By default the analyst's, or else the mediator's.",
)
@click.option("--at", type=_Day(), help="The first day in force. Of talks and records, by default the first claimed.")
@click.option("--area", "areas", multiple=True, help="An area that the cease-fire covers. By default all.")
@click.option("--pair", default="", help="The pair that the cease-fire covers. By default all.")
@click.option("--compare", default="", help="A pair that it does not cover, to compare with.")
@click.option("--ledger", default="", help="Only this ledger. By default each, side by side.")
@click.option(
    "--as-of",
    type=_Day(or_end=True),
    help="As it was known at the end of this day, or end: what was told later is left out. Of a table, what happened "
    "later. Talks: by default the moment that they name.",
)
@click.option("--to", "last_day", type=_Day(), help="Count only what happened up to this day.")
@click.option("--measure", type=click.Choice(_MEASURES), default="events", show_default=True, help="What to count.")
@click.option("--window", "windows", multiple=True, type=Whole(1), help="Days on each side; 30, 60 and 90.")
@click.option(
    "--promise",
    type=Number(1),
    default=365,
    show_default=True,
    help="At most one false alarm in so many days, on average.",
)
@click.option("--reference", "reference_days", type=Whole(28), default=60, show_default=True,
              help="Alarms compare with the first so many days from entry into force.")  # fmt: skip
@click.option(
    "--calibrate",
    is_flag=True,
    help="Find by simulation how much is needed for an alarm, so that no more false ones come than promised.",
)
@click.option(
    "--every-day/--not-every-day", "every_day", default=None, help="Whether a day without a row had no event."
)
@click.option("--no-scan", is_flag=True, help="Leave out clusters in space and time.")
@click.option("--seed", type=Whole(0), default=1, show_default=True, help="The same seed, the same answer.")
@click.option("--check", is_flag=True, help="End with exit code 1 if an area is broken or an alarm is open.")
@click.option("--suggest", is_flag=True, help="Print a first mapping for SOURCE, to be corrected by hand.")
@_MAPPING
@_CSV
@_JSON
def _status(  # noqa: PLR0913 - one argument for each option of the command line
    sources: tuple[str, ...], seat: str | None, at: date | None, areas: tuple[str, ...], pair: str, compare: str,
    ledger: str, as_of: date | None, last_day: date | None, measure: str,
    windows: tuple[int, ...], promise: float, reference_days: int, calibrate: bool, every_day: bool | None,
    no_scan: bool, seed: int, check: bool, suggest: bool, mapping: Path | None, as_csv: bool, as_json: bool,
) -> None:  # fmt: skip
    """Say of each area whether the cease-fire holds, with alarms, changes and clusters.

    SOURCE is a talks file, its folder, bundled talks or a record: then the ledgers that a seat reads are counted. Or it
    is a file of events (.csv, .tsv, .xlsx or .ods): UCDP GED, daily counts, bulletins of ledgers, or any table with a
    mapping. See also `goodoffices ceasefire ledgers`.
    """
    if suggest:
        others = [param.name for param in click.get_current_context().command.params if param.name != "sources"]
        refuse_idle("a count; --suggest only prints a mapping", *(str(one) for one in others if one != "suggest"))
        show_text(_suggestion(_table_alone(sources)), is_data=True)
        return
    refuse_both("as_csv", "as_json")
    from goodoffices.ceasefire.streams import Measure
    from goodoffices.reports.ceasefire.ledger_streams import Question
    from goodoffices.reports.ceasefire.status import status_of
    from goodoffices.reports.ceasefire.text import status_csv, status_json, status_text

    tables, force = _sources(sources, mapping, every_day, seat=seat, as_of=as_of)
    until = min(as_of or END, last_day or END)
    reaches_back, at = force is not None, force if at is None else at
    question = Question(
        at=at, areas=areas, pair=pair, comparison=compare, ledger=ledger, as_of=None if until == END else until,
        measure=Measure(measure), windows=tuple(windows) or (30, 60, 90), promise=promise,
        reference_days=reference_days, calibrates=calibrate, scans=not no_scan, seed=seed, reaches_back=reaches_back,
    )  # fmt: skip
    with waiting() as told:
        statuses = status_of(tables, question, told)
    made = status_json if as_json else status_csv if as_csv else status_text
    say(made(statuses), told, is_data=as_json or as_csv)
    if check and not all(status.holds_everywhere for status in statuses):
        end_as_not_holding("an area is broken, or an alarm is open")


ceasefire.answer = _status


def _sources(
    sources: tuple[str, ...], mapping: Path | None, every_day: bool | None, *, seat: str | None, as_of: date | None
) -> tuple[list[EventTable], date | None]:
    """Return the tables of all sources, and since when talks among them claim that the cease-fire is in force.

    Without ``as_of``, talks that name a moment at which they begin are counted as of it.
    """
    _refuse_for_other(sources)
    tables: list[EventTable] = []
    force: date | None = None
    for source in sources:
        if _is_talks(source):
            found, day = _tables_of_talks(source, seat, as_of)
            tables += found
            force = force or day
        else:
            tables += _tables((_file(source),), mapping, every_day)
    return tables, force


def _refuse_for_other(sources: tuple[str, ...]) -> None:
    """Refuse options that say how to read talks, or a table, where there is no such source."""
    kinds = {_is_talks(source) for source in sources}
    if kinds == {True}:
        refuse_idle("tables of events", "mapping", "every_day")
    if kinds == {False}:
        refuse_idle("talks and records", "seat")


def _table_alone(sources: tuple[str, ...]) -> Path:
    """Return the one table for which a mapping is asked."""
    if len(sources) > 1:
        raise ScenarioError("--suggest reads one table; name one")
    if _is_talks(sources[0]):
        raise ScenarioError(
            f"{sources[0]}: these are talks and need no mapping. --suggest is for a table: .csv, .tsv, .xlsx or .ods"
        )
    return _file(sources[0])


def _is_talks(source: str) -> bool:
    """Say whether a source is talks: a folder, a YAML file, a record, or the name of bundled talks."""
    from goodoffices.cli.terminal.view_access import is_record

    path = Path(source)
    return path.is_dir() or path.suffix in (".yaml", ".yml") or is_record(source) or not (path.suffix or path.exists())


def _file(source: str) -> Path:
    path: Path = _FILE.convert(source, None, None)
    return path


def _has_ledgers(view: View) -> bool:
    from goodoffices.reports.ceasefire.view_tables import area_in_words, named_apart, view_tables

    known = view.known
    return bool(view_tables(known, name_of=named_apart(known), area_name=area_in_words(known)))


_LEDGERS = Need(
    holds=_has_ledgers,
    what="ledger with anything to count",
    remedy="No seat of these talks has any. A ledger is a list of reported violations",
)


def _tables_of_talks(source: str, seat: str | None, as_of: date | None) -> tuple[list[EventTable], date | None]:
    """Return the ledgers that a seat reads in talks, and the first day on which it is claimed to be in force.

    Both are as they were known at the end of the day ``as_of``.
    """
    from goodoffices.cli.terminal.view_access import view_then
    from goodoffices.reports.ceasefire.view_tables import area_in_words, force_day, named_apart, view_tables

    then = None if as_of is None else "end" if as_of == END else as_of.isoformat()
    with view_then(source, seat, then, need=_LEDGERS) as view:
        known = view.known
        tables = view_tables(known, name_of=named_apart(known), area_name=area_in_words(known))
        force = force_day(known)
    if not tables:
        raise ScenarioError(f"{source}: by then no ledger had told anything; choose a later day, or --as-of end")
    for table in tables:
        for note in table.notes:
            show_text(f"Note: {table.file}: {note}.", err=True)
    if force is not None and force.n_others:
        show_text(
            f"Note: {source}: claimed to be in force since {force.day}; {force.n_others} other days are claimed too. "
            "Say --at for another.", err=True,
        )  # fmt: skip
    return list(tables), None if force is None else force.day


def _tables(sources: tuple[Path, ...], mapping: Path | None, every_day: bool | None) -> list[EventTable]:
    """Read the files, and say on the standard error how they were read and what is not known of them."""
    from dataclasses import replace

    from goodoffices.formats.event_tables.column_mappings import read_mapping
    from goodoffices.formats.event_tables.reader import read_events

    known = None if mapping is None else read_mapping(mapping)
    tables = [read_events(source, known) for source in sources]
    if every_day is not None:
        tables = [replace(table, reports_every_day=every_day) for table in tables]
    for table in tables:
        for note in table.notes:
            show_text(f"Note: {table.file}: {note}.", err=True)
        if (
            table.reports_every_day
            and every_day is None
            and not table.credit
            and (known is None or known.reports_every_day is None)
        ):
            show_text(
                f"Note: {table.file} is read as counts of every day: a day without a row counts as a day without "
                "events. Say --not-every-day if it does not report every day.", err=True,
            )  # fmt: skip
        if not table.reports_every_day and not table.is_bulletins:
            show_text(
                f"Note: {table.file} does not say whether a day without a row had no event, so most cannot be told. "
                "Say --every-day if it reports every day.", err=True,
            )  # fmt: skip
    return tables


def _suggestion(source: Path) -> str:
    from goodoffices.formats.event_tables.column_mappings import suggested_mapping
    from goodoffices.formats.event_tables.reader import columns_in

    columns, encoding = columns_in(source)
    if not columns:
        raise DatasetError(f"{source.name} has no row with names of columns; a mapping needs them")
    return suggested_mapping(columns, encoding=encoding)


@ceasefire.command()
@click.argument("source")
@click.argument("first")
@click.argument("second")
@click.option(
    "--seat",
    help="Of talks and records: the seat whose view is used. By default the analyst's, or else the mediator's.",
)
@click.option("--from", "first_day", type=_Day(), help="The first day.")
@click.option("--to", "last_day", type=_Day(), help="The last day.")
@_MAPPING
@_JSON
def ledgers(  # noqa: PLR0913 - one argument for each option of the command line
    source: str, first: str, second: str, seat: str | None, first_day: date | None, last_day: date | None,
    mapping: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Put the ledgers FIRST and SECOND in SOURCE side by side. They are never added up.

    SOURCE is a file of bulletins, talks or a record. The ledgers of talks are named by their short names or titles.
    """
    from goodoffices.ceasefire.ledgers import reconcile
    from goodoffices.ceasefire.messages import ENGLISH, Speech
    from goodoffices.formats.event_tables.column_mappings import read_mapping
    from goodoffices.formats.event_tables.reader import ledger_days
    from goodoffices.reports.ceasefire.ledger_streams import check_known
    from goodoffices.reports.ceasefire.text import ledgers_json, ledgers_text

    speech = ENGLISH
    _refuse_for_other((source,))
    if _is_talks(source):
        bulletins, named = _bulletins_of_talks(source, seat, all_days=last_day is not None)
        for name in (first, second):
            if name not in named.values():
                check_known("ledger", name, list(named))
        first, second = named.get(first, first), named.get(second, second)
    else:
        bulletins = list(ledger_days(_file(source), None if mapping is None else read_mapping(mapping)))
        speech = Speech(ledger=lambda keeper: f"{keeper}'s ledger")
    found = reconcile(bulletins, first, second, first_day=first_day, last_day=last_day)
    show_text(ledgers_json(found) if as_json else ledgers_text(found, speech=speech), is_data=as_json)


def _bulletins_of_talks(source: str, seat: str | None, *, all_days: bool) -> tuple[list[LedgerDay], dict[str, str]]:
    """Return the bulletins that a seat reads in talks, and what each ledger is called, by its short name."""
    from goodoffices.cli.terminal.view_access import view_then
    from goodoffices.reports.ceasefire.view_tables import area_in_words, named_apart, view_bulletins

    with view_then(source, seat, "end" if all_days else None, later="--to takes a later day") as view:
        known = view.known
        name_of = named_apart(known)
        bulletins = view_bulletins(known, name_of=name_of, area_name=area_in_words(known))
        return list(bulletins), {held.ledger.slug: name_of(held) for held in known.ledgers.values()}


@ceasefire.command()
@click.argument("talks", metavar="TALKS", shell_complete=talks_or_files)
@READER
@click.option("--from", "first_day", type=_Day(), required=True, help="The first day.")
@click.option("--to", "last_day", type=_Day(), required=True, help="The last day.")
@click.option("--ledger", "ledgers", multiple=True, help="A ledger, by its handle or short name. By default all.")
@click.option("--public", "is_public", is_flag=True, help="Hide small numbers, as for everybody.")
@click.option("--brief", "is_brief", is_flag=True, help="One page without tables, for an envoy.")
@LANGUAGE
@click.option(
    "--out", type=NewFile(".pdf", ".docx", ".html", ".txt", ".csv"), help="A .pdf, .docx, .html, .txt or .csv file."
)
def bulletin(  # noqa: PLR0913 - one argument for each option of the command line
    talks: str, seat: str | None, first_day: date, last_day: date, ledgers: tuple[str, ...], language: str,
    out: Path | None, *, is_public: bool, is_brief: bool,
) -> None:  # fmt: skip
    """Print a draft of the bulletin of some days, from the ledgers that a seat reads. Nothing is recorded."""
    from goodoffices.cli.terminal.output import save_bytes, text_width
    from goodoffices.cli.terminal.view_access import view_of
    from goodoffices.reports.ceasefire.bulletin_figures import bulletin_figures
    from goodoffices.reports.ceasefire.bulletin_paper import Standing, bulletin_csv, bulletin_paper
    from goodoffices.reports.papers.files import paper_file
    from goodoffices.reports.papers.page_file import terminal_text

    with view_of(talks, seat) as view:
        known = view.known
        chosen = [held.handle for held in known.ledgers.values() if {held.handle, held.ledger.slug} & set(ledgers)]
        if len(chosen) < len(set(ledgers)):
            names = ", ".join(held.ledger.slug for held in known.ledgers.values())
            raise DatasetError(f"this seat does not read all of these ledgers; it reads {names}")
        figures = bulletin_figures(
            known, first_day, last_day, chosen if ledgers else list(known.ledgers), is_public=is_public,
            read=view.words,
        )  # fmt: skip
        paper = bulletin_paper(view, figures, Standing(), language, is_brief=is_brief)
    if out is None:
        click.echo(terminal_text(paper, text_width()), nl=False)
    elif out.suffix == ".csv":
        save_bytes(bulletin_csv(figures).encode(), out)
    else:
        save_bytes(paper_file(paper, out.suffix.removeprefix(".")), out)
