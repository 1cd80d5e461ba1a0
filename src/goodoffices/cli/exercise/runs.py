"""`goodoffices exercise batch` and `exercise demo`: exercises that play themselves."""

from __future__ import annotations

import json

import click

from goodoffices.cli.terminal.output import text_width
from goodoffices.cli.terminal.progress_line import say, waiting


@click.command()
@click.argument("scenario")
@click.option("--runs", type=click.IntRange(1, 10_000), default=100, show_default=True, help="How many seeds.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The first seed.")
@click.option("--difficulty", default="as-it-was", show_default=True, help="calm, as-it-was or hard-night.")
@click.option("--twice", is_flag=True, help="Play each again with other delays and words, to see what chance decides.")
@click.option("--workers", type=click.IntRange(min=0), default=0, help="Processes; by default this one.")
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
    text = json.dumps(batch_values(found), ensure_ascii=False, indent=2) if as_json else batch_text(found, text_width())
    say(text, told, is_data=as_json)
