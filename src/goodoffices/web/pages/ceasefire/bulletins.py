"""The page of bulletins: those that this seat reads or prepares, and the form that freezes the figures of another."""

from __future__ import annotations

from datetime import timedelta

from markupsafe import Markup

from goodoffices.errors import ScenarioError
from goodoffices.reports.ceasefire.bulletin_paper import bulletin_paper, standing_of
from goodoffices.reports.ceasefire.ledger_weeks import holding
from goodoffices.reports.papers.page_file import inner_html
from goodoffices.reports.papers.paper import text_of
from goodoffices.talks.ceasefire.bulletins import figures_hash
from goodoffices.talks.state.known_ceasefire import KnownBulletin
from goodoffices.talks.state.view import View
from goodoffices.web.pages.page import Data, Page, PageContext


def has_bulletins(view: View) -> bool:
    """Say whether a seat has bulletins, or may prepare them."""
    return bool(len(view.known.bulletins)) or "PrepareBulletin" in view.powers


def _bulletins(context: PageContext, _: str) -> Data:
    known = context.known
    last = context.once("holding None", lambda seen: holding(seen)).last_day
    mine = known.actor_of(context.seat)
    may = [held for held in known.ledgers.values() if held.ledger.is_open or held.ledger.keeper == mine]
    return {
        "bulletins": [(one, _code(context, one)) for one in reversed(list(known.bulletins.values()))],
        "ledgers": [(held.handle, held.ledger.title or held.ledger.slug) for held in may],
        "first": None if last is None else last - timedelta(days=6),
        "last": last,
        "cleared": [(one.handle, one.handle) for one in known.bulletins.values() if one.cleared_at is not None],
    }


def _code(context: PageContext, one: KnownBulletin) -> str:
    text = context.view.text(one.figures)
    return "" if text is None else figures_hash(text)


def _bulletin(context: PageContext, handle: str) -> Data | None:
    held = context.known.bulletins.get(handle)
    text = None if held is None else context.view.text(held.figures)
    if held is None or text is None:
        return None
    try:
        paper = bulletin_paper(context.view, text, standing_of(context.view, held), context.language)
    except ScenarioError:
        return {"b": held, "title": "", "paper": None}
    drawn = Markup(inner_html(paper))  # noqa: S704 - it is escaped there
    return {"b": held, "title": text_of(paper.title), "paper": drawn}


BULLETINS = Page(
    path="bulletins",
    template="bulletins.html",
    title="Bulletins",
    parts=("list", "prepare"),
    data=_bulletins,
    under="ceasefire",
    when=has_bulletins,
)
BULLETIN = Page(
    path="bulletins/{}",
    template="bulletin.html",
    title="Bulletin",
    parts=("bulletin", "clear"),
    data=_bulletin,
    under="ceasefire",
    when=has_bulletins,
)
