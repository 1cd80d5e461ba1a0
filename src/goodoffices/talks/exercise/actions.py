"""Actions: what a seat does outside the talks. Control rules on it, or it happens at once; some seats learn of it."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Ref, Words
from goodoffices.talks.base.states import Face
from goodoffices.talks.exercise.clock import started
from goodoffices.talks.exercise.runs import controls
from goodoffices.talks.model.exercise import PlannedAction
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.knowledge import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeAction(Command):
    """Do something outside the talks that the exercise allows your seat. Control rules on most actions."""

    action: str
    words: Words | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOnAction(Command):
    """Say whether an action happens, and what comes of it. ``tells`` are the seats that learn, as planned if none."""

    asked: str
    happens: bool
    outcome: Words
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionOffered(Content):
    """A seat may take an action in this exercise."""

    FACES = {Face.SELF: ("action",), Face.OWN: ("action",)}

    action: PlannedAction


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionAsked(Content):
    """A seat takes an action."""

    FACES = {Face.SELF: ("asked", "action", "target", "words", "cost")}
    NEW = {"asked": "ac"}

    asked: Ref
    action: str
    cost: int = 0
    target: str = ""
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRuled(Content):
    """An action happened, or did not. Those who learn of it are told what came of it, and not what it cost."""

    FACES = {
        Face.SELF: ("asked", "action", "who", "happens", "outcome", "tells"),
        Face.OWN: ("asked", "action", "who", "happens", "outcome"),
        Face.RECEIVER: ("action", "who", "outcome"),
    }
    REFS = ("asked",)

    asked: Ref
    action: str
    who: str
    happens: bool
    outcome: Words | None = None
    tells: tuple[str, ...] = ()


def take_action(context: CommandContext, command: TakeAction) -> None:
    """Ask for an action and tell control, or let it happen. Refused if it is not the seat's or costs too much."""
    started(context)
    plan = context.known.actions.get(command.action)
    if plan is None or context.seat not in plan.by:
        raise context.refuse("not_your_action", action=command.action)
    left = standing_left(context.known, context.seat)
    if plan.cost > left:
        raise context.refuse("too_costly", cost=str(plan.cost), left=str(left))
    [target] = context.known_seats([command.target]) if command.target else [""]
    thing = context.new()
    asked = ActionAsked(asked=thing, action=plan.slug, cost=plan.cost, target=target, words=command.words)
    chiefs = controls(context.known)
    context.tell(asked, chiefs, face=Face.SELF)
    if not plan.needs_control:
        # Only open seats are told, as far as this seat knows them.
        tells = tuple(seat for seat in plan.tells if seat in context.everyone())
        ruled = ActionRuled(
            asked=thing, action=plan.slug, who=context.seat, happens=True, outcome=command.words, tells=tells
        )
        told = [(seat, Face.RECEIVER) for seat in tells]
        context.write(ruled, [(context.seat, Face.OWN), *((seat, Face.SELF) for seat in chiefs), *told])


def rule_on_action(context: CommandContext, command: RuleOnAction) -> None:
    """Rule on an action: tell its seat, control, and, if it happens, those who learn of it."""
    started(context)
    thing, asked = context.find(command.asked, context.known.actions_asked)
    if asked.happens is not None:
        raise context.refuse("done", case="action_ruled", handle=command.asked)
    plan = context.known.actions.get(asked.action)
    planned = () if plan is None else plan.tells
    tells = context.known_seats(command.tells or planned) if command.happens else ()
    ruled = ActionRuled(
        asked=thing, action=asked.action, who=asked.by, happens=command.happens, outcome=command.outcome, tells=tells
    )
    chiefs = [(seat, Face.SELF) for seat in controls(context.known)]
    told = [(seat, Face.RECEIVER) for seat in tells]
    context.write(ruled, [(context.seat, Face.SELF), *chiefs, (asked.by, Face.OWN), *told])


def standing_left(known: Knowledge, seat: str) -> int:
    """Return what ``seat`` can still spend on actions, as far as it knows: actions that were refused cost nothing."""
    plan = known.exercise.plan
    whole = next((one.standing for one in plan.seats if one.slug == seat), 0) if plan is not None else 0
    return whole - sum(one.cost for one in known.actions_asked.values() if one.by == seat and one.happens is not False)
