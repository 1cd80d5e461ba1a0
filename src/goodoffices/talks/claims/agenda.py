"""What a talks file says of the talks as a whole, said later at the desk: issues, roles, contested questions, rules.

What is named here has a lasting name, and is told to every seat that the author knows. Nothing is taken away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, faces
from goodoffices.talks.base.slugs import check_slug
from goodoffices.talks.claims.commands import EnterClaim, compartment_seats, enter_claim
from goodoffices.talks.claims.positions import RoleClaimed
from goodoffices.talks.model.agenda import AgendaIssue
from goodoffices.talks.model.claims import Claim, RoleClaim
from goodoffices.talks.model.external_texts import NamedText
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.voting.named_rules import NamedRule
from goodoffices.talks.voting.rule_mistakes import mistake_in

DEFAULT_BASKET = "Issues"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterIssue(Command):
    """Put an issue with its options on the agenda, in a basket. Without a basket it stands among *Issues*."""

    issue: AgendaIssue
    basket: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRole(Command):
    """Say that an actor has a role in the world. It gives no power here.

    ``claim`` in the role is the lasting name of the claim that it rests on; who was told of that claim is told. Or give
    the ``claim`` itself, with its chain: it is then entered too.
    """

    role: RoleClaim
    claim: Claim | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameQuestion(Command):
    """Name a contested question, under which claims that answer it are grouped.

    ``can_be_said`` is what can be said for now; ``brief`` is its short form, for the first page of a brief.
    """

    slug: str
    question: str
    can_be_said: str = ""
    brief: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRule(Command):
    """Give a decision rule of these talks a name, under which questions can be put."""

    rule: NamedRule


@dataclass(frozen=True, slots=True, kw_only=True)
class NameText(Command):
    """Name a text that is known from outside these talks, so that claims and commitments can refer to it."""

    text: NamedText


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueEntered(Content):
    """An issue was put on the agenda."""

    FACES = faces("issue", "basket")

    issue: AgendaIssue
    basket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionNamed(Content):
    """A contested question got a name."""

    FACES = faces("slug", "question", "can_be_said", "brief")

    slug: str
    question: str
    can_be_said: str = ""
    brief: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleNamed(Content):
    """A decision rule got a name."""

    FACES = faces("rule")

    rule: NamedRule


@dataclass(frozen=True, slots=True, kw_only=True)
class TextNamed(Content):
    """A text from outside these talks got a name."""

    FACES = faces("text")

    text: NamedText


def enter_issue(context: CommandContext, command: EnterIssue) -> None:
    """Put an issue on the agenda and tell all. Refused if an issue of that name is there, or two options are alike."""
    issue = command.issue
    check_slug(issue.slug, "issue")
    if issue.slug in {held.slug for basket in context.known.agenda for held in basket.issues}:
        raise context.refuse("bad_value", why="An issue of this name is on the agenda already. Choose another name.")
    options = [check_slug(option.slug, "option") for option in issue.options]
    if len(set(options)) < len(options):
        raise context.refuse("bad_value", why="Two options have the same name. Give each its own.")
    if not issue.question or not issue.question[0].text.strip():
        raise context.refuse("bad_value", why="The issue has no question. Write what is to be settled.")
    context.tell(IssueEntered(issue=issue, basket=command.basket.strip() or DEFAULT_BASKET), context.everyone())


def claim_role(context: CommandContext, command: ClaimRole) -> None:
    """Enter a claimed role, and tell the seats that may see the claim it rests on, or else all."""
    role = command.role
    context.known_actors([role.actor, *([] if role.of is None else [role.of])])
    if command.claim is not None:
        role = replace(role, claim=command.claim.slug)
    if role.until is not None and role.since is not None and role.until < role.since:
        raise context.refuse("bad_interval")
    if role in context.known.roles:
        raise context.refuse("bad_value", why="This role is entered already. Nothing was changed.")
    if command.claim is None:
        context.tell(RoleClaimed(role=role), _told_of(context, role.claim))
        return
    enter_claim(context, EnterClaim(claim=command.claim))
    context.tell(RoleClaimed(role=role), compartment_seats(context, command.claim.compartment))


def _told_of(context: CommandContext, claim: str | None) -> Iterable[str]:
    if claim is None:
        return context.everyone()
    held = next((one.claim for one in context.known.claims.values() if one.claim.slug == claim), None)
    if held is None:
        raise context.refuse("bad_value", why="There is no claim of this name. Enter the claim first.")
    return compartment_seats(context, held.compartment)


def name_question(context: CommandContext, command: NameQuestion) -> None:
    """Name a contested question and tell all. Refused if there is one of that name, or it asks nothing."""
    slug = command.slug.strip()
    if not slug or not slug.replace("-", "").isalnum() or not slug.isascii() or len(slug) > 80:
        raise context.refuse("bad_value", why="The name has Latin letters, digits and hyphens only. Write another.")
    if slug in {held for held, _, _ in context.known.header.questions}:
        raise context.refuse("bad_value", why="A question of this name is there already. Choose another name.")
    if not command.question.strip():
        raise context.refuse("bad_value", why="The question is empty. Write it.")
    named = QuestionNamed(slug=slug, question=command.question, can_be_said=command.can_be_said, brief=command.brief)
    context.tell(named, context.everyone())


def name_rule(context: CommandContext, command: NameRule) -> None:
    """Name a decision rule and tell all. Refused if its name is taken, or it gives figures that it does not count."""
    check_slug(command.rule.slug, "rule")
    if command.rule.slug in {held.slug for held in context.known.header.rules}:
        raise context.refuse("bad_value", why="A rule of this name is there already. Choose another name.")
    if not command.rule.title.strip():
        raise context.refuse("bad_value", why="The rule has no title. Write what it is called.")
    if wrong := mistake_in(command.rule.rule):
        raise context.refuse("bad_value", case=wrong.case)
    context.tell(RuleNamed(rule=command.rule), context.everyone())


def name_text(context: CommandContext, command: NameText) -> None:
    """Name a text from outside and tell all. Refused if there is one of that name, or it names unknown actors."""
    text = command.text
    check_slug(text.slug, "text")
    if text.slug in {held.slug for held in context.known.header.texts}:
        raise context.refuse("bad_value", why="A text of this name is there already. Choose another name.")
    if not text.title.strip():
        raise context.refuse("bad_value", why="The text has no title. Write it.")
    if text.papers:
        raise context.refuse("bad_value", why="A summary cannot be entered here. Table a text of your own instead.")
    context.known_actors([*text.issued_by, *text.read_out_by, *text.about, *text.required])
    context.tell(TextNamed(text=text), context.everyone())
