"""What a paper calls a thing that a notice names by its short name: its title, or its first words.

A short name such as m1 is the seat's own. Another seat has another thing under it, so on paper it tells nobody
anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.paper import text_of
from goodoffices.reports.provenance import full_statement, speaker_text
from goodoffices.reports.tables import capital
from goodoffices.talks.base.acts import Body
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.rendered_version import title_of

_MOST_WORDS = 8
_MARKS: Mapping[str, tuple[str, str]] = dict.fromkeys(("ar", "fa", "kk", "ru"), ("«", "»"))
"""The marks around a title, by language; all others have those of English."""


def thing_named(w: Wording, handle: str) -> str:
    """Return the title or first words of a thing in quotation marks; its short name if it has neither."""
    for name in _NAMES:
        found = name(w, handle)
        if found:
            return found
    return handle


def claim_said(w: Wording, held: KnownClaim) -> str:
    """Return what a claim says, and who says it."""
    mark = "~ " if held.claim.is_invented else ""
    said = w.without_zone(full_statement(w.view, held)).rstrip(".")
    return f"{mark}{capital(speaker_text(w.view, held, w.language))}: {said}"


def first_words(view: View, bodies: tuple[Body | None, ...]) -> str:
    """Return the beginning of the first words that are still there."""
    texts = (view.text(body) for body in bodies if body is not None)
    told = next((text for text in texts if text), "").split()
    short = " ".join(told[:_MOST_WORDS]).rstrip(".,:;")
    return f"{short} …" if len(told) > _MOST_WORDS else short


def _quoted(w: Wording, text: str) -> str:
    begin, end = _MARKS.get(w.language, ("“", "”"))
    return f"{begin}{text}{end}" if text else ""


def _of(table: str, name: Callable[[Wording, Knowledge, str], str]) -> Callable[[Wording, str], str]:
    def named(w: Wording, handle: str) -> str:
        known = w.view.known
        return name(w, known, handle) if handle in getattr(known, table) else ""

    return named


def _invitation(w: Wording, known: Knowledge, handle: str) -> str:
    offer = known.invitations[handle].invitation
    title = next((held.round.title for held in known.rounds.values() if held.round.slug == offer.round), offer.round)
    return f"{_quoted(w, title)} ({w.view.name(offer.by, w.language)})" if offer.by else _quoted(w, title)


def _commitment(w: Wording, known: Knowledge, handle: str) -> str:
    plan = known.commitments[handle].commitment
    who = text_of(w.listed(w.actor(actor) for actor in plan.obligors))
    return f"{capital(who)}: {_quoted(w, plan.what.rstrip('.'))}"


def _item(w: Wording, known: Knowledge, handle: str) -> str:
    item = known.items[handle]
    return _quoted(w, first_words(w.view, (item.title, *item.words)))


def _minutes(w: Wording, known: Knowledge, handle: str) -> str:
    session = known.sessions.get(known.minutes[handle].session)
    return "" if session is None else _quoted(w, session.title)


def _pack(w: Wording, known: Knowledge, handle: str) -> str:
    """Return which pack of its seat it is, by number."""
    same = [pack.handle for pack in known.packs.values() if pack.seat == known.packs[handle].seat]
    return str(same.index(handle) + 1)


def _proxy(w: Wording, known: Knowledge, handle: str) -> str:
    proxy = known.proxies[handle]
    return f"{w.view.name(proxy.giver, w.language)} – {w.view.name(proxy.holder, w.language)}"


def _question(w: Wording, known: Knowledge, handle: str) -> str:
    return _quoted(w, first_words(w.view, (known.questions[handle].question,)))


def _version(w: Wording, known: Knowledge, handle: str) -> str:
    title = title_of(w.view, known.versions[handle])
    return f"{_quoted(w, title)}, {handle}" if title else ""


def _text(w: Wording, known: Knowledge, handle: str) -> str:
    newest = known.texts[handle].versions[-1:]
    return _quoted(w, title_of(w.view, known.versions[newest[0]])) if newest else ""


_TABLES: Mapping[str, Callable[[Wording, Knowledge, str], str]] = {
    "sessions": lambda w, known, handle: _quoted(w, known.sessions[handle].title),
    "rounds": lambda w, known, handle: _quoted(w, known.rounds[handle].round.title),
    "copies": lambda w, known, handle: _quoted(w, known.copies[handle].title),
    "minutes": _minutes,
    "invitations": _invitation,
    "items": _item,
    "questions": _question,
    "blinds": lambda w, known, handle: _quoted(w, first_words(w.view, (known.blinds[handle].question,))),
    "commitments": _commitment,
    "claims": lambda w, known, handle: claim_said(w, known.claims[handle]),
    "ledgers": lambda w, known, handle: _quoted(w, w.view.name(known.ledgers[handle].ledger.keeper, w.language)),
    "packs": _pack,
    "proxies": _proxy,
    "versions": _version,
    "texts": _text,
}
"""The tables of what a seat knows, each with what its things are called."""
_NAMES = tuple(_of(table, name) for table, name in _TABLES.items())
