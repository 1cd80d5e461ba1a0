"""`goodoffices convert` and `goodoffices formats`: scenarios of other programs, and what each format cannot hold."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from goodoffices.cli.terminal.commands import terminal_command
from goodoffices.cli.terminal.output import make_folder, show_text
from goodoffices.cli.terminal.values import Whole, raise_not_there
from goodoffices.errors import ScenarioError, StorageError

_SHORT = {"genius": "genius-xml", "geniusweb": "geniusweb-json", "negolog": "negolog", "negmas": "negmas-yaml"}
_TARGETS = (*_SHORT, *sorted(set(_SHORT.values()) - set(_SHORT)), "talks")


@terminal_command()
@click.argument("source", metavar="SRC")
@click.argument("target", metavar="DST", type=click.Path(path_type=Path))
@click.option(
    "--to", required=True, metavar="FORMAT", type=click.Choice(_TARGETS), help=f"The format: {', '.join(_TARGETS)}."
)
@click.option("--grid", type=Whole(2), help="How many options to make of a continuous issue.")
@click.option("--profiles", help="Write only these profiles, with commas.")
@click.option("--lossy", is_flag=True, help="Write even if a worth changes. The report names every loss.")
@click.option("--force", is_flag=True, help="Replace the folder DST.")
def convert(  # noqa: PLR0913 - one argument for each option of the command line
    source: str, target: Path, to: str, grid: int | None, profiles: str | None, lossy: bool, force: bool
) -> None:
    """Write the scenario SRC as the folder DST in another program's format, or as talks with assessments.

    If what something is worth to a party would change, nothing is written, unless --lossy is given. Exit code 0:
    nothing was lost; 1: something was lost and is named; 2: refused.
    """
    from goodoffices.formats.input.diagnostics import Grade
    from goodoffices.formats.scenarios.detect import read_scenario
    from goodoffices.formats.scenarios.scenario import chosen_profiles
    from goodoffices.formats.scenarios.to_talks_file import write_as_talks
    from goodoffices.formats.scenarios.writer import write_scenario

    _check_source(source)
    _check_target(source, target)
    scenario = chosen_profiles(read_scenario(source, grid=grid), profiles)
    make_folder(target.parent)
    try:
        if to == "talks":
            report = write_as_talks(scenario, target, lossy=lossy, force=force)
        else:
            report = write_scenario(scenario, target, _SHORT.get(to, to), lossy=lossy, force=force)
    except OSError as error:
        raise StorageError(f"{target} cannot be written: {error.strerror}; name another folder") from error
    parties, issues = len(scenario.bargain.parties), len(scenario.bargain.issues)
    sizes = f"{parties} {'party' if parties == 1 else 'parties'}, {issues} {'issue' if issues == 1 else 'issues'}"
    show_text(f"Wrote {target}: {sizes}.")
    lines = str(report) if report.entries else "Nothing was lost."
    show_text(lines)
    losses = [entry for entry in report.entries if entry.grade is not Grade.NOTE]
    raise SystemExit(1 if losses else 0)


def _check_source(source: str) -> None:
    """Refuse talks: their assessments are for some seats only, and files of other programs cannot restrict readers."""
    from goodoffices.cli.settle import is_talks
    from goodoffices.formats.talks_file.reader import scenario_names

    if not Path(source).exists() and source not in scenario_names():
        raise_not_there(source, "file or folder")
    if is_talks(source):
        raise ScenarioError(
            f"{source} is a talks file, and its assessments are for some seats only; files of other programs cannot "
            "restrict readers. Use `goodoffices settle`, which reads talks as they are"
        )


def _check_target(source: str, target: Path) -> None:
    """Refuse a target that would replace what is read, or more than one scenario."""
    # ``Path.resolve`` fails on a link that leads to itself.
    here, there = (Path(os.path.realpath(path)) for path in (source, target))
    if there == here or there in here.parents:
        raise ScenarioError(f"{target} is the source or contains it; name another folder")
    if target.exists() and not target.is_dir():
        raise ScenarioError(f"{target} is a file; name a folder")


@terminal_command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def formats(as_json: bool) -> None:
    """List the formats of scenarios: what each holds, whether it can be written, and what is lost in writing."""
    from goodoffices.formats.scenarios.detect import DIALECTS

    rows = [
        {"format": name, "holds": dialect.holds, "written": name in LOSSES, "loses": LOSSES.get(name, "")}
        for name, dialect in DIALECTS.items()
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        show_text(f"{row['format']}\n  holds: {row['holds']}")
        show_text(f"  written; lost: {row['loses']}" if row["written"] else "  read only")
    show_text("talks\n  holds: everything of a talks file; `goodoffices check` reads it")
    show_text(f"  written; lost: {_LOST_IN_TALKS}")


_ALWAYS = (
    "links between issues are refused; red lines, constraints, the rule, strict reservation values, worth per turn, "
    "opting out"
)
LOSSES = {
    "genius-xml": f"{_ALWAYS}; points above 1 are divided by the best settlement",
    "geniusweb-json": f"{_ALWAYS}; discounts, caps; the reservation value becomes that of a settlement",
    "negolog": f"{_ALWAYS}; discounts, caps; more than two parties are refused",
    "negmas-yaml": f"{_ALWAYS}; caps",
}
"""What is lost in writing each format."""
_LOST_IN_TALKS = (
    "links between issues are refused; constraints, the rule, strict reservation values, caps, discounts, worth per "
    "turn, opting out"
)
