"""What a talks file says of the talks as a whole can be said at the desk too, by the seats that have the power."""

from __future__ import annotations

from datetime import date

import pytest

from goodoffices.talks.base.enums import Role
from goodoffices.talks.claims.agenda import ClaimRole, EnterIssue, NameQuestion, NameRule, NameText
from goodoffices.talks.model.actors import Name
from goodoffices.talks.model.agenda import AgendaIssue, Option
from goodoffices.talks.model.claims import RoleClaim
from goodoffices.talks.model.external_texts import NamedText
from goodoffices.talks.state.command_context import Command
from goodoffices.talks.voting.named_rules import NamedRule
from goodoffices.talks.voting.rules import Unanimity
from stories import Story


def issue(slug: str = "water", question: str = "Who opens the sluice?", *options: str) -> AgendaIssue:
    slugs = options or ("north", "both")
    return AgendaIssue(
        slug=slug, question=(Name(text=question),) if question else (), options=tuple(Option(slug=o) for o in slugs)
    )


def test_an_issue_is_put_on_the_agenda_and_everybody_is_told() -> None:
    story = Story()
    [act] = story.do("un", EnterIssue(issue=issue(), basket="The valley"))
    assert {seat for seat, _ in act.audience} >= {"gov", "opp", "un", "sec"}
    story.do("sec", EnterIssue(issue=issue("road")))
    story.do("sec", EnterIssue(issue=issue("bridge"), basket="The valley"))
    titles = [(basket.title, [one.slug for one in basket.issues]) for basket in story.view("gov").known.agenda]
    assert titles[-2:] == [("The valley", ["water", "bridge"]), ("Issues", ["road"])]


@pytest.mark.parametrize(
    "command",
    [
        EnterIssue(issue=issue("water")),
        EnterIssue(issue=issue("road", "Who?", "a", "a")),
        EnterIssue(issue=issue("road", "")),
        EnterIssue(issue=issue("Big Road")),
        NameQuestion(slug="c1", question="Again?"),
        NameQuestion(slug="c 2", question="Who came?"),
        NameQuestion(slug="c2", question=" "),
        NameRule(rule=NamedRule(slug="all", title="All", rule=Unanimity())),
        NameRule(rule=NamedRule(slug="most", title="", rule=Unanimity())),
        NameText(text=NamedText(slug="statement", title="Again")),
        NameText(text=NamedText(slug="other", title="")),
        NameText(text=NamedText(slug="other", title="Other", papers=(("en", "# A"),))),
        ClaimRole(role=RoleClaim(actor="gov", role=Role.HOST)),
        ClaimRole(role=RoleClaim(actor="gov", role=Role.SPONSOR, claim="nothing")),
    ],
    ids=str,
)
def test_what_is_there_or_empty_is_refused(command: Command) -> None:
    story = Story()
    story.do("sec", EnterIssue(issue=issue()))
    story.do("sec", NameQuestion(slug="c1", question="Who came?", brief="Who?"))
    story.do("sec", NameRule(rule=NamedRule(slug="all", title="All", rule=Unanimity())))
    story.do("sec", NameText(text=NamedText(slug="statement", title="Statement")))
    story.do("sec", ClaimRole(role=RoleClaim(actor="gov", role=Role.HOST)))
    assert story.refused("sec", command) == "bad_value"


def test_questions_rules_and_texts_stand_in_the_header_of_every_seat() -> None:
    story = Story()
    story.do("un", NameQuestion(slug="c1", question="Who came?", can_be_said="Cannot tell.", brief="Who?"))
    story.do("un", NameRule(rule=NamedRule(slug="all", title="All", rule=Unanimity())))
    story.do("un", NameText(text=NamedText(slug="statement", title="Statement", issued_by=("gov",))))
    header = story.view("opp").known.header
    assert ("c1", "Who came?", "Cannot tell.") in header.questions
    assert ("c1", "Who?") in header.headings
    assert [rule.slug for rule in header.rules] == ["all"]
    assert [text.slug for text in header.texts] == ["statement"]


def test_a_party_cannot_set_the_agenda_and_can_claim_a_role() -> None:
    story = Story()
    assert story.refused("gov", EnterIssue(issue=issue())) == "not_your_power"
    assert story.refused("gov", NameRule(rule=NamedRule(slug="all", title="All", rule=Unanimity()))) == "not_your_power"
    story.do("gov", ClaimRole(role=RoleClaim(actor="un", role=Role.HOST)))
    assert RoleClaim(actor="un", role=Role.HOST) in story.view("opp").known.roles
    assert story.refused("gov", ClaimRole(role=RoleClaim(actor="nobody", role=Role.HOST))) == "unknown"
    wrong = RoleClaim(actor="un", role=Role.HOST, since=date(2017, 2, 1), until=date(2017, 1, 1))
    assert story.refused("gov", ClaimRole(role=wrong)) == "bad_interval"
