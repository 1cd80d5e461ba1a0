"""Briefs: what each seat is given for itself, at the start and when its capital changes its mind."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Words
from goodoffices.talks.base.states import Face
from goodoffices.talks.exercise.clock import played
from goodoffices.talks.exercise.runs import controls
from goodoffices.talks.model.brief import Brief
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBrief(Command):
    """Give a seat a new brief. Only it and control see it.

    With ``issue``, ``options`` are what the seat may accept there from now on. Everything else stays as it was.
    """

    seat: str
    words: tuple[Words, ...]
    issue: str | None = None
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefGiven(Content):
    """A seat was given a brief. Its words are invented teaching material."""

    FACES = {Face.SELF: ("seat", "brief", "words"), Face.OWN: ("seat", "brief", "words")}

    seat: str
    brief: Brief
    words: tuple[Words, ...] = ()


def give_brief(context: CommandContext, command: GiveBrief) -> None:
    """Give a seat a new brief and tell it and control. Refused if it would allow the seat's own red line."""
    played(context)
    [seat] = context.known_seats([command.seat])
    held = context.known.briefs.get(seat)
    brief = Brief(seat=seat) if held is None else held.brief
    if command.issue is not None:
        # The class itself refuses a mandate that has a red line in it.
        brief = replace(brief, mandate={**brief.mandate, command.issue: command.options})
    given = BriefGiven(seat=seat, brief=replace(brief, words={}), words=command.words)
    chiefs = [(one, Face.SELF) for one in controls(context.known)]
    context.write(given, [(context.seat, Face.SELF), *chiefs, (seat, Face.OWN)])
