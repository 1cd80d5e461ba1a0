"""Results as text: aligned tables and comma-separated values."""

from __future__ import annotations

import csv
import io
import math
import textwrap
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction
from html import escape
from typing import Any


def beginning(text: str, most: int) -> str:
    """Return a text of at most ``most`` characters: the whole, or its first words and an ellipsis.

    A word is cut only if it alone is longer than that.
    """
    if len(text) <= most:
        return text
    words, _, _ = text[:most].rpartition(" ")
    return f"{words.rstrip(' ,;:،؛') or text[: most - 1]}…"


def few_words(text: str, most: int) -> str:
    """Return the first ``most`` words of a text, with an ellipsis if there are more."""
    words = text.split()
    return " ".join(words[:most]) + (" …" if len(words) > most else "")


def table_text(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as text, with the first column left-aligned and the others right-aligned."""
    widths = [max(len(str(row[at])) for row in (head, *rows)) for at in range(len(head))]
    lines = [
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in (head, *rows)
    ]
    return "\n".join(line.rstrip() for line in lines)


def wrapped_table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return the lines of a table of at most ``width`` characters; long cells are wrapped."""
    widths = _shared_widths([head, *rows], width)
    lines = []
    for n, row in enumerate((head, *rows)):
        cells = [textwrap.wrap(cell, size) or [""] for cell, size in zip(row, widths, strict=True)]
        for line in range(max(map(len, cells))):
            texts = [cell[line] if line < len(cell) else "" for cell in cells]
            lines.append("  ".join(text.ljust(size) for text, size in zip(texts, widths, strict=True)).rstrip())
        if n == 0:
            lines.append("  ".join("-" * size for size in widths))
    return lines


def _shared_widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Share the width among columns: narrow ones get what they need, wide ones are cut to one level.

    No column is narrower than its longest word while there is room for the longest words of all: a word that is cut
    in its middle has to be read twice.
    """
    wanted = [max(1, *(len(row[n]) for row in rows)) for n in range(len(rows[0]))]
    left = width - 2 * (len(wanted) - 1)
    least = [max((len(word) for row in rows for word in row[n].split()), default=1) for n in range(len(wanted))]
    if sum(least) > left:
        least = [min(3, low) for low in least]

    def at(level: int) -> list[int]:
        return [max(low, min(high, level)) for low, high in zip(least, wanted, strict=True)]

    # The total grows with the level, and no column needs more than the widest cell.
    level = bisect_right(range(max(wanted) + 1), left, key=lambda level: sum(at(level))) - 1
    widths = at(max(level, 0))
    for n, most in enumerate(wanted):  # what is left over by rounding
        widths[n] += min(max(0, left - sum(widths)), most - widths[n])
    return widths


def html_table(rows: Sequence[Mapping[str, Any]], caption: str = "") -> str:
    """Return rows as an HTML table, for notebooks."""
    names = list(rows[0]) if rows else []
    head = "".join(f"<th>{escape(str(name))}</th>" for name in names)
    body = "".join(f"<tr>{''.join(f'<td>{escape(_shown(row.get(name)))}</td>' for name in names)}</tr>" for row in rows)
    above = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{above}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _shown(value: Any) -> str:
    return "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)


def figure(value: int | float | Fraction) -> str:
    """Return a number as people read it: whole numbers with separators, others with six digits, none with an exponent.

    Numbers too large or too small for that are told by their power of ten.

    Examples
    --------
    >>> figure(16779204), figure(0.125), figure(Fraction(1, 3)), figure(10**40)
    ('16,779,204', '0.125', '0.333333', 'about 10^40')
    """
    exact = Fraction(value)
    if exact.denominator == 1 and abs(exact) < 10**15:
        return f"{int(exact):,}"
    if abs(exact) >= 10**15:
        return f"about {'-' if exact < 0 else ''}10^{len(str(abs(int(exact)))) - 1}"
    if abs(exact) < Fraction(1, 10**4):
        return f"about {'-' if exact < 0 else ''}10^-{len(str(math.ceil(1 / abs(exact)) - 1))}"
    before = len(str(abs(int(exact)))) if abs(exact) >= 1 else 0
    text = f"{float(exact):,.{max(0, 6 - before)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def csv_text(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] | None = None) -> str:
    """Return rows as comma-separated values with a header. None is an empty cell; floats keep all digits."""
    names = list(columns) if columns is not None else list(rows[0]) if rows else []
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([[_cell(row.get(name)) for name in names] for row in rows])
    return out.getvalue()


def with_column(text: str, name: str, words: str) -> str:
    """Return comma-separated values with one column more, which says the same of every row.

    Examples
    --------
    >>> with_column("a\\n1\\n", "note", "guessed")
    'a,note\\n1,guessed\\n'
    """
    head, *rows = csv.reader(io.StringIO(text))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[*head, name], *([*row, words] for row in rows)])
    return out.getvalue()


def _cell(value: Any) -> Any:
    return "" if value is None or (isinstance(value, float) and math.isnan(value)) else value


def counted(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun, such as ``1 issue`` or ``6 actors``; ``nouns`` if not by an *s*."""
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"
