"""Planted leaks of files: names in properties, dates in archives, pages and marks that the record counts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

from goodoffices.formats.docx.writer import Look
from goodoffices.reports.texts.files import docx_file
from goodoffices.reports.texts.print_packs import Pack, pack_of
from goodoffices.talks.state.view import View
from properties.leaks.planting import Patch
from properties.worlds import outputs

Packed = list[tuple[zipfile.ZipInfo, bytes]]


def _repacked(patch: Patch, change: Callable[[View, str, Packed], None]) -> None:
    """Take the archive of every .docx file apart, let ``change`` spoil its entries, and put it together again."""
    original = docx_file

    def made(view: View, handle: str, language: str, *, look: Look = Look.MARKED) -> bytes:
        with zipfile.ZipFile(io.BytesIO(original(view, handle, language, look=look))) as packed:
            entries = [(entry, packed.read(entry)) for entry in packed.infolist()]
        change(view, handle, entries)
        again = io.BytesIO()
        with zipfile.ZipFile(again, "w") as packed:
            for entry, data in entries:
                packed.writestr(entry, data)
        return again.getvalue()

    patch.setattr(outputs, "docx_file", made)


def _acts_before(view: View, handle: str) -> int:
    """Return where in the whole record a version's words lie: no view tells it, and its bodies' ids do."""
    return int(view.known.versions[handle].papers[0].id.split(".")[0])


def the_pens_clerk_as_author_of_the_file(patch: Patch) -> None:
    """The properties name who typed the version, as every word processor would."""

    def change(view: View, handle: str, entries: Packed) -> None:
        author = f"<dc:creator>clerk {_acts_before(view, handle)}</dc:creator>"
        entries.append((zipfile.ZipInfo("docProps/core.xml"), author.encode()))

    _repacked(patch, change)


def dates_in_the_archive_from_the_order_of_the_record(patch: Patch) -> None:
    def change(view: View, handle: str, entries: Packed) -> None:
        for entry, _ in entries:
            entry.date_time = (
                2017,
                1,
                23,
                0,
                _acts_before(view, handle) // 30 % 60,
                _acts_before(view, handle) % 30 * 2,
            )

    _repacked(patch, change)


def _spoiled(patch: Patch, change: Callable[[View, Pack], Pack]) -> None:
    original = pack_of
    patch.setattr(outputs, "pack_of", lambda view: change(view, original(view)))


def blank_pages_for_everything_that_is_held(patch: Patch) -> None:
    """A pack has a page for each paper of the record, blank where the seat may not read it."""

    def change(view: View, pack: Pack) -> Pack:
        blanks = sum(view.words(f"{n}.0") is not None for n in range(1, 400))
        return replace(pack, data={**pack.data, "blank pages": blanks})

    _spoiled(patch, change)


def packs_numbered_by_the_record(patch: Patch) -> None:
    """The fingerprint covers how far the record had come when the pack was made."""

    def change(view: View, pack: Pack) -> Pack:
        latest = max((n for n in range(1, 400) if view.words(f"{n}.0") is not None), default=0)
        return replace(pack, data={**pack.data, "fingerprint": f"{pack.fingerprint}/{latest}"})

    _spoiled(patch, change)


FILE_LEAKS = (
    the_pens_clerk_as_author_of_the_file,
    dates_in_the_archive_from_the_order_of_the_record,
    blank_pages_for_everything_that_is_held,
    packs_numbered_by_the_record,
)
"""Every planted leak of this kind; ``catalogue`` names them."""
