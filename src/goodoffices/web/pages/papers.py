"""Papers: what I was told and by whom, my own items, what I let others say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goodoffices.exercises.point_sheet import point_sheet, read_by_played_seats
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.enums import Form, Mode
from goodoffices.talks.base.states import ItemCame
from goodoffices.talks.exchange.clearances import is_open
from goodoffices.talks.exchange.items import HandItem
from goodoffices.talks.exchange.relays import RelayItem
from goodoffices.talks.state.known_exchange import KnownClearance, KnownItem
from goodoffices.talks.state.permissions import carries
from goodoffices.talks.state.view import View
from goodoffices.text_tables import beginning
from goodoffices.web.pages.page import Data, Page, PageContext, shown

SIZE = 25


def heads(item: KnownItem, language: str) -> list[Body]:
    """Return the title and words of an item, first those in the reader's language."""
    bodies = [body for body in (item.title, *item.words) if body is not None]
    return sorted(bodies, key=lambda body: body.lang != language)


def title_of(view: View, item: KnownItem, language: str) -> str:
    """Return what an item is listed under: its title, or the first line of its words."""
    for body in heads(item, language):
        text = view.text(body)
        if text and text.strip():
            return beginning(text.strip().splitlines()[0], 90)
    return ""


def _papers(context: PageContext, _: str) -> Data:
    items = list(context.known.items.values())[::-1]
    carried = context.has("RelayItem")
    received = [i for i in items if i.came == ItemCame.TOLD or (i.came == ItemCame.HANDED and not carried)]
    own = [i for i in items if i.came == ItemCame.FILED]
    lists, pages, number = leaf({"received": received, "own": own, "clearances": _given(context)}, context.number)
    return {**lists, "pages": pages, "number": number, "told_of": _told_of(context)}


def leaf(lists: Mapping[str, list[Any]], number: int) -> tuple[dict[str, list[Any]], int, int]:
    """Return page ``number`` of long lists, how many pages there are, and the number if it is among them.

    The lists are leafed through together: a shorter one is empty on the later pages.
    """
    pages = max(shown(one, 1, size=SIZE)[1] for one in lists.values())
    number = min(number, pages)
    start = (number - 1) * SIZE
    return {name: one[start : start + SIZE] for name, one in lists.items()}, pages, number


def _given(context: PageContext) -> list[KnownClearance]:
    return [c for c in list(context.known.clearances.values())[::-1] if c.by == context.seat]


def _told_of(context: PageContext) -> dict[str, list[tuple[str, str, Form, datetime]]]:
    """Return, by own item, who has been told it already: teller, recipient, form, when."""
    told: dict[str, list[tuple[str, str, Form, datetime]]] = {}
    for telling in context.known.tellings.values():
        if telling.item is not None:
            told.setdefault(telling.item, []).append((telling.by, telling.to, telling.form, telling.at))
    return told


def _paper(context: PageContext, handle: str) -> Data | None:
    item = context.known.items.get(handle)
    if item is None:
        return None
    mine = item.came == ItemCame.FILED
    asked = context.known.items.get(item.answers or "")
    standing = mine and not item.ended
    return {
        "item": item,
        "title": title_of(context.view, item, context.language),
        "mine": mine,
        "standing": standing,
        "carriers": [s.slug for s in context.others() if carries(s)],
        "hands": _hands(context, item) if standing else [],
        "clearances": [c for c in _given(context) if c.item == handle],
        "is_open": lambda c, to: is_open(c, to, context.now),
        "tellings": [t for t in context.known.tellings.values() if t.item == handle],
        "wordings": [w for w in context.known.wordings.values() if w.item == handle],
        "answers": [_answer(context, item, i) for i in context.known.items.values() if i.answers == handle],
        "asker": item.teller or item.originator,
        "answered_way": _answer(context, asked, item)[1] if mine and asked is not None else "",
        "answered_to": None if asked is None else asked.teller or asked.originator,
        "others": [s.slug for s in context.others()],
        "points": point_sheet(context.view, context.language),
        "read": read_by_played_seats(context.view, item) if standing else [],
    }


def _answer(context: PageContext, asked: KnownItem, answer: KnownItem) -> tuple[KnownItem, str]:
    """Return an answer of the seat's own to a paper, and how it reaches the asker from here.

    It was *given* to them already, or it can be *handed* or *told* to them; if neither, it has to be carried.
    """
    asker = asked.teller or asked.originator
    if asker is None or answer.ended:
        return answer, ""
    told = {context.known.tellings[one].to for one in answer.tellings if one in context.known.tellings}
    if asker in told or asker in answer.holders:
        return answer, "given"
    if context.would(HandItem(item=answer.handle, to=asker)) is None:
        return answer, "hand"
    telling = RelayItem(item=answer.handle, to=asker, form=Form.VERBATIM)
    return answer, "tell" if context.has("RelayItem") and context.would(telling) is None else "carry"


def _hands(context: PageContext, item: KnownItem) -> list[tuple[str, object]]:
    """Return every other seat with ``None`` if the item can be handed to it, else the refusal."""
    if item.mode is Mode.NOTE:
        return []
    found = [(s, context.would(HandItem(item=item.handle, to=s.slug))) for s in context.others()]
    return [(seat.slug, refusal) for seat, refusal in found if seat.slug not in item.holders]


def _new(context: PageContext, _: str) -> Data:
    return {
        "known": [i for i in context.known.items.values() if not i.ended],
        "points": point_sheet(context.view, context.language),
    }


PAPERS = Page(
    path="papers",
    template="papers.html",
    title="Papers",
    parts=("own", "received", "let"),
    data=_papers,
    under="papers",
)
PAPER_NEW = Page(
    path="papers/new",
    template="paper_new.html",
    title="Write a paper",
    parts=("write",),
    data=_new,
    under="papers",
    powers=("FileItem",),
)
PAPER = Page(
    path="papers/{}",
    template="paper.html",
    title="Paper",
    parts=("paper", "handed", "let", "wordings", "told", "reply", "withdraw", "apart"),
    data=_paper,
    under="papers",
    heading=lambda data: data["title"],
)
