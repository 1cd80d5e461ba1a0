"""A small exercise for tests: the cast of the two worlds with control and a press seat, briefs, actions and injects."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache

from goodoffices.talks.base.acts import Act
from goodoffices.talks.base.enums import ActorKind, Role, Strength, ValueKind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.core import Talks, decide, due, replay, view_for
from goodoffices.talks.exercise import clock, runs
from goodoffices.talks.initial_exercise_acts import opening_of_exercise
from goodoffices.talks.model.actors import Actor, Name, SeatPlan
from goodoffices.talks.model.brief import Brief, RedLine, Temper
from goodoffices.talks.model.ceasefire import DayReport, Ledger
from goodoffices.talks.model.claims import Claim, Link, Source, Value
from goodoffices.talks.model.exercise import (
    ExercisePlan,
    ForecastQuestion,
    PlannedAction,
    PlannedInject,
    PlayedSeat,
    Said,
    ShownPlan,
)
from goodoffices.talks.model.rounds import PlannedDate, Round
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.talks.state.view import View
from properties.worlds.cast import SEATS, the_talks

opening = opening_of_exercise
"""How an exercise opens; tests of planted leaks put something else in its place."""
STARTS = datetime(2017, 1, 22, 12, 0, tzinfo=UTC)
PLAYERS = tuple(seat for seat in SEATS if seat not in ("sec", "ana", "pap"))
PEOPLE = ("opp", "un")
TOOLS = tuple(seat for seat in PLAYERS if seat not in PEOPLE)


def said(text: str) -> Said:
    return (("en", text), ("ar", f"{text} (ع)"))


def inject(slug: str, **more: object) -> PlannedInject:
    given = {"title": said(f"Title of {slug}"), "words": said(f"Words of {slug}"), "to": ("all",)} | more
    return PlannedInject(slug=slug, **given)  # type: ignore[arg-type]


INJECTS = (
    inject("truce", at=STARTS + timedelta(hours=2), to=("opp", "tur")),
    inject("front", at=STARTS + timedelta(hours=3, minutes=30)),
    inject("quiet", when="no_act(un, for=PT45M)", to=("un",)),
    inject("leak", when="partial_release(text='statement')", to=("usa",), after_minutes=10),
    inject("spoken", when="told(paper, opp, gov) and not stance(opp, statement) == refused", to=("gov",)),
    inject("by-hand", to=("kaz",)),
)
ACTIONS = (
    PlannedAction(slug="shell-village", title=said("Shell a village"), by=("gov",), cost=2, tells=("opp", "un")),
    PlannedAction(
        slug="brief-press", title=said("Brief the press"), by=("gov", "opp"), needs_control=False, tells=("usa",)
    ),
)


def a_brief(seat: str) -> Brief:
    return Brief(
        seat=seat,
        words=dict(said(f"Only {seat} reads this.")),
        worths={"who-watches": {"guarantors": Fraction(40), "committee": Fraction(100)}},
        weights={"who-watches": Fraction(1)},
        reservation_value=Fraction(50),
        red_lines=(RedLine(issue="who-watches", option="guarantors"),),
        mandate={"who-watches": ("committee",)},
        kind="cautious-delegation",
        temper=Temper(patience=60, pride=50, beta=Fraction(1, 2), trust={"un": 50}),
    )


def the_exercise(**changes: object) -> TalksFile:
    """Return the talks with an exercise that starts at noon on 22 January 2017; ``changes`` are of its plan."""
    file = the_talks()
    day = date(2017, 1, 22)
    plan = ExercisePlan(
        shown=ShownPlan(
            title=said("A small exercise"),
            starts_at=STARTS,
            ends_at=STARTS + timedelta(hours=8),
            pace=12,
            seats=tuple(PlayedSeat(slug=seat, automated="cautious-delegation", standing=3) for seat in PLAYERS),
            forecasts=(ForecastQuestion(slug="adopted", words=said("Adopted?"), resolves="adopted(statement)"),),
            reflections=(said("What would you do again?"),),
        ),
        seed=7,
        briefs=tuple(a_brief(seat) for seat in PLAYERS),
        actions=ACTIONS,
        injects=INJECTS,
        added_actors=(Actor(slug="staff", kind=ActorKind.BODY, names=(Name(text="Exercise staff"),)),),
        added_seats=(SeatPlan(slug="control", actor="staff", roles=(Role.CONTROL,), sees_all=True),),
    )
    planned = PlannedDate(start=day, announced_on=day - timedelta(days=5))
    days = (
        DayReport(day=day - timedelta(days=1), total=4),
        DayReport(day=day + timedelta(days=1), total=9),
    )
    return replace(
        file,
        sources=(
            Source(slug="old", publisher="An agency", dated=day - timedelta(days=9)),
            Source(slug="new", publisher="A paper", dated=day + timedelta(days=2)),
        ),
        claims=(
            a_claim("before", day - timedelta(days=9), "old"),
            a_claim("later", STARTS + timedelta(hours=1), "new"),
            a_claim("next-day", day + timedelta(days=1), "new"),
            a_claim("long-after", day + timedelta(days=90), "new"),
        ),
        rounds=(Round(slug="first", title="First round", planned=(planned,), opened=day + timedelta(days=1)),),
        ledgers=(Ledger(slug="rus-ledger", keeper="rus", days=days), Ledger(slug="tur-ledger", keeper="tur")),
        exercise=replace(plan, **changes),  # type: ignore[arg-type]
    )


def a_claim(slug: str, known_from: date | datetime, source: str) -> Claim:
    return Claim(
        slug=slug,
        about="group-a",
        aspect="fighters",
        value=Value(kind=ValueKind.NUMBER, low=3),
        chain=(Link(speaker="An agency"),),
        strength=Strength.NAMED,
        source=source,
        known_from=known_from,
    )


@cache
def _opened() -> Talks:
    return replay(opening_of_exercise(the_exercise()))


class Exercise:
    """An exercise that grows by what seats do, by the clock on the wall; the clock of the talks follows it."""

    def __init__(self, file: TalksFile | None = None, *, opened: Talks | None = None) -> None:
        self.real = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
        self.talks = replay(opening_of_exercise(file)) if file is not None else opened or _opened()

    @property
    def at(self) -> datetime:
        return self.talks.time_at(self.real)

    def _keep(self, acts: tuple[Act, ...]) -> tuple[Act, ...]:
        stamped = tuple(replace(act, real_at=self.real) for act in acts)
        self.talks = replay(stamped, self.talks)
        return stamped

    def tick(self, seconds: float = 0) -> tuple[Act, ...]:
        """Let real seconds pass, and do what is due."""
        self.real += timedelta(seconds=seconds)
        return self._keep(due(self.talks, self.at))

    def submit(self, seat: str, command: Command, **more: object) -> tuple[Act, ...] | Refusal:
        """Do what is due, then let a seat ask; return its acts, or the refusal."""
        self.tick()
        request = CommandRequest(seat=seat, command=command, **({"person": "Amal"} | more))  # type: ignore[arg-type]
        outcome = decide(self.talks, request, self.at)
        return outcome if isinstance(outcome, Refusal) else self._keep(outcome)

    def do(self, seat: str, command: Command, **more: object) -> tuple[Act, ...]:
        """As ``submit``, for what must be accepted."""
        outcome = self.submit(seat, command, **more)
        assert not isinstance(outcome, Refusal), f"{seat} was refused {command}: {outcome}"
        return outcome

    def refused(self, seat: str, command: Command, **more: object) -> str:
        """As ``submit``, for what must be refused; return the code."""
        outcome = self.submit(seat, command, **more)
        assert isinstance(outcome, Refusal), f"{seat} was not refused {command}"
        assert outcome.sentence, "a refusal says why"
        return outcome.code

    def start(self, *, runs_at: int | None = 60) -> Exercise:
        """Start the exercise and, unless ``None``, let its clock run so many minutes of the talks a real minute."""
        self.do("control", runs.StartExercise(persons=PEOPLE, automated=TOOLS))
        if runs_at is not None:
            self.do("control", clock.RunClock(pace=runs_at))
        return self

    def view(self, seat: str) -> View:
        return view_for(self.talks, seat)

    def given(self, slug: str) -> Act | None:
        """Return the act with which an inject was given."""
        return next((act for act in self.talks.acts if act.kind == "InjectGiven" and act.data["slug"] == slug), None)

    def handle(self, slug: str) -> str:
        """Return the handle that control has for an inject."""
        return next(h for h, one in self.view("control").known.injects.items() if one.inject.slug == slug)
