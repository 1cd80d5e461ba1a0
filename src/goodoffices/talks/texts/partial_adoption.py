"""Partial adoption: turn clean clauses into a separate version, unless a condition ties them to the rest."""

from __future__ import annotations

from goodoffices.talks.documents.alignment import Layout
from goodoffices.talks.model.packages import dangling
from goodoffices.talks.state.command_context import CommandContext
from goodoffices.talks.state.known_texts import KnownVersion


def check_part(context: CommandContext, parent: KnownVersion, layout: Layout) -> None:
    """Refuse unless the clauses of ``layout`` are clean clauses of ``parent`` and do not need any that is left out.

    A package ties clauses together if its conditions name their numbers.
    """
    kept = [k for k, clause in enumerate(parent.clauses) if clause in layout.clauses]
    if len(kept) < len(layout.clauses):
        raise context.refuse("unknown", case="part")
    still_open = [parent.numbers[k] for k in kept if k in parent.open]
    if still_open:
        raise context.refuse("bracketed", clauses=", ".join(still_open))
    numbers = {parent.numbers[k] for k in kept}
    left = set(parent.numbers) - numbers
    for package in context.known.packages.values():
        if package.version != parent.handle or package.closed:
            continue
        for what, needs in dangling(package.put, numbers):
            if needs in left:
                raise context.refuse("dangling_condition", case="clauses", what=what, needs=needs)
