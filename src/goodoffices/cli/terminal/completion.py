"""What the shell completes where a command takes talks: names of bundled scenarios, else files."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem


def talks_or_files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the bundled scenarios that begin so; the shell adds files where there are none."""
    from goodoffices.formats.talks_file.reader import scenario_names

    named = [CompletionItem(name) for name in scenario_names() if incomplete and name.startswith(incomplete)]
    return [CompletionItem(incomplete, type="file"), *named]
