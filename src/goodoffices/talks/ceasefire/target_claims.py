"""Who is said to have been the target. That fire was aimed at somebody who is excluded is itself only said."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, Content, Ref, Words, faces
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTarget(Command):
    """Say at whom an alleged act was aimed. All who know the allegation read it. It is neither checked nor taken."""

    allegation: str
    target: str
    words: Words | None = None


_CLAIMED = ("allegation", "target", "words")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetClaimed(Content):
    """A seat said at whom an alleged act was aimed."""

    FACES = faces(*_CLAIMED)
    REFS = ("allegation",)

    allegation: Ref
    target: str
    words: Words | None = None


def claim_target(context: CommandContext, command: ClaimTarget) -> None:
    """Say at whom an alleged act was aimed, and tell who knows the allegation."""
    thing, held = context.find(command.allegation, context.known.allegations)
    if held.withdrawn:
        raise context.refuse("done", case="allegation", handle=command.allegation)
    context.known_actors([command.target])
    claimed = TargetClaimed(allegation=thing, target=command.target, words=command.words)
    context.tell(claimed, [seat for seat in context.seen_by(thing) if seat != CLOCK])
