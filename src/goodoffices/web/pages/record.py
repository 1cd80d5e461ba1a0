"""Record: the seat's own slice as a dated list, its fingerprint, and receipts of it."""

from __future__ import annotations

from goodoffices.talks.state.slices import Notice
from goodoffices.web.pages.page import Data, Page, PageContext, shown

SIZE = 50


def fingerprint(head: str) -> str:
    """Return the first 64 bits of a slice's head in four groups, for reading aloud."""
    return " ".join(head[n : n + 4] for n in range(0, 16, 4))


def _record(context: PageContext, _: str) -> Data:
    listed, pages = shown(list(context.view.notices)[::-1], context.number, size=SIZE)
    days: list[tuple[str, list[Notice]]] = []
    for notice in listed:
        day = context.view.day_of(notice.at)
        if not days or days[-1][0] != day:
            days.append((day, []))
        days[-1][1].append(notice)
    return {
        "days": days,
        "pages": pages,
        "number": context.number,
        "n": len(context.view.notices),
        "fingerprint": fingerprint(context.view.head),
        "receipts": list(context.known.receipts)[::-1],
    }


RECORD = Page(
    path="record", template="record.html", title="Record", parts=("proof", "slice"), data=_record, under="record"
)
