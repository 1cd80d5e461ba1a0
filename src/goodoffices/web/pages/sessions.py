"""Sessions: formats, pairs, attendance, what was said; and the secretariat's seats."""

from __future__ import annotations

from itertools import combinations

from goodoffices.reports.provenance import claim_of, speaker_text
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Format, Kind, Role
from goodoffices.talks.model.rounds import PairFormat
from goodoffices.talks.rounds.sessions import MARKS, ChangeFormat, CloseSession, Intervene, OpenSession
from goodoffices.talks.seats.commands import SCOPES
from goodoffices.talks.seats.persons import head_of, may_seat_others, people
from goodoffices.talks.state.contact_rules import format_basis
from goodoffices.talks.state.known_meetings import KnownSession
from goodoffices.web.pages.page import Data, Page, PageContext, groups

_WORDS = Words(text="…")
OFFERED = (Format.PLENARY, Format.DIRECT, Format.PROXIMITY)


def _sessions(context: PageContext, _: str) -> Data:
    known = context.known
    seats = [s.slug for s in known.seats.values() if not s.closed]
    found = [(a, b, format_basis(known, a, b)) for a, b in combinations(seats, 2) if _standing(context, a, b)]
    return {
        "sessions": list(known.sessions.values()),
        "standing": [(a, b, basis.format, basis.claim) for a, b, basis in found],
        "rounds": list(known.rounds.values()),
        "chains": {c.claim.slug: c for c in known.claims.values()},
        "speakers": _speakers(context),
    }


def _speakers(context: PageContext) -> dict[str, str]:
    """Return who says the dates of rounds that have no author of their own, by the claims that state them."""
    slugs = [one.claim for held in context.known.rounds.values() for one in held.round.planned if one.by is None]
    found = [(slug, claim_of(context.view, slug)) for slug in slugs if slug is not None]
    return {slug: speaker_text(context.view, held, context.language) for slug, held in found if held is not None}


def _standing(context: PageContext, a: str, b: str) -> bool:
    """Say whether a pair has a standing format of its own."""
    named = {frozenset((p.first, p.second)) for p in context.known.pair_formats}
    actors = frozenset((context.known.actor_of(a), context.known.actor_of(b)))
    return frozenset((a, b)) in named or actors in named


def _session(context: PageContext, handle: str) -> Data | None:
    session = context.known.sessions.get(handle)
    if session is None:
        return None
    return {
        "session": session,
        "pairs": _pairs(session),
        "marks": MARKS,
        "presence": dict(session.presence),
        "offered": OFFERED,
        "said": [i for i in context.known.interventions if i.session == handle],
        "why": _why(context, handle),
        "chairs": session.chair == context.seat,
    }


def _pairs(session: KnownSession) -> list[PairFormat]:
    """Return the pairs whose format differs, the latest word on each."""
    latest = {frozenset((p.first, p.second)): p for p in session.pairs}
    return list(latest.values())


def _why(context: PageContext, handle: str) -> dict[str, object]:
    """Return, for each thing one does in a session, why it would be refused now (``None``: it would not)."""
    commands = {
        "OpenSession": OpenSession(session=handle),
        "CloseSession": CloseSession(session=handle),
        "ChangeFormat": ChangeFormat(session=handle, format=Format.PLENARY),
        "Intervene": Intervene(session=handle, words=_WORDS),
    }
    return {name: context.would(command) for name, command in commands.items() if context.has(name)}


def _new(context: PageContext, _: str) -> Data:
    return {
        "offered": OFFERED,
        "seats": [s.slug for s in context.known.seats.values() if not s.closed],
        "rounds": list(context.known.rounds.values()),
    }


def _seats(context: PageContext, _: str) -> Data:
    known = context.known
    return {
        "groups": groups([s for s in known.seats.values() if not s.closed]),
        "closed": [s for s in known.seats.values() if s.closed],
        "kept": [s for s in known.seats.values() if s.kept_by == context.seat and not s.closed],
        "persons": [(slug, "", name) for slug, name, _ in people(known)],
        "head": head_of(known, context.seat),
        "keeps_room": may_seat_others(known, context.seat) and known.header.kind is Kind.EXERCISE,
        "invite": _invite(context),
        "proxies": [p for p in known.proxies.values() if not p.ended],
        "scopes": SCOPES,
        "roles": [role.value for role in Role if role is not Role.CONTROL or known.header.kind is Kind.EXERCISE],
    }


def _invite(context: PageContext) -> list[str]:
    """Return the seats that this person may let people into: as head the own one, for the secretariat every other."""
    known, head = context.known, head_of(context.known, context.seat)
    own = [context.seat] if context.person is None or head in (None, context.person) else []
    return [*own, *(s.slug for s in context.others())] if may_seat_others(known, context.seat) else own


SESSIONS = Page(
    path="sessions",
    template="sessions.html",
    title="Sessions",
    parts=("sessions", "standing", "rounds"),
    data=_sessions,
    under="sessions",
)
SESSION_NEW = Page(
    path="sessions/new",
    template="session_new.html",
    title="Plan a session",
    parts=("plan",),
    data=_new,
    under="sessions",
    powers=("PlanSession",),
)
SESSION = Page(
    path="sessions/{}",
    template="session.html",
    title="Session",
    parts=("session", "board", "attendance", "format", "said"),
    data=_session,
    under="sessions",
    heading=lambda data: data["session"].title,
)
SEATS = Page(
    path="seats",
    template="seats.html",
    title="Seats",
    parts=("persons", "room", "seats", "kept", "proxies"),
    data=_seats,
    under="seats",
    powers=("GiveSeat", "SeatPerson"),
)
