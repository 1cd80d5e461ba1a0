"""What a talks file plans for an exercise: its hours, its seats, briefs, actions, injects and questions to forecast."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.model.actors import Actor, SeatPlan
from goodoffices.talks.model.brief import Brief

MOST_PACE = 1000
"""The fastest that the clock of an exercise may run: so many minutes of talks in a real minute."""

Said = tuple[tuple[str, str], ...]
"""Pairs of a language code and a text in that language, the first of which is the one for everybody else."""


def said_in(said: Said, language: str) -> str:
    """Return the text in ``language``; without one the first; empty if there is none at all."""
    return next((text for lang, text in said if lang == language), said[0][1] if said else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedSeat:
    """A seat as an exercise fills it.

    ``persons_from`` and ``persons_to`` are how many people it is made for. ``automated`` is what plays it when nobody
    does. ``standing`` is what it can spend on actions.
    """

    slug: str
    persons_from: int = 1
    persons_to: int = 1
    automated: str = "silent"
    standing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedInject:
    """News that control prepared: it comes at a time of the talks, when a condition holds, or by hand.

    ``when`` is a condition in the closed language of ``talks.exercise.conditions``. ``after_minutes`` pass after it
    first holds. ``claims`` name the claims of the talks file that it rests on; without any it is invented.
    """

    slug: str
    title: Said
    words: Said
    to: tuple[str, ...]
    kind: str = "news"
    at: datetime | None = None
    when: str = ""
    after_minutes: int = 0
    claims: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.at is not None and self.when:
            raise ScenarioError(
                Phrase("inject {slug} has a time and a condition; keep one of them", slug=repr(self.slug))
            )

    @property
    def after(self) -> timedelta:
        """What passes between the first moment of its condition and the inject."""
        return timedelta(minutes=self.after_minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAction:
    """Something that a seat can do outside the talks: what it costs, whether control rules on it, and who learns."""

    slug: str
    title: Said
    by: tuple[str, ...]
    cost: int = 0
    needs_control: bool = True
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastQuestion:
    """A question that every seat may forecast, and the condition that answers it at the end."""

    slug: str
    words: Said
    resolves: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlan:
    """What every seat is shown of an exercise: its title, hours, seats, background and questions."""

    title: Said
    starts_at: datetime
    ends_at: datetime
    pace: int = 12
    seats: tuple[PlayedSeat, ...] = ()
    resources: tuple[Said, ...] = ()
    forecasts: tuple[ForecastQuestion, ...] = ()
    reflections: tuple[Said, ...] = ()
    tells_automated: bool = True

    def __post_init__(self) -> None:
        if self.ends_at <= self.starts_at:
            raise ScenarioError(Phrase("the exercise ends before it starts; put 'ends_at' after 'starts_at'"))
        if not 1 <= self.pace <= MOST_PACE:
            raise ScenarioError(
                Phrase(
                    "the pace of the exercise is {pace}; it runs from 1 to {most_pace}",
                    pace=str(self.pace),
                    most_pace=str(MOST_PACE),
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExercisePlan:
    """The whole plan. What stands beside ``shown`` is for control, and each brief for its seat.

    ``added_actors`` and ``added_seats`` are in the talks only when they are played. ``powers`` are single commands
    that a seat has beside those of its roles.
    """

    shown: ShownPlan
    seed: int = 0
    briefs: tuple[Brief, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    injects: tuple[PlannedInject, ...] = ()
    added_actors: tuple[Actor, ...] = ()
    added_seats: tuple[SeatPlan, ...] = ()
    powers: tuple[tuple[str, tuple[str, ...]], ...] = ()
