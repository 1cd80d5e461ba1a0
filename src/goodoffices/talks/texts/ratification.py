"""Commands on ratification and entry into force.

Read out, issued, adopted, signed, ratified and in force are separate states, and none implies another. If a
ratification fails, all stances stay as they were and nothing enters into force.
"""

from __future__ import annotations

from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, Content, Ref, faces
from goodoffices.talks.base.local_time import instant_in
from goodoffices.talks.base.states import Face, ForceState
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.texts.comments import held_version
from goodoffices.talks.voting.counting import Answers, Poll, impossible_count
from goodoffices.talks.voting.explanations import DecisionVerdict
from goodoffices.talks.voting.outcomes import verdict
from goodoffices.talks.voting.rule_mistakes import mistake_in
from goodoffices.talks.voting.rules import Referendum


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRatification(Command):
    """Record what a ratifier decided on a version that you hold. You are the ratifier, or the party that named it.

    If you give the counts (``polls``) and the law (``rule``), the outcome is worked out and must be what you say.
    """

    version: str
    ratifier: str
    ratified: bool
    method: str = ""
    rule: Referendum | None = None
    polls: tuple[Poll, ...] = ()
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterIntoForce(Command):
    """As the depositary, say when a version enters into force: local time, time zone, and what the text says about it.

    If the time is still to come, the entry is planned and happens by itself. ``parts`` are clauses, for an entry in
    stages; left out, the whole version.
    """

    version: str
    local: str
    zone: str
    ground: str
    parts: tuple[str, ...] = ()


_RATIFIED = ("version", "ratifier", "ratified", "method", "rule", "polls", "claim")


@dataclass(frozen=True, slots=True, kw_only=True)
class RatificationRecorded(Content):
    """A ratifier decided on a version. If it refused, the planned entries into force of the version are stopped.

    ``refused`` is the internal id of a version that was refused. Only the clock sees it. With it the clock also stops
    entries that were planned before the recording seat was told of the version.
    """

    FACES = {Face.SELF: _RATIFIED, Face.ALL: _RATIFIED, Face.CLOCK: ("stops", "refused")}
    REFS = ("version", "claim", "stops")

    version: Ref
    ratifier: str
    ratified: bool
    method: str = ""
    rule: Referendum | None = None
    polls: tuple[Poll, ...] = ()
    claim: Ref | None = None
    stops: tuple[Ref, ...] = ()
    refused: str | None = None


_FORCE = ("force", "version", "instant", "local", "zone", "ground", "parts")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForcePlanned(Content):
    """The time was set at which a version, or parts of it, enter into force.

    ``whole`` is the internal id of the version. Only the clock sees it.
    """

    FACES = {Face.SELF: _FORCE, Face.ALL: _FORCE, Face.CLOCK: ("force", "instant", "whole")}
    NEW = {"force": "f"}
    REFS = ("version", "parts")

    force: Ref
    version: Ref
    instant: datetime
    local: str
    zone: str
    ground: str
    parts: tuple[Ref, ...] = ()
    whole: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredIntoForce(Content):
    """A version, or parts of it, entered into force."""

    FACES = faces("force") | {Face.CLOCK: ("force",)}
    REFS = ("force",)

    force: Ref


def record_ratification(context: CommandContext, command: RecordRatification) -> None:
    """Record a ratification, and tell the holders of the version.

    Refused unless the asking seat is the ratifier or named it, and if the counts contradict the outcome.
    """
    thing, version, _ = held_version(context, command.version)
    named_by = {by for by, ratifier, _ in context.known.ratifiers if ratifier == command.ratifier}
    if context.seat not in named_by and context.known.actor_of(context.seat) != command.ratifier:
        raise context.refuse("not_ratifier", who=command.ratifier)
    if any((r.version, r.ratifier) == (version.handle, command.ratifier) for r in context.known.ratifications):
        raise context.refuse("done", case="ratification", who=command.ratifier)
    if any(map(impossible_count, command.polls)):
        raise context.refuse("bad_value", why="There are more votes than people who may vote. Correct one of them.")
    if command.rule is not None:
        if wrong := mistake_in(command.rule):
            raise context.refuse("bad_value", case=wrong.case)
        found = verdict(command.rule, Answers(polls=command.polls))
        if found is not DecisionVerdict.CANNOT_TELL and (found is DecisionVerdict.PASSES) is not command.ratified:
            raise context.refuse(
                "bad_value",
                why="Under this rule these numbers give another outcome. Check the numbers, or what was decided.",
            )
    elif command.ratified and any(poll.yes <= poll.no for poll in command.polls):
        # Without a stated law we assume only that more must be for it than against it. What else it needs is not known.
        raise context.refuse(
            "bad_value", why="By these counts not more were for it than against it. Name the law under which it passed."
        )
    planned = [
        f.handle for f in context.known.forces.values() if f.version == version.handle and f.state == ForceState.PLANNED
    ]
    recorded = RatificationRecorded(
        version=thing,
        ratifier=command.ratifier,
        ratified=command.ratified,
        method=command.method,
        rule=command.rule,
        polls=command.polls,
        claim=None if command.claim is None else context.find(command.claim, context.known.claims)[0],
        stops=() if command.ratified else context.ids(planned),
        refused=None if command.ratified else str(thing),
    )
    context.tell(recorded, (*context.seen_by(thing), CLOCK))


def enter_into_force(context: CommandContext, command: EnterIntoForce) -> None:
    """Plan an entry into force, and tell the holders of the version.

    Refused while a named ratifier has not ratified exactly this version.
    """
    thing, version, _ = held_version(context, command.version)
    if not set(command.parts) <= set(version.clauses):
        raise context.refuse("unknown", case="clause", handle=version.handle)
    still_open = version.open_in(command.parts or version.clauses)
    if still_open:
        raise context.refuse("bracketed", clauses=", ".join(still_open))
    waits = open_conditions(context.known, version.handle)
    if waits:
        raise context.refuse("conditions_open", who=waits[0])
    planned = ForcePlanned(
        force=context.new(),
        version=thing,
        instant=instant_in(command.local, command.zone),
        local=command.local,
        zone=command.zone,
        ground=command.ground,
        parts=context.ids(command.parts),
        whole=str(thing),
    )
    told = (*context.seen_by(thing), CLOCK)
    context.tell(planned, told)
    if planned.instant <= context.at:
        context.tell(EnteredIntoForce(force=planned.force), told)


def open_conditions(known: Knowledge, version: str) -> tuple[str, ...]:
    """Return the known ratifiers that have not ratified a version, given by handle: silent ones and refusing ones."""
    ratified = {r.ratifier for r in known.ratifications if r.version == version and r.ratified}
    refused = [r.ratifier for r in known.ratifications if r.version == version and not r.ratified]
    named = (ratifier for _, ratifier, _ in known.ratifiers)
    return tuple(dict.fromkeys(who for who in (*refused, *named) if who not in ratified))
