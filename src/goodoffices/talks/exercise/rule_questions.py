"""Questions on the rules, out of character: a player asks control, and control answers one seat or all."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Ref, Words
from goodoffices.talks.base.states import Face
from goodoffices.talks.exercise.clock import played
from goodoffices.talks.exercise.runs import controls
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRules(Command):
    """Ask control a question on the rules, out of character. Only control and your seat see it."""

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRules(Command):
    """Answer a question on the rules. With ``to_all`` everybody is told the answer, and not who asked."""

    question: str
    words: Words
    to_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAsked(Content):
    """A seat asks about the rules."""

    FACES = {Face.SELF: ("question", "words")}
    NEW = {"question": "rq"}

    question: Ref
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAnswered(Content):
    """Control answered a question on the rules."""

    FACES = {Face.SELF: ("question", "answer"), Face.OWN: ("question", "answer"), Face.ALL: ("answer",)}
    REFS = ("question",)

    question: Ref
    answer: Words


def ask_rules(context: CommandContext, command: AskRules) -> None:
    """Ask control about the rules."""
    played(context)
    context.tell(RuleAsked(question=context.new(), words=command.words), controls(context.known), face=Face.SELF)


def answer_rules(context: CommandContext, command: AnswerRules) -> None:
    """Answer the seat that asked, or everybody. Refused if it was answered."""
    played(context)
    thing, asked = context.find(command.question, context.known.rule_questions)
    if asked.answer is not None:
        raise context.refuse("done", case="rule_answered", handle=command.question)
    chiefs = [(one, Face.SELF) for one in controls(context.known)]
    others = [(one, Face.ALL) for one in context.everyone()] if command.to_all else []
    answered = RuleAnswered(question=thing, answer=command.words)
    context.write(answered, [(context.seat, Face.SELF), *chiefs, (asked.by, Face.OWN), *others])
