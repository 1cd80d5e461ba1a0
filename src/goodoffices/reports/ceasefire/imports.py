"""What a file would add to a ledger: its rows compared with what the ledger has of it, and the commands that file them.

Each row is recognised by a tag. It is made of what the file itself calls the row or, where the file gives it no name,
of all that it says, with a key that only the seats of the keeper read.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.formats.allegation_tables.reader import AllegationRow, AllegationTable, Names, names_of
from goodoffices.names import nearest_word
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.acts import Words
from goodoffices.talks.ceasefire.imports import ROW_FIELDS, USUAL_ROWS, ImportAllegations
from goodoffices.talks.model.masks import Mask
from goodoffices.talks.state.known_ceasefire import KnownAllegation, KnownLedger, tag_key
from goodoffices.talks.state.view import View

_ARABIC = re.compile("[\u0621-\u064a]")
_TAG_BYTES = 12
_CELLS = attrgetter(*(name for name in AllegationRow._fields if name not in ("line", "death_timing", "placed_area")))


class TaggedRow(NamedTuple):
    """A row with the tag by which it is recognised, the tag of its content, and the allegation that it revises."""

    row: AllegationRow
    tag: str
    content: str
    revises: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What a file would do to a ledger: rows that are new, that changed, that are the same, and that it no longer has.

    ``key`` is the new key of a ledger that had none, else empty. With ``stays`` the rows may not be passed on.
    """

    ledger: str
    file: str
    new: tuple[TaggedRow, ...]
    revised: tuple[TaggedRow, ...]
    n_same: int
    missing: tuple[KnownAllegation, ...]
    key: str = ""
    stays: bool = False

    @property
    def n_filed(self) -> int:
        """How many rows would be filed."""
        return len(self.new) + len(self.revised)


def kept_ledger(view: View, name: str | None) -> KnownLedger:
    """Return a ledger that the seat of a view keeps, by its handle or short name; without a name, the only one.

    Raises
    ------
    ScenarioError
        If the seat keeps no ledger, or several and none is named.
    UnknownWordError
        If it keeps no ledger of that name.
    """
    mine = [held for held in view.known.ledgers.values() if held.ledger.keeper == view.known.actor_of(view.seat)]
    if not mine:
        raise ScenarioError(
            Phrase("{seat} keeps no ledger; open one first, or name the seat that keeps it with --seat", seat=view.seat)
        )
    by_name = {word: held for held in mine for word in (held.handle, held.ledger.slug)}
    if name is None and len(mine) > 1:
        raise ScenarioError(
            Phrase(
                "{seat} keeps {n} ledgers; name one with --ledger: {names}",
                seat=view.seat,
                n=str(len(mine)),
                names=", ".join(by_name),
            )
        )
    if name is not None and name not in by_name:
        raise UnknownWordError("ledger", name, tuple(by_name), nearest=nearest_word(name, by_name))
    return mine[0] if name is None else by_name[name]


def names_in(view: View, now: datetime) -> Names:
    """Return what the words of a table can mean to a view: its areas and actors by all their names, and its clock."""
    known = view.known
    areas = {
        area.slug: (*(name.text for name in area.names), *([area.code] if area.code else []))
        for area in known.areas.values()
    }
    actors = {slug: tuple(name.text for name in actor.names) for slug, actor in known.actors.items()}
    return Names(areas=names_of(areas), actors=names_of(actors), zone=view.zone, now=now)


def import_plan(view: View, ledger: KnownLedger, table: AllegationTable, new_key: str) -> ImportPlan:
    """Compare the rows of a file with what a ledger has of them.

    Parameters
    ----------
    new_key
        The key that a ledger gets with its first file: 32 random bytes in hexadecimal.

    Raises
    ------
    ScenarioError
        If the key of the ledger was destroyed: then no row can be recognised. If the rows may not be passed on, and the
        ledger is open to all.
    """
    if not table.may_leave and ledger.ledger.is_open:
        raise ScenarioError(
            Phrase(
                "rows of {file} may not be passed on, and all seats read ledger {handle}. Open a ledger that "
                "nobody but you reads, and import the file there",
                file=table.file,
                handle=ledger.handle,
            )
        )
    held = None if ledger.key is None else view.text(ledger.key)
    if ledger.key is not None and held is None:
        raise ScenarioError(
            Phrase(
                "the key by which rows of ledger {handle} are recognised was destroyed; import into a new ledger",
                handle=ledger.handle,
            )
        )
    key = bytes.fromhex(held or new_key)
    known, tags = view.known, view.known.row_tags
    new: list[TaggedRow] = []
    revised: list[TaggedRow] = []
    seen: set[str] = set()
    ordinals: Counter[bytes] = Counter()
    for row in table.rows:
        tagged = _tagged(row, key, ordinals)
        seen.add(tagged.tag)
        handle = tags.get(tag_key(ledger.handle, tagged.tag))
        earlier = None if handle is None else known.allegations[handle]
        if earlier is None:
            new.append(tagged)
        elif earlier.content != tagged.content and not earlier.withdrawn:
            revised.append(tagged._replace(revises=earlier.handle))
    missing = tuple(
        one for handle in ledger.allegations
        if (one := known.allegations[handle]).file == table.file and one.tag not in seen and not one.revised_by
    )  # fmt: skip
    return ImportPlan(
        ledger=ledger.handle, file=table.file, new=tuple(new), revised=tuple(revised),
        n_same=len(table.rows) - len(new) - len(revised), missing=missing, key="" if held else new_key,
        stays=not table.may_leave,
    )  # fmt: skip


def _tagged(row: AllegationRow, key: bytes, ordinals: Counter[bytes]) -> TaggedRow:
    """Return a row with its tags; equal rows of a file without names are told apart by their number."""
    # A field that came later is a part of what a row says only where it says it: rows filed before stay the same.
    said = "\x1f".join((*_CELLS(row), *([row.death_timing] if row.death_timing else []))).encode()
    content = hashlib.blake2b(said, key=key, digest_size=_TAG_BYTES).hexdigest()
    if row.source_id:
        name = b"id\x1f" + row.source_id.encode()
    else:
        ordinals[said] += 1
        name = b"row\x1f%d\x1f" % ordinals[said] + said
    return TaggedRow(row=row, tag=hashlib.blake2b(name, key=key, digest_size=_TAG_BYTES).hexdigest(), content=content)


def import_commands(
    plan: ImportPlan, *, language: str = "en", most: int = USUAL_ROWS, mask: Mask | None = None
) -> Iterator[ImportAllegations]:
    """Yield the commands that file what is new and what changed, 200 rows each, all with one mask."""
    mask = mask or Mask()
    key = plan.key
    for rows in (plan.new, plan.revised):
        for begin in range(0, len(rows), most):
            yield _command(plan, rows[begin : begin + most], key, language, mask)
            key = ""


def _command(plan: ImportPlan, tagged: Sequence[TaggedRow], key: str, language: str, mask: Mask) -> ImportAllegations:
    rows = [one.row._replace(area=one.row.area or one.row.placed_area) for one in tagged]
    columns = tuple(name for name in ROW_FIELDS if any(getattr(row, name) for row in rows))
    reporters = [row.reporter for row in rows]
    return ImportAllegations(
        ledger=plan.ledger,
        columns=columns,
        rows=tuple(tuple(getattr(row, name) for name in columns) for row in rows),
        origins=tuple((one.tag, one.content, one.row.line) for one in tagged),
        texts=Words(text=json.dumps([_texts(row) for row in rows], ensure_ascii=False), lang=language),
        reporters=Words(text=json.dumps(reporters, ensure_ascii=False), lang=language) if any(reporters) else None,
        key=Words(text=key, lang="zxx") if key else None,
        revises=tuple(one.revises for one in tagged if one.revises),
        file=plan.file,
        mask_place=mask.place,
        mask_time=mask.time,
        mask_hides=mask.hides,
        stays=plan.stays,
    )


def _texts(row: AllegationRow) -> dict[str, str]:
    """Return what people wrote in a row, and in which language, as far as its letters say."""
    said = {"place": row.place, "words": row.words, "stated": row.stated}
    if _ARABIC.search(row.words or row.place):
        said["lang"] = "ar"
    return {name: text for name, text in said.items() if text}


def plan_sentences(plan: ImportPlan, *, is_done: bool) -> tuple[str, ...]:
    """Return in sentences what a file does to a ledger."""
    verb = "Filed" if is_done else "Would be filed"
    said = [
        f"{verb}: {len(plan.new):,} new rows, {len(plan.revised):,} changed rows. The same as before: {plan.n_same:,}."
    ]
    if plan.missing:
        named = ", ".join(one.handle for one in plan.missing[:20])
        more = f" and {len(plan.missing) - 20} more" if len(plan.missing) > 20 else ""
        said.append(
            f"In the ledger from an earlier {plan.file}, and no longer in it; nothing is changed: {named}{more}."
        )
    return tuple(said)
