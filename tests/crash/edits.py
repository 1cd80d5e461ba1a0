"""Random edits of stored rows, as an intruder with the file and without the key would make them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from goodoffices.record.backends.database import COLUMNS

Value = int | str | bytes
Row = tuple[Value, ...]
Rows = dict[str, list[Row]]

TABLES = ("record", "act", "body", "key", "request", "anchor")
WEIGHTS = (1, 5, 2, 2, 2, 1)  # most of what there is to get wrong is in the envelopes
HEX_DIGITS = b"0123456789abcdef"
KINDS = ("edit", "delete", "insert", "swap", "truncate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What was done, for the message of a failing test, and the tables afterwards."""

    what: str
    after: Rows


def draw_edit(rows: Rows, rng: random.Random) -> Edit:
    """Return ``rows`` with one change; draw again where a change would change nothing."""
    while True:
        kind = rng.choice(KINDS)
        [table] = rng.choices(TABLES, WEIGHTS)
        after = {name: list(kept) for name, kept in rows.items()}
        what = f"{kind} in {table}: {CHANGES[kind](after, table, rng)}"
        names = [row[0] for row in after[table]]
        if contents(after) != contents(rows) and len(set(names)) == len(names):
            return Edit(what=what, after=after)


def contents(rows: Rows) -> dict[str, list[Row]]:
    """The rows in an order of their own: tables have none."""
    return {table: sorted(kept, key=repr) for table, kept in rows.items()}


def changed(value: Value, rng: random.Random) -> Value:
    """One byte of ``value`` changed; of a number, one of its eight."""
    if isinstance(value, int):
        return value ^ rng.randrange(1, 256) << 8 * rng.choice((0, 0, 0, 1, 2))
    if isinstance(value, str):
        return str(changed(value.encode(), rng), "latin-1")  # type: ignore[arg-type]
    position = rng.randrange(len(value)) if value else 0
    old = value[position] if value else 0
    # Half the changes in an envelope put one digit for another, which still reads as an envelope.
    like = HEX_DIGITS if old in HEX_DIGITS and rng.random() < 0.5 else range(256)
    new = rng.choice([byte for byte in like if byte != old])
    return value[:position] + bytes([new]) + value[position + 1 :]


def as_bytes(value: Value) -> bytes:
    assert isinstance(value, bytes)
    return value


def edit(rows: Rows, table: str, rng: random.Random) -> str:
    index = rng.randrange(len(rows[table]))
    column = rng.randrange(len(COLUMNS[table]))
    row = rows[table][index]
    rows[table][index] = (*row[:column], changed(row[column], rng), *row[column + 1 :])
    return f"{COLUMNS[table][column]} of row {index}"


def delete(rows: Rows, table: str, rng: random.Random) -> str:
    index = rng.randrange(len(rows[table]))
    del rows[table][index]
    return f"row {index}"


def insert(rows: Rows, table: str, rng: random.Random) -> str:
    """A copy of a row under another name, or with another content as well."""
    row = list(rng.choice(rows[table]))
    for column in {0, rng.randrange(len(row))}:
        row[column] = changed(row[column], rng)
    if table == "act" and rng.random() < 0.5:
        row[0] = len(rows[table]) + 1
    rows[table].append(tuple(row))
    return f"a row named {row[0]!r}"


def swap(rows: Rows, table: str, rng: random.Random) -> str:
    """Two rows exchange one column, or all but their names."""
    one, other = rng.randrange(len(rows[table])), rng.randrange(len(rows[table]))
    a, b = list(rows[table][one]), list(rows[table][other])
    columns = range(1, len(a)) if rng.random() < 0.5 else [rng.randrange(len(a))]
    for column in columns:
        a[column], b[column] = b[column], a[column]
    if one != other:
        rows[table][one], rows[table][other] = tuple(a), tuple(b)
    return f"rows {one} and {other}"


def truncate(rows: Rows, table: str, rng: random.Random) -> str:
    """Cut the acts at a group, with all that hangs on them: only the anchor remembers."""
    envelopes = [as_bytes(row[1]) for row in rows["act"]]
    cut = rng.choice([seq for seq, data in enumerate(envelopes, start=1) if b'"group":[%d,' % seq in data])
    named = b"".join(envelopes[: cut - 1])
    rows["act"] = rows["act"][: cut - 1]
    rows["body"] = [row for row in rows["body"] if as_bytes(row[0]).hex().encode() in named]
    kept = {row[1] for row in rows["body"]}
    rows["key"] = [row for row in rows["key"] if row[0] in kept]
    rows["request"] = [row for row in rows["request"] if int(row[1]) < cut]
    return f"acts from {cut} on"


CHANGES = {"edit": edit, "delete": delete, "insert": insert, "swap": swap, "truncate": truncate}
