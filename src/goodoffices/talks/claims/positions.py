"""Recognitions, positions and assessments: what actors say about each other and the issues; what analysts estimate."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Words, faces
from goodoffices.talks.base.enums import Kind, Role, Stand
from goodoffices.talks.claims.commands import compartment_seats
from goodoffices.talks.claims.estimates import check_estimate
from goodoffices.talks.model.assessments import Assessment, Scale
from goodoffices.talks.model.claims import Recognition, RoleClaim
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class RecogniseRole(Command):
    """State whether you recognise an actor in a role, or as representing somebody.

    ``to`` are the seats that are told. Left out, all you know are told.
    """

    of: str
    stand: Stand
    role: Role | None = None
    represents: str | None = None
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatePosition(Command):
    """State your position on an issue: an option, or text. The seats in ``to`` are told; left out, all you know."""

    issue: str
    option: str | None = None
    words: Words | None = None
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assess(Command):
    """Record an estimate about a party: a number, a range or a ranking, as text. Salience runs from 0 to 1.

    The quantity is worth, ranking, red line, reservation value, salience, point or capability. What is about the talks
    as a whole, such as a reservation value, is on the issue ``all``.

    Only the seats of ``compartment`` see it; left out, only your own seat. In live talks the party never sees it.
    """

    party: str
    issue: str
    quantity: str
    value: str
    source: str
    strength: str
    compartment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAssessment(Command):
    """Take back assessments that you made: of a party, an issue and a quantity; with a value, only that one.

    All who were told of them are told of it. No analysis counts them from then on.
    """

    party: str
    issue: str
    quantity: str
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleClaimed(Content):
    """A claim that an actor has a role in the world, for whom and since when."""

    FACES = faces("role")

    role: RoleClaim


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionStated(Content):
    """One actor recognises another in a role, or does not, according to itself or to a claim."""

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
class AssessmentWithdrawn(Content):
    """An analyst took back what it had estimated about a party."""

    FACES = faces("party", "issue", "quantity", "value")

    party: str
    issue: str
    quantity: str
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentEntered(Content):
    """An assessment of the talks file, for the seats of its compartment."""

    FACES = faces("assessment")

    assessment: Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleEntered(Content):
    """A scale of the talks file for the options of an issue, for the seats of its compartment."""

    FACES = faces("scale")

    scale: Scale


def recognise_role(context: CommandContext, command: RecogniseRole) -> None:
    """State a recognition of another actor, in the name of the asking seat's own actor."""
    context.known_actors([command.of])
    recognition = Recognition(
        by=context.known.actor_of(context.seat),
        of=command.of,
        role=command.role,
        represents=command.represents,
        stand=command.stand,
        since=context.today,
    )
    context.tell(RecognitionStated(recognition=recognition), context.known_seats(command.to) or context.everyone())


def state_position(context: CommandContext, command: StatePosition) -> None:
    """State a position on an issue of the agenda, and tell the seats named or, if none is named, all."""
    issues = {issue.slug: issue for basket in context.known.agenda for issue in basket.issues}
    if command.issue not in issues:
        raise context.refuse("unknown", case="issue", slug=command.issue)
    if command.option is not None and command.option not in {option.slug for option in issues[command.issue].options}:
        raise context.refuse("unknown", case="option", slug=command.option)
    if command.option is None and command.words is None:
        raise context.refuse("bad_value", why="No position is stated. Choose an option, or write words.")
    stated = PositionStated(
        actor=context.known.actor_of(context.seat), issue=command.issue, option=command.option, words=command.words
    )
    context.tell(stated, context.known_seats(command.to) or context.everyone())


def assess(context: CommandContext, command: Assess) -> None:
    """Record an assessment and tell its compartment. Refused in live talks if the assessed actor would see it."""
    context.known_actors([command.party])
    check_estimate(context, command.issue, command.quantity, command.value)
    told = (context.seat,) if command.compartment is None else compartment_seats(context, command.compartment)
    about = set(context.known.seats_of(command.party))
    if context.known.header.kind is Kind.LIVE and (about & set(told) or context.seat in about):
        raise context.refuse("about_viewer")
    made = AssessmentMade(
        party=command.party,
        issue=command.issue,
        quantity=command.quantity,
        value=command.value,
        source=command.source,
        strength=command.strength,
    )
    context.tell(made, told)


def withdraw_assessment(context: CommandContext, command: WithdrawAssessment) -> None:
    """Take back own assessments, and tell everybody who was told of one of them. Refused if there is none."""
    context.known_actors([command.party])
    asked = (command.party, command.issue, command.quantity)
    own = [
        one
        for one in context.known.assessments
        if one.by == context.seat
        and (one.party, one.issue, one.quantity) == asked
        and command.value in (None, one.value)
    ]
    if not own:
        raise context.refuse(
            "bad_value",
            why="There is no such assessment of yours that still counts. Name the party, the issue and the quantity as "
            "you gave them.",
        )
    values = {one.value for one in own}
    told: dict[str, None] = {}
    for notice, seq in zip(context.slice.notices, context.slice.seqs, strict=True):
        if notice.kind != "AssessmentMade" or notice.by != context.seat:
            continue
        data = notice.data
        if (data["party"], data["issue"], data["quantity"]) == asked and data["value"] in values:
            told |= dict.fromkeys(context.audience_of(seq))
    gone = AssessmentWithdrawn(party=command.party, issue=command.issue, quantity=command.quantity, value=command.value)
    context.tell(gone, told)
