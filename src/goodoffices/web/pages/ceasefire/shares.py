"""The page of days that keepers shared with this seat, or that it shared, and the form that shares some."""

from __future__ import annotations

from goodoffices.talks.base.acts import Body
from goodoffices.talks.ceasefire.shares import SHARED_FACES
from goodoffices.talks.state.known_ceasefire import KnownShare
from goodoffices.talks.state.view import View
from goodoffices.web.pages.page import Data, Page, PageContext


def has_shares(view: View) -> bool:
    """Say whether days of a ledger were shared with a seat, or it keeps a ledger of which it may share some."""
    mine = view.known.actor_of(view.seat)
    keeps = any(held.ledger.keeper == mine for held in view.known.ledgers.values())
    return bool(len(view.known.shares)) or (keeps and "ShareLedger" in view.powers)


def _shares(context: PageContext, _: str) -> Data:
    known = context.known
    mine = known.actor_of(context.seat)
    return {
        "shares": list(reversed(list(known.shares.values()))),
        "mine": [held for held in known.ledgers.values() if held.ledger.keeper == mine],
        "faces": SHARED_FACES,
    }


def _share(context: PageContext, handle: str) -> Data | None:
    held = context.known.shares.get(handle)
    if held is None:
        return None
    return {"s": held, "rows": [(cells, _texts(held, n)) for n, cells in enumerate(held.rows)]}


def _texts(held: KnownShare, row: int) -> list[Body]:
    """Return the texts of one row."""
    return [text for name, text in zip(held.text_of, held.texts, strict=True) if name.split()[0] == str(row)]


SHARES = Page(
    path="shared",
    template="shares.html",
    title="Days shared",
    parts=("list", "share"),
    data=_shares,
    under="ceasefire",
    when=has_shares,
)
SHARE = Page(
    path="shared/{}",
    template="share.html",
    title="Days shared",
    parts=("rows",),
    data=_share,
    under="ceasefire",
    when=has_shares,
)
