"""Packs of a seat kept on paper: what is new since the last one, to be printed and handed over."""

from __future__ import annotations

from goodoffices.talks.base.acts import Body
from goodoffices.talks.state.slices import Notice
from goodoffices.web.pages.home import place_and_words
from goodoffices.web.pages.page import Data, Page, PageContext

_OF_PACKS = frozenset({"PackHanded", "PackReady"})
_MOST = 200
"""So many new notices are printed on one page; a first pack of long talks has the others in its PDF and export."""


def _packs(context: PageContext, _: str) -> Data | None:
    me = context.view.me
    if me is None or me.kept_by is None:
        return None
    packs = [pack for pack in context.known.packs.values() if pack.seat == context.seat]
    last = max((pack.up_to for pack in packs), default=0)
    # What opened the talks stands in the file with roster and agenda. It is not news, nor is a pack itself.
    begin = max(last, context.view.n_opening)
    new = [notice for notice in context.view.notices[begin:] if notice.kind not in _OF_PACKS]
    return {
        "keeper": me.kept_by,
        "packs": packs[::-1],
        "number": len(packs),
        "new": [_printed(context, notice) for notice in new[-_MOST:]],
        "n_new": len(new),
        "up_to": len(context.view.notices),
    }


def _printed(context: PageContext, notice: Notice) -> tuple[Notice, str, tuple[Body, ...]]:
    """Return a notice with a title and the words that come with it: those of the paper that it tells of, else its own.

    Minutes have their title only: they stand whole in the file.
    """
    if notice.kind == "MinutesCirculated":
        return notice, str(notice.data.get("title", "")), ()
    told = context.known.items.get(notice.data.get("told", "")) if notice.kind == "ItemRelayed" else None
    if told is not None:
        return notice, "", tuple(body for body in (told.title, *told.words) if body is not None)
    body = place_and_words(notice, context.language)[1]
    return notice, "", () if body is None else (body,)


PACKS = Page(
    path="packs", template="packs.html", title="Print pack", parts=("new", "handed"), data=_packs, under="papers"
)
