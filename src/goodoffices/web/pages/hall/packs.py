"""Packs of a seat kept on paper: what is new since the last one, to be printed and handed over."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.reports.lists.notices import from_paper, notice_said
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.one_zone import constant_offset
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
        "new": [printed_notice(context, notice) for notice in new[-_MOST:]],
        "n_new": len(new),
        "up_to": len(context.view.notices),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedNotice:
    """A notice as it is printed: what it says with titles in place of short names, from which paper, and its words."""

    n: int
    at: str
    said: str
    copied: str
    words: tuple[Body, ...] = ()


def printed_notice(context: PageContext, notice: Notice) -> PrintedNotice:
    """Return a notice with the words that come with it: those of the paper that it tells of, else its own.

    Minutes have their title only: they stand whole in the file.
    """
    w = Wording(context.view, context.language, zone_once=bool(constant_offset(context.view)))
    told = context.known.items.get(notice.data.get("told", "")) if notice.kind == "ItemRelayed" else None
    words: tuple[Body, ...] = ()
    if told is not None:
        words = tuple(body for body in (told.title, *told.words) if body is not None)
    elif notice.kind != "MinutesCirculated":
        body = place_and_words(notice, context.language)[1]
        words = () if body is None else (body,)
    return PrintedNotice(
        n=notice.n, at=notice.at, said=notice_said(w, notice), copied=from_paper(w, notice), words=words
    )


PACKS = Page(
    path="packs", template="packs.html", title="Print pack", parts=("new", "handed"), data=_packs, under="papers"
)
