"""Planted leaks in questions put for decision: answers, their number and order, who was asked, when it is declared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from goodoffices.talks import core, deadlines as due
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.states import Face
from goodoffices.talks.decisions import commands as decisions, declared_outcomes
from goodoffices.talks.decisions.commands import AnswerQuestion, QuestionAnswered, QuestionPut
from goodoffices.talks.decisions.declared_outcomes import OutcomeDeclared
from goodoffices.talks.decisions.packages import PackagePut
from goodoffices.talks.state import command_context as desk
from goodoffices.talks.state.known_decisions import KnownQuestion
from goodoffices.talks.state.slices import Slice
from goodoffices.talks.texts.ratification import RatificationRecorded
from properties.leaks.planting import Patch, patch_decide, told_to


def answers_seen_before_the_outcome(patch: Patch) -> None:
    def eligible(context: desk.CommandContext) -> tuple[str, ...]:
        assert isinstance(context.request.command, AnswerQuestion)
        return context.known.questions[context.request.command.question].eligible

    told_to(patch, QuestionAnswered, "all", eligible)


def that_somebody_answered_seen_by_observers(patch: Patch) -> None:
    told_to(patch, QuestionAnswered, "nothing", lambda context: ["usa", "kaz"])


def an_answer_refused_because_all_others_are_in(patch: Patch) -> None:
    """The number of answers shows in what the last to answer is told."""
    original = core.decide

    def decide(talks: core.Talks, request: desk.CommandRequest, at: datetime) -> Any:
        outcome = original(talks, request, at)
        if isinstance(request.command, AnswerQuestion) and not isinstance(outcome, Refusal):
            thing = talks.slice_of(request.seat).ids[request.command.question]
            others = {a.data["who"] for a in talks.acts if a.kind == "QuestionAnswered" and a.data["put"] == thing}
            if others - {request.seat}:
                return Refusal(code="done")
        return outcome

    patch_decide(patch, decide)


def a_closed_question_shows_who_said_what(patch: Patch) -> None:
    patch.setattr(OutcomeDeclared, "FACES", {**OutcomeDeclared.FACES, Face.BARE: OutcomeDeclared.FACES[Face.ALL]})


def answers_listed_in_the_order_in_which_they_came(patch: Patch) -> None:
    original = declared_outcomes.declaration_of

    def deeds(held: KnownQuestion, *rest: Any, **more: Any) -> Any:
        content, told = original(held, *rest, **more)
        order = [answer.seat for answer in reversed(held.answers)]
        return replace(content, answers=tuple(sorted(content.answers, key=lambda pair: order.index(pair[0])))), told

    patch.setattr(decisions, "declaration_of", deeds)
    patch.setattr(due, "declaration_of", deeds)


def the_clock_declares_on_the_last_answer(patch: Patch) -> None:
    """The outcome comes as soon as all have answered, so its time tells when the last did."""
    original = due._TABLES["questions"]

    def questions(clock: Slice, handle: str, held: KnownQuestion, *rest: Any) -> list[Any]:
        is_complete = set(held.eligible) <= {answer.seat for answer in held.answers}
        now = clock.notices[-1].when
        return [replace(d, at=now) if is_complete else d for d in original(clock, handle, held, *rest)]

    patch.setattr(due, "_TABLES", {**due._TABLES, "questions": questions})


def an_explanation_names_seats_that_were_not_asked(patch: Patch) -> None:
    original = declared_outcomes.declaration_of

    def deeds(held: KnownQuestion, *rest: Any, told: tuple[str, ...], **more: Any) -> Any:
        content, audience = original(held, *rest, told=told, **more)
        return replace(content, unheard=tuple(told)), audience

    patch.setattr(decisions, "declaration_of", deeds)
    patch.setattr(due, "declaration_of", deeds)


def the_reasons_given_to_the_chair_seen_by_all(patch: Patch) -> None:
    faces = {**QuestionAnswered.FACES, Face.ALL: QuestionAnswered.FACES[Face.CHAIR]}
    patch.setattr(QuestionAnswered, "FACES", faces)


def the_eligible_see_which_observers_are_told(patch: Patch) -> None:
    patch.setattr(QuestionPut, "FACES", {**QuestionPut.FACES, Face.ALL: QuestionPut.FACES[Face.SELF]})


def a_package_seen_by_guarantors(patch: Patch) -> None:
    told_to(patch, PackagePut, "all", lambda context: ["rus", "tur"])


def the_eligible_see_who_receives_on_paper(patch: Patch) -> None:
    """Whose silence will count only once a pack was handed over shows who does not log in."""
    patch.setattr(QuestionPut, "FACES", {**QuestionPut.FACES, Face.ALL: (*QuestionPut.FACES[Face.ALL], "on_paper")})


def ratifications_told_to_those_without_the_text(patch: Patch) -> None:
    told_to(patch, RatificationRecorded, "all", lambda context: ["sec", "ana", "usa"])


DECISION_LEAKS: Sequence[Callable[[Patch], None]] = (
    answers_seen_before_the_outcome,
    that_somebody_answered_seen_by_observers,
    an_answer_refused_because_all_others_are_in,
    a_closed_question_shows_who_said_what,
    answers_listed_in_the_order_in_which_they_came,
    the_clock_declares_on_the_last_answer,
    an_explanation_names_seats_that_were_not_asked,
    the_reasons_given_to_the_chair_seen_by_all,
    the_eligible_see_which_observers_are_told,
    a_package_seen_by_guarantors,
    the_eligible_see_who_receives_on_paper,
    ratifications_told_to_those_without_the_text,
)
"""Every planted leak of this part."""
