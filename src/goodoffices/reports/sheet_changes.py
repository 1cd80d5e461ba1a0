"""What a spreadsheet of own talks would change in a record that has begun: each change with the command that makes it.

The record is compared as one seat knows it, so nothing is shown that this seat may not know. What is in the record and
no longer in the spreadsheet stays. What a seat cannot change is named, with the reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from goodoffices.canonical_json import canonical
from goodoffices.data_class import dataclass
from goodoffices.formats.talks_sheets.entities import HeldNames
from goodoffices.formats.talks_sheets.lasting_names import key_of
from goodoffices.talks.base.serialization import to_plain
from goodoffices.talks.claims.agenda import ClaimRole, EnterIssue, NameText
from goodoffices.talks.claims.commands import DeclareDistinct, EnterClaim, EnterSource, NameActor, ReplaceClaim
from goodoffices.talks.commitments.commands import MoveDue, RecordCommitment
from goodoffices.talks.model.actors import Actor
from goodoffices.talks.model.claims import Claim
from goodoffices.talks.model.obligations import Commitment
from goodoffices.talks.model.rounds import Round, Session
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.rounds.rounds import MoveRound, PlanRound
from goodoffices.talks.rounds.sessions import PlanSession
from goodoffices.talks.seats.commands import GiveSeat, SetCompartment
from goodoffices.talks.state.command_context import Command
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.view import View
from goodoffices.text_tables import beginning

Make = Callable[[Knowledge], Command]
SENTENCES: Mapping[str, str] = {
    "actor": "Actor: {name}",
    "also": "Actor {name}: also called {names}",
    "part-of": "Actor {name}: what it is part of stays as it was entered.",
    "kind": "Actor {name}: what it is stays as it was entered.",
    "apart": "Never the same: {name} and {other}",
    "seat": "Seat: {name}",
    "seat-stays": "Seat {name}: a seat keeps its actor and its roles.",
    "source": "Source: {name}",
    "source-stays": "Source {name}: a source stays as it was entered.",
    "text": "Text: {name}",
    "compartment": "Who may see what was said to some: {names}",
    "claim": "Claim: {name}",
    "claim-of-others": "Claim {name}: another seat entered it.",
    "role": "Role: {name}, {role}",
    "issue": "Issue: {name}",
    "issue-stays": "Issue {name}: an issue keeps its question and its options.",
    "disputed": "{name} disputes a role of {other}: only its own seat can say so.",
    "delegation": "Delegation of {name}: only its own seat names it.",
    "round": "Round: {name}",
    "round-moved": "Round {name}: begins {day}",
    "round-without-day": "Round {name}: a round is planned with its first day. Write it on the sheet Start.",
    "session": "Session: {name}",
    "session-stays": "Session {name}: its hour stays as it was planned.",
    "commitment": "Commitment: {name}",
    "commitment-due": "Commitment {name}: due {day}",
    "commitment-stays": "Commitment {name}: its condition and its text stay as they were recorded.",
    "title": "The title stays as the talks began with it.",
    "zone": "The time zone stays as the talks began with it.",
    "languages": "The languages stay as the talks began with them.",
}
"""What would change, or stays, as messages of the catalogues."""
NO_POWER = "This seat may not give {command}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of what would change: its message, and what fills it."""

    code: str
    values: tuple[tuple[str, str], ...] = ()
    command: str = ""
    """The command that this seat may not give, if that is why it cannot be changed."""

    def __str__(self) -> str:
        told = SENTENCES[self.code].format(**dict(self.values))
        return f"{told}: {NO_POWER.format(command=self.command)}" if self.command else told


_LONGEST = 200


def _line(code: str, /, **values: object) -> Line:
    return Line(code=code, values=tuple((name, _short(str(value))) for name, value in values.items()))


def _short(text: str) -> str:
    return beginning(text, _LONGEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetChange:
    """One change: what it says, whether it is new or alters something, and the command, made when its turn comes."""

    what: Line
    is_new: bool
    command: type[Command]
    make: Make


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetChanges:
    """All changes in the order in which they can be made; what this seat cannot change; what is only in the record."""

    changes: tuple[SheetChange, ...]
    cannot: tuple[Line, ...]
    gone: tuple[Line, ...]

    @property
    def n_new(self) -> int:
        """How many changes enter something new."""
        return sum(one.is_new for one in self.changes)


def held_names(known: Knowledge) -> HeldNames:
    """Return the lasting names that a record has, by every name."""
    actors = {key_of(name.text): actor.slug for actor in known.actors.values() for name in reversed(actor.names)}
    sources = {key_of(source.title): source.slug for source in known.sources.values() if source.title}
    texts = {key_of(text.title): text.slug for text in known.header.texts}
    return HeldNames(actors=actors, sources=sources, texts=texts)


def sheet_changes(file: TalksFile, view: View) -> SheetChanges:
    """Return what a spreadsheet, read as a talks file, would change in the record that ``view`` is of."""
    found = [*_said(file, view), *_planned(file, view)]
    changes = tuple(one for one in found if isinstance(one, SheetChange) and one.command.__name__ in view.powers)
    unable = (
        replace(one.what, command=one.command.__name__)
        for one in found
        if isinstance(one, SheetChange) and one.command.__name__ not in view.powers
    )
    cannot = (*(one for one in found if isinstance(one, Line)), *unable)
    return SheetChanges(changes=changes, cannot=cannot, gone=tuple(_gone(file, view.known)))


def request_key(command: Command) -> str:
    """Return the request key of a change: the same change a second time has the same, so it is made once."""
    plain = {"command": type(command).__name__, "of": to_plain(command)}
    return f"sheet-{hashlib.sha256(canonical(plain)).hexdigest()[:40]}"


def _new(what: Line, command: Command) -> SheetChange:
    return SheetChange(what=what, is_new=True, command=type(command), make=lambda _: command)


def _other(what: Line, command: Command) -> SheetChange:
    return SheetChange(what=what, is_new=False, command=type(command), make=lambda _: command)


def _said(file: TalksFile, view: View) -> Iterator[SheetChange | Line]:
    """Yield actors, seats, sources, texts, claims and roles, in the order in which they name each other."""
    known = view.known
    for actor in _parents_first(file.actors):
        yield from _actor(actor, known)
    yield from _seats(file, known)
    yield from _sources(file, known)
    known_texts = {text.slug for text in known.header.texts}
    yield from (
        _new(_line("text", name=text.title), NameText(text=text)) for text in file.texts if text.slug not in known_texts
    )
    for one in file.compartments:
        if one.slug not in known.compartments:
            names = ", ".join(one.seats)
            yield _new(_line("compartment", names=names), SetCompartment(slug=one.slug, seats=one.seats))
    yield from _claims(file.claims, view)
    new_roles = (role for role in file.roles if role not in known.roles)
    yield from (
        _new(_line("role", name=_name(file, role.actor), role=role.role), ClaimRole(role=role)) for role in new_roles
    )
    yield from _apart(file, known)


def _sources(file: TalksFile, known: Knowledge) -> Iterator[SheetChange | Line]:
    for source in file.sources:
        held = known.sources.get(source.slug)
        if held is None:
            yield _new(_line("source", name=source.title or source.publisher), EnterSource(source=source))
        elif held != source:
            yield _line("source-stays", name=source.title or source.publisher)


def _parents_first(actors: Iterable[Actor]) -> list[Actor]:
    """Return actors so that none stands before the one that it is part of."""
    by_slug, placed = {actor.slug: actor for actor in actors}, dict[str, Actor]()

    def place(actor: Actor) -> None:
        if actor.part_of in by_slug and actor.part_of not in placed:
            place(by_slug[actor.part_of])
        placed[actor.slug] = actor

    for actor in by_slug.values():
        if actor.slug not in placed:
            place(actor)
    return list(placed.values())


def _actor(actor: Actor, known: Knowledge) -> Iterator[SheetChange | Line]:
    held, shown = known.actors.get(actor.slug), actor.names[0].text
    if held is None:
        yield _new(_line("actor", name=shown), NameActor(actor=actor))
        return
    have = {(key_of(name.text)) for name in held.names}
    more = [name.text for name in actor.names if key_of(name.text) not in have]
    if more:
        part_of = actor.part_of or held.part_of
        named = replace(actor, kind=held.kind, part_of=part_of)
        yield _other(_line("also", name=held.names[0].text, names="; ".join(more)), NameActor(actor=named))
    elif actor.part_of != held.part_of:
        yield _line("part-of", name=shown)
    if actor.kind is not held.kind:
        yield _line("kind", name=shown)


def _seats(file: TalksFile, known: Knowledge) -> Iterator[SheetChange | Line]:
    for seat in file.seats:
        held = known.seats.get(seat.slug)
        if held is None:
            given = GiveSeat(slug=seat.slug, actor=seat.actor, roles=seat.roles, kept_by=seat.kept_by)
            yield _new(_line("seat", name=seat.slug), given)
        elif (held.actor, set(held.roles)) != (seat.actor, set(seat.roles)):
            yield _line("seat-stays", name=seat.slug)


def _claims(claims: Iterable[Claim], view: View) -> Iterator[SheetChange | Line]:
    held = {one.claim.slug: one for one in view.known.claims.values() if one.replaced_by is None}
    for claim in claims:
        own, shown = held.get(claim.slug), f"{claim.aspect}: {claim.value.words}"
        if own is None:
            yield _new(_line("claim", name=shown), EnterClaim(claim=claim))
        elif own.claim != claim and own.by != view.seat:
            yield _line("claim-of-others", name=shown)
        elif own.claim != claim:
            why = "The spreadsheet was changed."
            yield _other(_line("claim", name=shown), ReplaceClaim(old=own.handle, claim=claim, why=why))


def _apart(file: TalksFile, known: Knowledge) -> Iterator[SheetChange]:
    said = {frozenset(one.actors) for one in known.sames}
    for first, second, why in file.homonyms:
        if {first, second} not in said:
            what = _line("apart", name=_name(file, first), other=_name(file, second))
            yield _new(what, DeclareDistinct(actors=(first, second), ground=why))


def _planned(file: TalksFile, view: View) -> Iterator[SheetChange | Line]:
    """Yield issues, rounds, sessions and commitments, and what only other seats can say."""
    known = view.known
    yield from _issues(file, known)
    for plan in file.rounds:
        yield from _round(plan, known)
    for session in file.sessions:
        yield from _session(session, known)
    for commitment in file.commitments:
        yield from _commitment(commitment, known)
    yield from _of_others(file, known)
    yield from _fixed(file, known)


def _issues(file: TalksFile, known: Knowledge) -> Iterator[SheetChange | Line]:
    held = {issue.slug: issue for basket in known.agenda for issue in basket.issues}
    for basket in file.agenda:
        for issue in basket.issues:
            question = issue.question[0].text
            if issue.slug not in held:
                yield _new(_line("issue", name=question), EnterIssue(issue=issue, basket=basket.title))
            elif held[issue.slug] != issue:
                yield _line("issue-stays", name=question)


def _of_others(file: TalksFile, known: Knowledge) -> Iterator[Line]:
    """Yield what only the seat that it is about can say."""
    stated = {(one.recognition.by, one.recognition.of, one.recognition.role) for one in known.recognitions}
    for one in file.recognition:
        if (one.by, one.of, one.role) not in stated:
            yield _line("disputed", name=_name(file, one.by), other=_name(file, one.of))
    named = {one.delegation.seat for one in known.delegations.values()}
    for delegation in file.delegations:
        if delegation.seat not in named:
            yield _line("delegation", name=delegation.seat)


def _round(plan: Round, known: Knowledge) -> Iterator[SheetChange | Line]:
    held = next((one for one in known.rounds.values() if one.round.slug == plan.slug), None)
    start = plan.planned[0].start if plan.planned else None
    if held is None and start is None:
        yield _line("round-without-day", name=plan.title)
    elif held is None and start is not None:
        yield _new(
            _line("round", name=plan.title), PlanRound(slug=plan.slug, title=plan.title, start=start, place=plan.place)
        )
    elif held is not None and start is not None and start not in {one.start for one in held.round.planned}:
        yield _other(_line("round-moved", name=held.round.title, day=start), MoveRound(round=held.handle, start=start))


def _session(session: Session, known: Knowledge) -> Iterator[SheetChange | Line]:
    held = next((one for one in known.sessions.values() if key_of(one.title) == key_of(session.title)), None)
    if held is None:

        def make(now: Knowledge) -> Command:
            handle = next((one.handle for one in now.rounds.values() if one.round.slug == session.round), None)
            return PlanSession(
                title=session.title, format=session.format, participants=session.participants, round=handle,
                starts_at=session.starts_at,
            )  # fmt: skip

        yield SheetChange(what=_line("session", name=session.title), is_new=True, command=PlanSession, make=make)
    elif held.starts_at != session.starts_at:
        yield _line("session-stays", name=session.title)


def _commitment(commitment: Commitment, known: Knowledge) -> Iterator[SheetChange | Line]:
    held = next((one for one in known.commitments.values() if one.commitment.slug == commitment.slug), None)
    due = next((one.due for one in commitment.due), None)
    day = due if isinstance(due, date) else None
    if held is None:
        recorded = RecordCommitment(
            slug=commitment.slug, obligors=commitment.obligors, what=commitment.what, due=day,
            condition=commitment.condition, text=commitment.text,
        )  # fmt: skip
        yield _new(_line("commitment", name=commitment.what), recorded)
        return
    if day is not None and day not in {one.due for one in held.commitment.due}:
        yield _other(_line("commitment-due", name=commitment.what, day=day), MoveDue(commitment=held.handle, due=day))
    if (commitment.condition, commitment.text) != (held.commitment.condition, held.commitment.text):
        yield _line("commitment-stays", name=commitment.what)


def _fixed(file: TalksFile, known: Knowledge) -> Iterator[Line]:
    header = known.header
    for what, ours, theirs in (
        ("title", file.title, header.title),
        ("zone", file.zone, header.zone),
        ("languages", file.languages, header.languages),
    ):
        if ours != theirs:
            yield _line(what)


def _name(file: TalksFile, slug: str) -> str:
    return next((actor.names[0].text for actor in file.actors if actor.slug == slug), slug)


def _gone(file: TalksFile, known: Knowledge) -> Iterator[Line]:
    """Yield what is in the record and not in the spreadsheet; none of it is taken away."""
    actors = {actor.slug for actor in file.actors}
    yield from (_line("actor", name=one.names[0].text) for one in known.actors.values() if one.slug not in actors)
    seats = {seat.slug for seat in file.seats}
    yield from (
        _line("seat", name=one.slug) for one in known.seats.values() if one.slug not in seats and not one.closed
    )
    sources = {source.slug for source in file.sources}
    yield from (
        _line("source", name=one.title or one.publisher) for one in known.sources.values() if one.slug not in sources
    )
    issues = {issue.slug for basket in file.agenda for issue in basket.issues}
    held = (issue for basket in known.agenda for issue in basket.issues)
    yield from (_line("issue", name=issue.question[0].text) for issue in held if issue.slug not in issues)
    claims = {claim.slug for claim in file.claims}
    for one in known.claims.values():
        if one.claim.slug not in claims and one.replaced_by is None:
            yield _line("claim", name=f"{one.claim.aspect}: {one.claim.value.words}")
    owed = {commitment.slug for commitment in file.commitments}
    for each in known.commitments.values():
        if each.commitment.slug not in owed:
            yield _line("commitment", name=each.commitment.what)
