"""A view as it was at a moment: without the acts that came later, and without what people could not know by then.

Later acts are left out by folding the earlier ones again. So whatever an act tells, of any kind, exists from that act
on and not before, and nobody has to think of it when a kind is added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.claims.as_of import exercise_moment, instant_of, known_as_of, learned_at, talks_time
from goodoffices.talks.model.ceasefire import DayReport
from goodoffices.talks.model.claims import Recognition, RoleClaim
from goodoffices.talks.registry import FOLDS
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.slices import Notice
from goodoffices.talks.state.view import View

_THINGS: Mapping[str, tuple[str, str]] = {
    "ActorChanged": ("changes", "handle"),
    "ClaimEntered": ("claims", "handle"),
    "CommitmentRecorded": ("commitments", "commitment"),
    "DelegationNamed": ("delegations", "delegation"),
    "GuaranteeGiven": ("guarantees", "handle"),
    "InvitationMade": ("invitations", "invitation"),
    "LedgerOpened": ("ledgers", "handle"),
    "MechanismNamed": ("mechanisms", "handle"),
    "RoundPlanned": ("rounds", "round"),
    "SessionPlanned": ("sessions", "session"),
    "TermsRead": ("terms", "handle"),
    "TextSummarised": ("summaries", "text"),
}
"""The kinds of acts that tell one row of a talks file: the table of what they tell, and the field with its name."""


def view_as_of(view: View, as_of: datetime | date) -> View:
    """Return ``view`` without what could not be known at a moment, or at the end of a day.

    The notices with which the talks opened stay; what their rows tell is left out by its own dates. The acts since are
    cut by the clock of the talks.
    """
    at = instant_of(as_of, view.zone)
    n = view.n_opening
    for notice in view.later_notices:
        if talks_time(view, notice.when) > at:
            break
        n += 1
    then = _after(view, n)
    return replace(then, known=known_as_of(then.known, at, learned=learned_at(then)))


def _after(view: View, n: int) -> View:
    """Return a view as it was after its first ``n`` notices."""
    if n == len(view.notices):
        return view
    known = Knowledge(view.seat)
    for notice in view.notices[:n]:
        fold = FOLDS.get(notice.kind)
        if fold is not None and not notice.is_bare:
            known = fold(known, notice)
    heads = view.heads[:n]
    return replace(
        view, known=known, notices=type(view.notices)(view.notices[:n]), heads=type(view.heads)(heads),
        head=heads[-1].hex() if heads else "",
    )  # fmt: skip


def view_now(view: View) -> tuple[View, datetime]:
    """Return a view as of the present moment of its talks, and that moment.

    Talks that name a first moment have a clock of their own, and rows of their file can be of later days. In all other
    talks whatever the record has was known when it was entered.
    """
    at = exercise_moment(view)
    if at is not None:
        return view_as_of(view, at), at
    return view, view.notices[-1].when


def stands(view: View, notice: Notice) -> bool:
    """Return whether what a notice tells is still in a view: false for a row of the file that was not known by then."""
    known, data = view.known, notice.data
    if notice.n > view.n_opening or notice.is_bare:
        return True
    if notice.kind in _THINGS:
        table, field = _THINGS[notice.kind]
        return data.get(field) in getattr(known, table)
    if notice.kind == "SourceEntered":
        return data["source"]["slug"] in known.sources
    if notice.kind == "RoleClaimed":
        return from_plain(RoleClaim, data["role"]) in list(known.roles)
    if notice.kind == "RecognitionStated":
        said = from_plain(Recognition, data["recognition"])
        return any(held.recognition == said for held in known.recognitions)
    if notice.kind == "DayReported":
        ledger = known.ledgers.get(data["ledger"])
        return ledger is not None and from_plain(DayReport, data["report"]) in list(ledger.days)
    return notice.kind != "PairFormatsSet" or bool(known.pair_formats)
