"""What is written for the debrief alone: moments that evaluators note, forecasts, and reflections afterwards."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Words
from goodoffices.talks.base.states import Face
from goodoffices.talks.exercise.clock import played, started
from goodoffices.talks.exercise.runs import controls
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMoment(Command):
    """Note something for the debrief. ``notice`` is its number in your record."""

    words: Words
    seat: str | None = None
    notice: int = 0
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeForecast(Command):
    """Say how likely it is that a question is answered with yes at the end, in per cent. The last forecast counts."""

    question: str
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflect(Command):
    """Write what you think about the exercise when it is over. With ``share`` everybody may read it."""

    words: Words
    question: int = 0
    share: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentNoted(Content):
    """Somebody noted something for the debrief. Nobody else sees it before all is revealed."""

    FACES = {Face.SELF: ("seat", "notice", "words", "tag")}

    words: Words
    seat: str = ""
    notice: int = 0
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastMade(Content):
    """A seat made a forecast. Nobody else sees it before the debrief."""

    FACES = {Face.SELF: ("question", "percent")}

    question: str
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReflectionMade(Content):
    """A seat wrote what it thinks about the exercise."""

    FACES = {Face.SELF: ("question", "words", "is_shared"), Face.ALL: ("question", "words", "is_shared")}

    words: Words
    question: int = 0
    is_shared: bool = False


def note_moment(context: CommandContext, command: NoteMoment) -> None:
    """Note a moment. Only its author is told."""
    played(context)
    [seat] = context.known_seats([command.seat]) if command.seat else [""]
    noted = MomentNoted(words=command.words, seat=seat, notice=command.notice, tag=command.tag)
    context.tell(noted, [])


def make_forecast(context: CommandContext, command: MakeForecast) -> None:
    """Make a forecast. Refused for a question that is not asked, or after the end."""
    run = started(context)
    assert run.plan is not None, "an exercise that has started has a plan"
    asked = [question.slug for question in run.plan.forecasts]
    if command.question not in asked:
        raise context.no_such("forecast", command.question, asked)
    if not 0 <= command.percent <= 100:
        raise context.refuse("bad_value", case="percent")
    context.tell(ForecastMade(question=command.question, percent=command.percent), [])


def reflect(context: CommandContext, command: Reflect) -> None:
    """Tell control what one thinks about the exercise, or everybody. Refused while it goes on."""
    run = played(context)
    if not run.is_over:
        raise context.refuse("running", case="reflect")
    made = ReflectionMade(words=command.words, question=command.question, is_shared=command.share)
    context.tell(made, context.everyone() if command.share else controls(context.known))
