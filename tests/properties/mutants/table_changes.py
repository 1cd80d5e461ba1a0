"""Changes of tables by rows, columns and cells."""

from __future__ import annotations

import csv
import io
import random


def _cells(data: bytes) -> tuple[list[list[str]], str]:
    text = data.decode("utf-8", errors="surrogateescape")
    mark = max(",;\t", key=text.count)
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)], mark


def _written(rows: list[list[str]], mark: str) -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=mark, lineterminator="\n").writerows(rows)
    return made.getvalue().encode("utf-8", errors="surrogateescape")


def _emptied(rows: list[list[str]], at: int, column: int, rng: random.Random) -> list[list[str]]:
    rows[at][column : column + 1] = [""]
    return rows


def _without_column(rows: list[list[str]], at: int, column: int, rng: random.Random) -> list[list[str]]:
    return [[cell for k, cell in enumerate(row) if k != column] for row in rows]


def _column_doubled(rows: list[list[str]], at: int, column: int, rng: random.Random) -> list[list[str]]:
    return [[*row[: column + 1], *row[column:]] for row in rows]


def _columns_swapped(rows: list[list[str]], at: int, column: int, rng: random.Random) -> list[list[str]]:
    other = rng.randrange(max(1, len(rows[at])))
    for row in rows:
        if max(column, other) < len(row):
            row[column], row[other] = row[other], row[column]
    return rows


def _name_doubled(rows: list[list[str]], at: int, column: int, rng: random.Random) -> list[list[str]]:
    rows[0][rng.randrange(len(rows[0]))] = rng.choice(rows[0])
    return rows


def _blank_row(rows: list[list[str]], at: int, column: int, rng: random.Random) -> list[list[str]]:
    return [*rows[:at], [""] * len(rows[0]), *rows[at:]]


def _cell_more(rows: list[list[str]], at: int, column: int, rng: random.Random) -> list[list[str]]:
    rows[at].append(rng.choice(["", "x", "5"]))
    return rows


def _cell_less(rows: list[list[str]], at: int, column: int, rng: random.Random) -> list[list[str]]:
    del rows[at][column:]
    return rows


def _header_again(rows: list[list[str]], at: int, column: int, rng: random.Random) -> list[list[str]]:
    return [*rows[:at], list(rows[0]), *rows[at:]]


_OF_CELLS = (
    _emptied, _without_column, _column_doubled, _columns_swapped, _name_doubled, _blank_row, _cell_more, _cell_less,
    _header_again,
)  # fmt: skip


def cells_changed(data: bytes, rng: random.Random) -> bytes:
    """Change rows, columns or cells of a table, or the mark between them."""
    try:
        rows, mark = _cells(data)
    except csv.Error:
        return data
    if not rows or not rows[0]:
        return data
    if rng.random() < 0.1:
        return _written(rows, rng.choice([one for one in ",;\t|" if one != mark]))
    at = rng.randrange(len(rows))
    column = rng.randrange(max(1, len(rows[at])))
    return _written(rng.choice(_OF_CELLS)(rows, at, column, rng), mark)
