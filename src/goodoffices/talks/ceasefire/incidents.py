"""Incidents: allegations of one ledger or several that a person says are about the same event.

A link is a person's act and can be taken back. An incident has no figures of its own: what is stated of it stands for
each ledger apart, and nothing is added up over ledgers.
"""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, Content, Ref, Words, faces
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import KnownAllegation, KnownIncident


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIncident(Command):
    """Say that allegations are about one event. Seats that know all of them see it."""

    allegations: tuple[str, ...]
    why: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAllegation(Command):
    """Say that an allegation is about the event of an incident. Seats that know both see it."""

    incident: str
    allegation: str
    why: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkAllegation(Command):
    """Take an allegation out of an incident. It stands by itself again, as it was."""

    incident: str
    allegation: str
    why: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentOpened(Content):
    """Allegations were said to be about one event."""

    FACES = faces("incident", "allegations", "why")
    NEW = {"incident": "x"}
    REFS = ("allegations",)

    incident: Ref
    allegations: tuple[Ref, ...]
    why: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationLinked(Content):
    """An allegation was said to be about the event of an incident."""

    FACES = faces("incident", "allegation", "why")
    REFS = ("incident", "allegation")

    incident: Ref
    allegation: Ref
    why: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationUnlinked(Content):
    """An allegation was taken out of an incident."""

    FACES = faces("incident", "allegation", "why")
    REFS = ("incident", "allegation")

    incident: Ref
    allegation: Ref
    why: Words | None = None


def open_incident(context: CommandContext, command: OpenIncident) -> None:
    """Open an incident with allegations that the asking seat reads, and tell the seats that know all of them."""
    named = tuple(dict.fromkeys(command.allegations))
    if not named:
        raise context.refuse("unknown", case="missing")
    things = [_linkable(context, handle) for handle in named]
    told = set.intersection(*(set(context.seen_by(thing)) for thing in things)) - {CLOCK}
    opened = IncidentOpened(incident=context.new(), allegations=tuple(things), why=command.why)
    context.tell(opened, sorted(told))


def link_allegation(context: CommandContext, command: LinkAllegation) -> None:
    """Link an allegation to an incident, and tell the seats that know both."""
    incident, _ = context.find(command.incident, context.known.incidents)
    allegation = _linkable(context, command.allegation)
    context.tell(
        AllegationLinked(incident=incident, allegation=allegation, why=command.why),
        _know_both(context, incident, allegation),
    )


def unlink_allegation(context: CommandContext, command: UnlinkAllegation) -> None:
    """Take an allegation out of an incident, and tell the seats that know both. Refused if it is not in it."""
    incident, held = context.find(command.incident, context.known.incidents)
    allegation, _ = context.find(command.allegation, context.known.allegations)
    if command.allegation not in held.allegations:
        raise context.refuse("unknown", case="incident", handle=command.allegation, incident=command.incident)
    context.tell(
        AllegationUnlinked(incident=incident, allegation=allegation, why=command.why),
        _know_both(context, incident, allegation),
    )


def _linkable(context: CommandContext, handle: str) -> Ref:
    """Return an allegation that the asking seat reads in its ledger and that is in no incident."""
    thing, held = context.find(handle, context.known.allegations)
    if held.ledger not in context.known.ledgers:
        raise context.refuse("not_yours", case="finding", handle=handle)
    if held.withdrawn or held.revised_by:
        raise context.refuse("done", case="revised", handle=handle)
    if linked := incidents_of(context.known, handle):
        raise context.refuse("done", case="linked", handle=handle, incident=linked[0].handle)
    return thing


def incidents_of(known: Knowledge, allegation: str) -> tuple[KnownIncident, ...]:
    """Return the incidents that an allegation is linked to; two if two seats linked it unknown to each other."""
    return tuple(held for held in known.incidents.values() if allegation in held.allegations)


def _know_both(context: CommandContext, incident: Ref, allegation: Ref) -> list[str]:
    return sorted((set(context.seen_by(incident)) & set(context.seen_by(allegation))) - {CLOCK})


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerShare:
    """What one ledger says of an incident: how many of its allegations, when, where, and their numbers as stated."""

    ledger: str
    allegations: tuple[str, ...]
    occurred_from: str
    occurred_to: str
    areas: tuple[str, ...]
    killed: tuple[str, ...]


def shares_of(known: Knowledge, incident: str) -> tuple[LedgerShare, ...]:
    """Return what each ledger says of an incident, in the order of the ledgers. Nothing is added up."""
    linked = known.incidents[incident].allegations
    by_ledger: dict[str, list[KnownAllegation]] = {}
    for held in (known.allegations[handle] for handle in sorted(linked)):
        by_ledger.setdefault(held.ledger, []).append(held)
    return tuple(
        LedgerShare(
            ledger=ledger,
            allegations=tuple(held.handle for held in rows),
            occurred_from=min(held.occurred_from for held in rows),
            occurred_to=max(held.occurred_to for held in rows),
            areas=tuple(sorted({held.area for held in rows if held.area})),
            killed=tuple(held.killed for held in rows if held.killed),
        )
        for ledger in known.ledgers
        if (rows := by_ledger.get(ledger))
    )
