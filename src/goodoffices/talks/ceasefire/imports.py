"""Rows of a file that become allegations of a ledger: hundreds in one act, with their texts sealed apart.

Who reads a file computes by what each row is recognised, and sends only what is new or changed. So the same file again
changes nothing. The tags are made with a key that the seats of the keeper alone read: nobody else can test a guess.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import repeat
from typing import Annotated, Any

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase, reason_of
from goodoffices.talks.base.acts import Content, Ref, Words
from goodoffices.talks.base.states import Face
from goodoffices.talks.ceasefire.commands import ledger_faces, own_ledger
from goodoffices.talks.model.ceasefire import ALLEGATION_KINDS, DEATH_TIMINGS, figures_of, point_of
from goodoffices.talks.model.masks import HIDEABLE, PLACE_LEVELS, TIME_LEVELS, Mask, told_mask
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_ceasefire import KnownLedger, tag_key

VOICES = ("yes", "no", "")
MOST_ROWS = 500
"""The most rows of one act."""
USUAL_ROWS = 200
"""How many rows of a file are filed at once. Between two acts of a file other seats are served."""
ROW_FIELDS = (
    "kind", "occurred_from", "occurred_to", "area", "point", "place_precision", "date_precision", "alleged_violator",
    "killed", "injured", "told_at", "review", "single_voice", "death_timing",
)  # fmt: skip
"""What the columns of rows can be. An empty cell is not stated."""
TEXT_FIELDS = ("place", "words")
REVIEWS = ("approved", "rejected", "")
"""How a row was reviewed where it comes from: it is taken in, set aside, or waits for a first look."""
_LATENESS = timedelta(minutes=10)
_DAY = timedelta(days=1)
"""A row of today that has no hour ends when the day does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportAllegations(Command):
    """File rows of a table as allegations in a ledger that you keep, at most 500 at a time.

    ``columns`` name what the cells of each row are. ``texts`` and ``reporters`` are JSON lists with an entry for each
    row. ``origins`` have for each row the tag by which it is recognised, the tag of its content, and its line. With
    ``revises``, each row takes the place of an earlier allegation. The mask is that of each row: how fine it may be
    shown outside the ledger. With ``stays`` no other seat is told of the rows at all.
    """

    ledger: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    origins: tuple[tuple[str, ...], ...]
    texts: Words
    reporters: Words | None = None
    key: Words | None = None
    revises: tuple[str, ...] = ()
    file: str = ""
    mask_place: Annotated[str, PLACE_LEVELS] = "exact"
    mask_time: Annotated[str, TIME_LEVELS] = "hour"
    mask_hides: tuple[Annotated[str, HIDEABLE], ...] = ()
    stays: bool = False


_SHOWN = ("allegations", "ledger", "columns", "rows", "texts", "revises", "mask", "stays")
_KEPT = (*_SHOWN, "origins", "reporters", "key", "file")


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationsImported(Content):
    """The keeper of a ledger filed rows of a table as allegations. Who reported them stays with the keeper."""

    FACES = {Face.SELF: _KEPT, Face.KEEPER: _KEPT, Face.ALL: _SHOWN}
    NEW = {"allegations": "a"}
    REFS = ("ledger", "revises")

    allegations: tuple[Ref, ...]
    ledger: Ref
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    origins: tuple[tuple[str, ...], ...]
    texts: Words
    reporters: Words | None = None
    key: Words | None = None
    revises: tuple[Ref, ...] = ()
    file: str = ""
    mask: Mask | None = None
    stays: bool | None = None


def import_allegations(context: CommandContext, command: ImportAllegations) -> None:
    """File rows as allegations, all or none of them. Who keeps the ledger is told more than who reads it."""
    thing, held = own_ledger(context, command.ledger)
    _check_form(context, command, held)
    _check_rows(context, command)
    revised = [context.find(handle, context.known.allegations) for handle in command.revises]
    for _, one in revised:
        if one.ledger != command.ledger or one.withdrawn or one.revised_by:
            raise context.refuse("done", case="revised", handle=one.handle)
    new = context.new()
    filed = AllegationsImported(
        allegations=tuple(Ref(f"{new}.a{k}") for k in range(len(command.rows))),
        ledger=thing,
        columns=command.columns,
        rows=command.rows,
        origins=command.origins,
        texts=command.texts,
        reporters=command.reporters,
        key=command.key,
        revises=tuple(ref for ref, _ in revised),
        file=command.file,
        mask=told_mask(command.mask_place, command.mask_time, command.mask_hides),
        stays=command.stays or None,
    )
    context.write(filed, [(context.seat, Face.SELF), *ledger_faces(context, thing, held, stays=command.stays)])


def _check_form(context: CommandContext, command: ImportAllegations, held: KnownLedger) -> None:
    """Refuse rows that do not have one cell for each column, and lists that do not have an entry for each row."""
    n = len(command.rows)
    wrong = [name for name in command.columns if name not in ROW_FIELDS]
    if wrong or len(set(command.columns)) < len(command.columns) or not {"kind", "occurred_from"} <= {*command.columns}:
        raise context.refuse("bad_value", case="row_columns", known=", ".join(ROW_FIELDS))
    if not 0 < n <= MOST_ROWS or any(len(row) != len(command.columns) for row in command.rows):
        raise context.refuse("bad_value", case="rows", most=str(MOST_ROWS))
    lists = [_entries(command.texts), command.origins]
    lists += [] if command.reporters is None else [_entries(command.reporters)]
    lists += [command.revises] if command.revises else []
    if any(len(one) != n for one in lists) or any(len(origin) != 3 for origin in command.origins):
        raise context.refuse("bad_value", case="row_lists")
    if (held.key is None) == (command.key is None):
        raise context.refuse("bad_value", case="row_key")
    if command.revises:
        return
    if any(tag_key(held.handle, origin[0]) in context.known.row_tags for origin in command.origins):
        raise context.refuse("done", case="rows")


def _entries(words: Words) -> Sequence[Any]:
    """Return the entries of a JSON list, or nothing if it is not one."""
    try:
        found = json.loads(words.text)
    except ValueError:
        return ()
    return found if isinstance(found, list) else ()


def _check_rows(context: CommandContext, command: ImportAllegations) -> None:
    """Refuse rows with something wrong, and name the first of them.

    Rows share most of their cells. So what stands in a column is looked at once, and each row only if something is
    wrong somewhere.
    """
    columns = dict(zip(command.columns, zip(*command.rows, strict=True), strict=True))
    try:
        for name, cells in columns.items():
            for text in set(cells):
                _check_cell(context, name, text)
        for begins, ends in set(zip(columns["occurred_from"], columns.get("occurred_to", repeat("")), strict=False)):
            _check_times(begins, ends, context.at)
    except ScenarioError:
        for n, row in enumerate(command.rows, start=1):
            try:
                _check_row(context, dict(zip(command.columns, row, strict=True)))
            except ScenarioError as error:
                raise context.refuse("bad_row", n=str(n), why=Phrase("{what}.", what=reason_of(error))) from error
        raise


def _check_row(context: CommandContext, row: Mapping[str, str]) -> None:
    """Raise ``ScenarioError`` for the first thing that is wrong with a row."""
    for name in ROW_FIELDS:
        if name in row:
            _check_cell(context, name, row[name])
    _check_times(row["occurred_from"], row.get("occurred_to", ""), context.at)


def _check_cell(context: CommandContext, name: str, text: str) -> None:
    """Raise ``ScenarioError`` if something is wrong with a cell by itself."""
    if name == "area" and text and text not in context.known.areas:
        raise ScenarioError(Phrase("the area {row} is not known", row=repr(text[:40])))
    check = _CHECKS.get(name)
    if check is not None and (text or name == "kind"):
        check(text)


def _check_times(begins: str, ends: str, at: datetime) -> None:
    begun = _instant(begins)
    ended = _instant(ends) if ends else begun
    if ended < begun:
        raise ScenarioError(Phrase("it ends before it begins"))
    if begun > at + _LATENESS or ended > at + _DAY:
        raise ScenarioError(Phrase("it lies in the future"))


def _up_to(most: int) -> Callable[[str], None]:
    known = frozenset(map(str, range(1, most + 1)))

    def check(text: str) -> None:
        if text not in known:
            raise ScenarioError(Phrase("{text} is not a number from 1 to {most}", text=repr(text[:20]), most=str(most)))

    return check


def _instant(text: str) -> datetime:
    """Return an instant written as 2017-01-05T12:10Z."""
    if len(text) == len("2017-01-05T12:10Z") and text.endswith("Z") and text[10] == "T":
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    raise ScenarioError(Phrase("{text} is not an instant; write it like 2017-01-05T12:10Z", text=repr(text[:40])))


def _one_of(known: Collection[str], why: Callable[[str], Phrase]) -> Callable[[str], None]:
    def check(text: str) -> None:
        if text not in known:
            raise ScenarioError(why(text))

    return check


_CHECKS: Mapping[str, Callable[[str], object]] = {
    "kind": _one_of(
        frozenset(ALLEGATION_KINDS), lambda text: Phrase("the kind {row} is not known", row=repr(text[:40]))
    ),
    "review": _one_of(REVIEWS, lambda _: Phrase("the review is neither approved nor rejected")),
    "single_voice": _one_of(VOICES, lambda _: Phrase("whether one voice alone says so is neither yes nor no")),
    "death_timing": _one_of(
        DEATH_TIMINGS,
        lambda _: Phrase("when they died is none of: {death_timings}", death_timings=", ".join(DEATH_TIMINGS)),
    ),
    "told_at": _instant,
    "point": point_of,
    "killed": figures_of,
    "injured": figures_of,
    "place_precision": _up_to(7),
    "date_precision": _up_to(5),
}
