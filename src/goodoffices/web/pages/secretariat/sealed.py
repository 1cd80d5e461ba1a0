"""Sealed files: the keys of seats that do not connect, the files made for them, and their commands brought back."""

from __future__ import annotations

from goodoffices.talks.seats.sealed_keys import Compared
from goodoffices.talks.seats.sealed_outcomes import answered_files
from goodoffices.talks.state.known_seats import KnownSeat
from goodoffices.web.pages.page import Data, Page, PageContext


def _sealed(context: PageContext, _: str) -> Data | None:
    me = context.view.me
    if me is None:
        return None
    makes = context.has("SealFile")
    seats = [seat for seat in context.others() if not seat.closed] if makes else []
    ready = [seat for seat in seats if seat.sealing_key is not None]
    return {
        "me": me,
        "makes": makes,
        "ready": [(seat, _files(context, seat)) for seat in ready],
        "without": [seat.slug for seat in seats],
        "own_files": _files(context, me),
        "answered": [*answered_files(context.view)],
        "compared": [one.value for one in Compared],
        "brought": [notice for notice in context.view.notices if notice.kind == "SealedImported"][::-1],
    }


def _files(context: PageContext, seat: KnownSeat) -> list[tuple[int, int, str]]:
    """Return the files made for a seat, the last first: its number, how many came after it, and when it was made."""
    made = [context.view.notices[n - 1].at for n in seat.sealed]
    return [(number, len(made) - number, at) for number, at in enumerate(made, start=1)][::-1]


SEALED = Page(
    path="sealed",
    template="sealed.html",
    title="Sealed files",
    parts=("files", "bring", "own"),
    data=_sealed,
    under="record",
)
