"""Home: what needs me, what is new since I was last here, where are we."""

from __future__ import annotations

from goodoffices.talks.base.enums import Format
from goodoffices.talks.base.states import (
    InvitationState,
    ItemCame,
    ProcedureState,
    RoundState,
    SessionState,
    WordingState,
)
from goodoffices.talks.state.contact_rules import format_basis
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_exchange import KnownItem
from goodoffices.web.live.waiting_commands import NEEDS_SOMEBODY
from goodoffices.web.pages.decisions import waiting_questions
from goodoffices.web.pages.page import Data, Page, PageContext

_MOST = 12
Need = tuple[str, str, str, tuple[str, ...]]
"""Sort, page, handle, seats named."""


def _home(context: PageContext, _: str) -> Data:
    notices = context.view.notices
    new = list(notices[context.since :])
    latest = new[-_MOST:][::-1]
    return {"needs": needs(context), "new": latest, "n_new": len(new), "since": context.since, **_where(context)}


def _where(context: PageContext) -> Data:
    known = context.known
    sitting = [s for s in known.sessions.values() if s.state == SessionState.OPEN]
    by_format: dict[tuple[Format, bool], list[str]] = {}
    for other in context.others():
        basis = format_basis(known, context.seat, other.slug)
        by_format.setdefault((basis.format, basis.is_default), []).append(other.slug)
    rounds = [r for r in known.rounds.values() if r.state == RoundState.OPEN]
    return {"sitting": sitting, "formats": list(by_format.items()), "rounds": rounds}


def needs(context: PageContext) -> list[Need]:
    """Return what awaits this seat: sort, page, handle, seats named; by kind of thing, oldest first."""
    known, me = context.known, context.seat
    found: list[Need] = [
        ("wording", f"papers/{w.item}", w.handle, (w.holder, w.to))
        for w in known.wordings.values()
        if w.holder != me and w.state == WordingState.SHOWN and not known.items[w.item].ended
    ]
    found += [
        ("read-back", "relays" if context.has("RelayItem") else "papers", r.handle, (t.to,))
        for t in known.tellings.values()
        if t.by == me
        for r in t.read_backs
        if r.confirmed is None
    ]
    found += [("restate", f"papers/{i.handle}", i.handle, (i.teller or "",)) for i in _to_restate(known)]
    found += _answers(context)
    found += [("came-back", f"pending/{one.handle}", "", ()) for one in context.waiting if one.state in NEEDS_SOMEBODY]
    found += [("question", f"decisions/{q.handle}", q.handle, (q.by,)) for q in waiting_questions(context)]
    return found


def _to_restate(known: Knowledge) -> list[KnownItem]:
    return [i for i in known.items.values() if i.came == ItemCame.TOLD and i.ask_read_back and not i.read_backs]


def _answers(context: PageContext) -> list[Need]:
    known, me = context.known, context.seat
    asked = [
        ("blind", "", b.handle, (b.by,))
        for b in known.blinds.values()
        if b.state == ProcedureState.OPEN and me in b.asked and me not in dict(b.answers)
    ]
    papers = [
        ("deposit", "", d.handle, (d.neutral,))
        for d in known.deposits.values()
        if d.state == ProcedureState.OPEN and me in d.depositors and me not in dict(d.papers)
    ]
    invited = [
        ("invitation", "people", i.handle, (i.invitation.by or "",))
        for i in known.invitations.values()
        if i.state == InvitationState.OPEN and i.invitation.to == me and i.invitation.by in known.seats
    ]
    return [*asked, *papers, *invited]


HOME = Page(
    path="", template="home.html", title="Home", parts=("needs", "new", "sealed", "where"), data=_home, under="home"
)
