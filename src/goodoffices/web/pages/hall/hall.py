"""The hall at a glance: who is where, who may speak to whom, the agenda, arrivals, and seats kept on paper."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.enums import Format
from goodoffices.talks.base.states import SessionState
from goodoffices.talks.rounds.sessions import ChangeFormat
from goodoffices.talks.state.contact_rules import FormatBasis, format_basis
from goodoffices.talks.state.known_meetings import KnownSession
from goodoffices.talks.state.known_seats import KnownSeat
from goodoffices.web.pages.page import Data, Page, PageContext

RUNS = ("MarkAttendance", "OpenSession", "PlanSession")
"""Who holds one of these powers runs sessions, and has the pages of the hall."""
FORMATS = (Format.DIRECT, Format.PLENARY, Format.PROXIMITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRow:
    """A room of an open session: who is in it, each with the time of the mark, and who is expected and not there."""

    session: KnownSession
    present: tuple[tuple[str, str], ...]
    away: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """Two seats, the format between them and what it rests on; ``session`` is where it can be changed, if anywhere."""

    one: str
    other: str
    basis: FormatBasis
    session: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairGroup:
    """Pairs of one format since one moment.

    ``among`` are the seats if every pair of them is here; ``hub`` is a seat that stands in every pair, with ``others``.
    If neither holds, the pairs are only listed.
    """

    pairs: tuple[PairRow, ...]
    among: tuple[str, ...] = ()
    hub: str = ""
    others: tuple[str, ...] = ()


def _hall(context: PageContext, _: str) -> Data:
    sessions = list(context.known.sessions.values())
    sitting = [s for s in sessions if s.state == SessionState.OPEN]
    rooms = [_room(context, session) for session in sitting]
    placed = {slug for room in rooms for slug, _ in room.present}
    pairs = _pairs(context, sitting)
    planned = sorted((s for s in sessions if s.state == SessionState.PLANNED), key=_begins)
    chaired = [session for session in planned if session.chair == context.seat]
    return {
        "rooms": rooms,
        "elsewhere": [seat.slug for seat in _guests(context) if seat.slug not in placed],
        "moves": [room.session for room in rooms if context.has("MarkAttendance")],
        "groups": grouped(pairs),
        "agenda": sorted(sessions, key=_begins),
        "next": next(iter(chaired), None),
        "attend": next(iter([*sitting, *chaired, *planned]), None),
        "kept": [s for s in context.known.seats.values() if s.kept_by == context.seat and not s.closed],
        "packs": {pack.seat: pack for pack in context.known.packs.values()},
        "here": sorted(placed),
        "n_guests": len(_guests(context)),
    }


def _begins(session: KnownSession) -> tuple[bool, float]:
    at = session.opened_at or session.starts_at
    return (at is None, 0.0 if at is None else at.timestamp())


def _guests(context: PageContext) -> list[KnownSeat]:
    """Return the open seats that ever take part in a session known here, this one among them."""
    takes_part = {slug for session in context.known.sessions.values() for slug in session.participants}
    return [seat for seat in context.known.seats.values() if seat.slug in takes_part and not seat.closed]


def _room(context: PageContext, session: KnownSession) -> RoomRow:
    marked = marks_of(context, session.handle)
    presence = dict(session.presence)
    present = session.present()
    away = tuple((slug, presence.get(slug, "")) for slug in session.participants if slug not in present)
    return RoomRow(session=session, present=tuple((slug, marked.get(slug, "")) for slug in present), away=away)


def marks_of(context: PageContext, session: str) -> dict[str, str]:
    """Return when each seat was last marked in a session, as this seat was told."""
    notices = (n for n in context.view.notices if n.kind == "AttendanceMarked" and n.data.get("session") == session)
    return {notice.data["who"]: notice.at for notice in notices}


def _pairs(context: PageContext, sitting: Iterable[KnownSession]) -> list[PairRow]:
    """Return every pair of seats that meet in sessions, with its format; the session is one in which it can change."""
    slugs = [seat.slug for seat in _guests(context)]
    own = [session for session in sitting if session.chair == context.seat]
    may = {s.handle: context.would(ChangeFormat(session=s.handle, format=Format.PLENARY)) is None for s in own}
    changed = _changed(context)
    made = []
    for one, other in combinations(slugs, 2):
        both = [s for s in own if {one, other} <= set(s.participants) and may[s.handle]]
        where = both[0].handle if both else ""
        since = changed.get((where, frozenset((one, other)))) or changed.get((where, frozenset())) or ""
        basis = format_basis(context.known, one, other)
        made.append(PairRow(one=one, other=other, basis=basis, session=where, since=since if where else ""))
    return made


def grouped(pairs: Iterable[PairRow]) -> list[PairGroup]:
    """Return pairs that are alike together: what somebody said first, what only the talks file says last."""
    alike: dict[tuple[object, ...], list[PairRow]] = {}
    for pair in pairs:
        basis = pair.basis
        alike.setdefault((basis.is_default, basis.format, basis.claim, pair.session, pair.since), []).append(pair)
    made = [_group(tuple(held)) for held in alike.values()]
    return sorted(made, key=lambda group: (group.pairs[0].basis.is_default, len(group.pairs)))


def _group(pairs: tuple[PairRow, ...]) -> PairGroup:
    seats = tuple(dict.fromkeys(slug for pair in pairs for slug in (pair.one, pair.other)))
    if len(pairs) > 1 and len(pairs) == len(seats) * (len(seats) - 1) // 2:
        return PairGroup(pairs=pairs, among=seats)
    hub = next((slug for slug in seats if all(slug in (pair.one, pair.other) for pair in pairs)), "")
    if hub and len(pairs) > 1:
        return PairGroup(pairs=pairs, hub=hub, others=tuple(slug for slug in seats if slug != hub))
    return PairGroup(pairs=pairs)


def _changed(context: PageContext) -> dict[tuple[str, frozenset[str]], str]:
    """Return since when the format of each session, or of a pair in it, is as it is."""
    found: dict[tuple[str, frozenset[str]], str] = {}
    for notice in context.view.notices:
        if notice.kind in ("SessionOpened", "FormatChanged"):
            session = notice.data.get("session", "")
            found[session, frozenset(notice.data.get("pair", ()))] = notice.at
    return found


def _format(context: PageContext, handle: str) -> Data | None:
    session = context.known.sessions.get(handle)
    if session is None or not context.has("ChangeFormat"):
        return None
    chosen = [slug for slug in context.asked.get("for", ()) if slug in session.participants]
    return {
        "session": session,
        "chosen": chosen if len(chosen) == 2 else [],
        "formats": FORMATS,
        "refused": context.would(ChangeFormat(session=handle, format=Format.PLENARY)),
        "now": [(pair.first, pair.second, pair.format) for pair in {frozenset((p.first, p.second)): p
                for p in session.pairs}.values()],
    }  # fmt: skip


HALL = Page(
    path="hall",
    template="hall.html",
    title="Hall",
    parts=("top", "where", "pairs", "agenda", "packs"),
    data=_hall,
    under="hall",
    powers=RUNS,
)
FORMAT = Page(
    path="sessions/{}/format",
    template="format.html",
    title="Change the format",
    parts=("format",),
    data=_format,
    under="sessions",
    powers=("ChangeFormat",),
)
