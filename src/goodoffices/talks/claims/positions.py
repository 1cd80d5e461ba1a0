"""Recognition, positions and assessments: what actors say of each other and of issues, and what analysts estimate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goodoffices.talks.base.acts import Content, Words
from goodoffices.talks.base.enums import Kind, Role, Stand
from goodoffices.talks.claims.commands import compartment_seats, faces
from goodoffices.talks.model.assessments import Assessment, Scale
from goodoffices.talks.model.claims import Recognition, RoleClaim
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class RecogniseRole(Command):
    """State whether you recognise an actor in a role or as representing somebody. ``to``: who is told (empty: all)."""

    of: str
    stand: Stand
    role: Role | None = None
    represents: str | None = None
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatePosition(Command):
    """State your position on an issue, to the seats named (empty: all)."""

    issue: str
    option: str | None = None
    words: Words | None = None
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assess(Command):
    """Estimate a quantity about a party: a number, a range or a ranking, as text. Only your compartment sees it."""

    party: str
    issue: str
    quantity: str
    value: str
    source: str
    strength: str
    compartment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleClaimed(Content):
    """An actor is said to have a role in the world, of whom and since when."""

    FACES = faces("role")

    role: RoleClaim


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionStated(Content):
    """One actor is said, by itself or by a claim, to recognise another in a role, or not."""

    FACES = faces("recognition")

    recognition: Recognition


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionStated(Content):
    """An actor stated its position on an issue."""

    FACES = faces("actor", "issue", "option", "words")

    actor: str
    issue: str
    option: str | None = None
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentMade(Content):
    """An analyst estimated something about a party."""

    FACES = faces("party", "issue", "quantity", "value", "source", "strength")

    party: str
    issue: str
    quantity: str
    value: str
    source: str
    strength: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentEntered(Content):
    """An assessment of the talks file, for the seats of its compartment."""

    FACES = faces("assessment")

    assessment: Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleEntered(Content):
    """How the talks file lines the options of an issue up, for the seats of its compartment."""

    FACES = faces("scale")

    scale: Scale


def recognise_role(desk: CommandContext, ask: RecogniseRole) -> None:
    """Decide ``RecogniseRole``: a seat speaks for its own actor only."""
    if ask.of not in desk.known.actors:
        raise desk.refuse("unknown")
    recognition = Recognition(
        by=desk.known.actor_of(desk.seat),
        of=ask.of,
        role=ask.role,
        represents=ask.represents,
        stand=ask.stand,
        since=date(desk.at.year, desk.at.month, desk.at.day),
    )
    desk.tell(RecognitionStated(recognition=recognition), desk.known_seats(ask.to) or desk.everyone())


def state_position(desk: CommandContext, ask: StatePosition) -> None:
    """Decide ``StatePosition``."""
    issues = {issue.slug: issue for basket in desk.known.agenda for issue in basket.issues}
    if ask.issue not in issues:
        raise desk.refuse("unknown")
    if ask.option is not None and ask.option not in {option.slug for option in issues[ask.issue].options}:
        raise desk.refuse("unknown")
    if ask.option is None and ask.words is None:
        raise desk.refuse("bad_value", why="State an option or words.")
    stated = PositionStated(actor=desk.known.actor_of(desk.seat), issue=ask.issue, option=ask.option, words=ask.words)
    desk.tell(stated, desk.known_seats(ask.to) or desk.everyone())


def assess(desk: CommandContext, ask: Assess) -> None:
    """Decide ``Assess``. In live talks no seat of the assessed actor may be in the compartment."""
    if ask.party not in desk.known.actors:
        raise desk.refuse("unknown")
    told = (desk.seat,) if ask.compartment is None else compartment_seats(desk, ask.compartment)
    about = set(desk.known.seats_of(ask.party))
    if desk.known.header.kind is Kind.LIVE and (about & set(told) or desk.seat in about):
        raise desk.refuse("about_viewer")
    made = AssessmentMade(
        party=ask.party,
        issue=ask.issue,
        quantity=ask.quantity,
        value=ask.value,
        source=ask.source,
        strength=ask.strength,
    )
    desk.tell(made, told)
