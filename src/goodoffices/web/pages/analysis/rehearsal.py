"""Face to face, or through intermediaries: what follows from what is assumed, for a seat that sees assessments."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goodoffices.errors import GoodOfficesError
from goodoffices.phrases.phrase import reason_of
from goodoffices.rehearsal.batches.assumptions import Assumptions
from goodoffices.rehearsal.graph import Form
from goodoffices.rehearsal.setting import Closing
from goodoffices.reports.rehearsal.question import PROTOCOLS, RUNS, STRATEGIES, Question, question_from
from goodoffices.reports.rehearsal.screen import RehearsalScreen
from goodoffices.reports.settlement.assessments import has_assessments
from goodoffices.talks.base.enums import Role
from goodoffices.talks.state.view import View
from goodoffices.web.pages.page import Data, Page, PageContext

FORMATS = ("direct", "plenary", "proximity", "shuttle")


def question_of(
    view: View, assumed: Callable[[], Assumptions | None] | None, given: Mapping[str, str], language: str
) -> Question:
    """Return the question as this seat can ask it: only an analyst's seat is told what the file assumes.

    Raises
    ------
    ScenarioError
        If the file or the assessments cannot be read.
    """
    is_analyst = view.me is not None and Role.ANALYST in view.me.roles
    base = assumed() if is_analyst and assumed is not None else None
    return question_from(view, base, given, language)


def _rehearsal(context: PageContext, _: str) -> Data | None:
    held = context.calculations.get(REHEARSAL.path)
    asked = held.asked if held is not None and isinstance(held.asked, dict) else {}
    question, fault = None, ""
    try:
        question = question_of(context.view, context.assumed, asked, context.language)
    except GoodOfficesError as error:
        fault = reason_of(error)
    found: RehearsalScreen | None = None if held is None or held.result is None else held.result[context.language]
    return {
        "held": held,
        "found": found,
        "is_busy": held is not None and not held.is_over,
        "is_old": held is not None and held.n != len(context.view.notices),
        "question": question,
        "fault": fault,
        "formats": FORMATS,
        "protocols": PROTOCOLS,
        "strategies": STRATEGIES,
        "forms": [one.value for one in Form],
        "closings": [one.value for one in Closing],
        "runs": RUNS,
        "example": _example(context, found),
    }


def _example(context: PageContext, found: RehearsalScreen | None) -> int:
    """Return which of the single runs is shown, by its place: as the address asks, else the first."""
    if found is None:
        return 0
    kinds = [one.kind for one in found.examples]
    return kinds.index(context.one("for")) if context.one("for") in kinds else 0


REHEARSAL = Page(
    path="rehearsal",
    template="rehearsal.html",
    title="Direct, or through intermediaries?",
    parts=("ask", "answer", "decides", "run"),
    data=_rehearsal,
    under="rehearsal",
    when=has_assessments,
)
