"""What still hinders a release, each with its page: brackets, languages, comments, seats, sources."""

from __future__ import annotations

from collections.abc import Iterable

from goodoffices.talks.base.enums import Role
from goodoffices.talks.state.known_texts import KnownComment, KnownText, KnownVersion
from goodoffices.talks.texts.releases import ReleaseVersion
from goodoffices.web.pages.page import Data, PageContext


def hindrances(context: PageContext, text: KnownText, version: KnownVersion, waiting: Iterable[KnownComment]) -> Data:
    """Return what hinders the release of a version, by kind.

    Returns
    -------
    Data
        ``in_brackets`` and ``differing``: clauses by name and number. ``unanswered``: the first clause with comments
        that wait, and how many there are. ``unready``: seats that cannot receive, each with the time at which it was
        last asked to. ``uncleared``: number of a clause, item, seat.
    """
    numbers = dict(zip(version.clauses, version.numbers, strict=True))
    names = {number: name for name, number in numbers.items()}
    left = [comment for comment in waiting if comment.clause in numbers]
    readers = recipients(context, text)
    unready, uncleared = [], []
    for slug in readers:
        refusal = context.would(ReleaseVersion(version=version.handle, to=(slug,)))
        if refusal is not None and refusal.code == "not_ready":
            unready.append((slug, _asked_at(context, slug)))
            refusal = context.would(ReleaseVersion(version=version.handle, to=(slug,), equal=False))
        if refusal is not None and refusal.code == "clause_not_cleared":
            values = dict(refusal.values)
            uncleared.append((values["clause"], values["item"], slug))
    return {
        "in_brackets": [(version.clauses[place], version.numbers[place]) for place in version.open],
        "differing": [(names.get(number, ""), number) for number in version.differs],
        "unanswered": (left[0].clause, len(left)) if left else None,
        "unready": unready,
        "uncleared": uncleared,
        "readers": readers,
    }


def recipients(context: PageContext, text: KnownText) -> list[str]:
    """Return the seats that a version is meant for: who had one before, else whom it is about, else the parties."""
    others = context.others()
    had = {seat for handle in text.versions for seat in context.known.versions[handle].released_to}
    found = [seat.slug for seat in others if seat.slug in had]
    found = found or [seat.slug for seat in others if seat.actor in text.frame.about]
    return found or [seat.slug for seat in others if Role.PARTY in seat.roles]


def _asked_at(context: PageContext, slug: str) -> str:
    """Return when this seat last asked another to accept papers on screen; empty if it never did."""
    asked = (n for n in reversed(context.view.notices) if n.kind == "ServiceAsked" and n.by == context.seat)
    return next((notice.at for notice in asked if slug in notice.data.get("to", ())), "")
