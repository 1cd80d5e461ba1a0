"""What became of a comment: the pen took it up, made a variant of it, noted it or left it out. Only it sees this."""

from __future__ import annotations

from typing import Annotated

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Ref
from goodoffices.talks.base.states import Face
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.texts.commands import own_text

OUTCOMES = ("taken-up", "variant", "noted", "left-out", "waiting")
"""What the pen can say of a comment. *Waiting* opens it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleComment(Command):
    """Note for yourself, as the pen, what became of a comment. Nobody else is told."""

    comment: str
    outcome: Annotated[str, OUTCOMES]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentSettled(Content):
    """The pen noted what became of a comment."""

    FACES = {Face.SELF: ("comment", "outcome")}
    REFS = ("comment",)

    comment: Ref
    outcome: str


def settle_comment(context: CommandContext, command: SettleComment) -> None:
    """Note what became of a comment, for the asking seat alone. Refused unless it holds the pen of the text."""
    thing, comment = context.find(command.comment, context.known.comments)
    version = context.known.versions.get(comment.version or "")
    if version is None:
        raise context.refuse("unknown")
    own_text(context, version.text)
    if command.outcome not in OUTCOMES:
        raise context.refuse("bad_value", case="mark", known=", ".join(OUTCOMES))
    context.tell(CommentSettled(comment=thing, outcome=command.outcome), ())
