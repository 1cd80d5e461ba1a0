"""`goodoffices exercise batch` and `exercise demo`: exercises that play themselves."""

from __future__ import annotations

import json
import textwrap
import time
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goodoffices.cli.terminal.commands import terminal_command
from goodoffices.cli.terminal.completion import talks_or_files
from goodoffices.cli.terminal.output import show_text, text_width
from goodoffices.cli.terminal.progress_line import say, waiting
from goodoffices.cli.terminal.values import Whole

if TYPE_CHECKING:
    from goodoffices.exercises.demonstration import Scene


@terminal_command()
@click.argument("scenario", shell_complete=talks_or_files)
@click.option("--runs", type=Whole(1, 10_000), default=100, show_default=True, help="How many seeds.")
@click.option("--seed", type=Whole(0), default=1, show_default=True, help="The first seed.")
@click.option("--difficulty", default="as-it-was", show_default=True, help="calm, as-it-was or hard-night.")
@click.option("--twice", is_flag=True, help="Play each again with other delays and words, to see what chance decides.")
@click.option("--workers", type=Whole(0), default=0, help="Processes; by default this one.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def batch(  # noqa: PLR0913 - one argument for each option
    scenario: str, runs: int, seed: int, difficulty: str, twice: bool, workers: int, as_json: bool, quiet: bool
) -> None:
    """Let automated seats play SCENARIO once for each seed, and say what decided each result.

    SCENARIO is a bundled name (astana-2017) or the folder of a talks file with an automated.yaml beside it. Every act
    goes through the same rules as acts of people. It is a rehearsal and not a forecast.
    """
    from goodoffices.exercises.automated_batch import batch as play, batch_text, batch_values

    with waiting(is_quiet=quiet) as told:
        seeds = range(seed, seed + runs)
        found = play(scenario, seeds, difficulty=difficulty, twice=twice, workers=workers, progress=told)
    if not found.runs:
        raise click.Abort
    text = json.dumps(batch_values(found), ensure_ascii=False, indent=2) if as_json else batch_text(found, text_width())
    say(text, told, is_data=as_json)


@terminal_command()
@click.argument("scenario", default="astana-2017")
@click.option("--language", default="en", show_default=True, help="The language of the captions: en or ar.")
@click.option("--fast", is_flag=True, help="Show it at once, without pauses.")
def demo(scenario: str, language: str, fast: bool) -> None:
    """Show a demonstration that plays itself in three minutes.

    Three seats stand side by side. Each column has what that seat was told, and nothing else. Ctrl-C ends it.
    """
    from goodoffices.exercises.demonstration import demonstration
    from goodoffices.formats.talks_file.reader import find_scenario, read_talks

    folder = Path(scenario) if Path(scenario).is_dir() else find_scenario(scenario)
    started = time.monotonic()
    for scene in demonstration(folder, read_talks(folder), language):
        if not fast:
            time.sleep(max(0.0, scene.second - (time.monotonic() - started)))
        show_text(scene_text(scene, text_width()), is_data=True)


def scene_text(scene: Scene, width: int) -> str:
    """Return one scene as text: the caption, and the seats in columns of equal width."""
    n = max(1, len(scene.lanes))
    column = max(16, (width - 2 * (n - 1)) // n)
    cells = [
        [name.upper(), *(part for line in lines for part in textwrap.wrap(line, column))] for name, lines in scene.lanes
    ]
    rows = zip_longest(*cells, fillvalue="")
    columns = ["  ".join(text[:column].ljust(column) for text in row).rstrip() for row in rows]
    return "\n".join(("", f"{scene.second:>4} s  {scene.caption}", "", *columns))
