"""What a reader is shown is cut only where it says so: a list with how many more there are, words with an ellipsis.

A slice up to a limit is found by its name (``_MOST_ROWS``, ``_LONGEST``, ``_SHOWN``). The module that cuts must also
compare with that limit or take it off a length, as it does where it says what is left out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SRC = Path(__file__).parents[2] / "src" / "goodoffices"
FOLDERS = ("reports", "cli", "exercises", "web/pages", "web/render", "web/routes")
TOLD_ELSEWHERE = {
    "cli/ledger/commands.py": "says how many more there are, less those that it shows",
    "cli/records.py": "folders that are searched for copies",
    "reports/forecast/plots.py": "a picture beside a table that has all rows",
    "reports/forecast/summary.py": "sentences that name the first of a ranking; the tables below have the rest",
    "reports/forecast/tables.py": "the note of the table of moves says how many are shown at most",
    "reports/ceasefire/ledger_weeks.py": "a strip of signs beside the table, each with the week that it stands for",
    "reports/rehearsal/run_pictures.py": "the picture says how many messages before it are left out",
    "reports/rehearsal/screen.py": "the first of a ranking that the terminal has in full",
    "reports/settlement/summary.py": "says how many more stand in the table, less those that it lists",
    "web/pages/ceasefire/allegations.py": "a few that are near, chosen from lists with all",
    "web/pages/find.py": "the page says that only the first are shown",
    "web/pages/hall/packs.py": "the page says how many more there are, and where they stand",
    "web/pages/home.py": "the page says that all of them are in the record",
    "web/pages/secretariat/week.py": "a limit of what is typed",
    "web/pages/texts/text.py": "a code that is compared and not shown",
    "web/pages/texts/texts.py": "columns that the reader chooses among all languages, which are listed",
    "web/render/day_strips.py": "a picture beside a table that has all areas",
    "web/routes/desks/ledger_tables.py": "the page says how many more rows there are of each sort",
    "web/routes/desks/rehearsal.py": "a limit of what is typed",
    "web/routes/people/seat_cards.py": "a limit of what is typed",
    "web/routes/uploads.py": "a name of a file",
    "web/routes/start_page.py": "the first sentences and sources of talks that nobody has opened yet",
}
"""Modules that cut and say so in another module or in a template, or that cut nothing that a reader is shown."""


def _cuts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            lower = node.slice.lower
            last = lower.operand if isinstance(lower, ast.UnaryOp) and isinstance(lower.op, ast.USub) else None
            yield from (end.id for end in (node.slice.upper, last) if isinstance(end, ast.Name) and end.id.isupper())


def _compared(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        sides = [node.right] if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) else []
        sides += [*node.comparators, node.left] if isinstance(node, ast.Compare) else []
        found |= {side.id for side in sides if isinstance(side, ast.Name)}
    return found


def test_whatever_is_cut_to_a_limit_is_held_against_it_to_say_so() -> None:
    silent = {}
    for path in sorted(one for folder in FOLDERS for one in (SRC / folder).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        missing = sorted({*_cuts(tree)} - _compared(tree))
        name = path.relative_to(SRC).as_posix()
        if missing and name not in TOLD_ELSEWHERE:
            silent[name] = missing
    assert not silent, f"these are cut and nothing says that there is more: {silent}"


def test_every_exception_is_still_needed() -> None:
    needed = set()
    for name in TOLD_ELSEWHERE:
        tree = ast.parse((SRC / name).read_text(encoding="utf-8"))
        needed |= {name} if {*_cuts(tree)} - _compared(tree) else set()
    assert needed == set(TOLD_ELSEWHERE)
