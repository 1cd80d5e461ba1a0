"""A seat's brief: who it is, what it wants and may do, the news it was given, and what it can do in the exercise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from goodoffices.exercises.agenda_names import options_named
from goodoffices.reports.cited_claims import Piece, with_marks
from goodoffices.talks.base.acts import Body, bodies
from goodoffices.talks.base.states import Face
from goodoffices.talks.exercise.actions import standing_left
from goodoffices.talks.exercise.runs import controls
from goodoffices.talks.model.brief import Brief
from goodoffices.talks.model.exercise import said_in
from goodoffices.talks.model.known_exercise import RunState
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.view import View
from goodoffices.web.pages.page import Data, Page, PageContext


def is_played(view: View) -> bool:
    """Say whether these talks are played as an exercise."""
    return view.known.exercise.plan is not None


def sees_all(view: View) -> bool:
    """Say whether a seat may see what all others see: it controls an exercise, or the exercise was revealed to all."""
    run = view.known.exercise
    if run.plan is None or view.me is None:
        return False
    is_control = view.seat in controls(view.known) and view.me.sees_all
    return is_control or run.is_revealed


def in_language(bodies: Sequence[Body], language: str) -> Body | None:
    """Return the words in a language; without them the first."""
    return next((body for body in bodies if body.lang == language), bodies[0] if bodies else None)


_STARS = re.compile(r"\*\*(?P<strong>[^*]+)\*\*|\*(?P<em>[^*\s](?:[^*]*[^*\s])?)\*")
"""Words between two stars are bold and words between single ones stressed, as in texts of talks."""


def paragraphs(view: View, text: str) -> list[list[tuple[str, Piece]]]:
    """Return the lines of a brief, each as pieces with the element that they stand in: *strong*, *em* or none.

    Claims that it names in brackets are shown as their marks.
    """
    return [
        [(tag, piece) for tag, part in _stressed(line) if part for piece in with_marks(view, part)]
        for line in text.splitlines()
        if line.strip()
    ]


def _stressed(line: str) -> Iterator[tuple[str, str]]:
    at = 0
    for found in _STARS.finditer(line):
        yield "", line[at : found.start()]
        tag = str(found.lastgroup)
        yield tag, found[tag]
        at = found.end()
    yield "", line[at:]


def _limits(brief: Brief, names: dict[tuple[str, str], str]) -> list[tuple[str, list[str], list[str]]]:
    """Return each issue of a brief, with what the seat may accept there and what it may never accept."""
    red = {issue: [line.option for line in brief.red_lines if line.issue == issue] for issue, _ in names}
    issues = [issue for issue, option in names if not option and (red.get(issue) or issue in brief.mandate)]
    return [
        (
            names[issue, ""],
            [names.get((issue, option), option) for option in brief.mandate.get(issue, ())],
            [names.get((issue, option), option) for option in red.get(issue, [])],
        )
        for issue in issues
    ]


def _example(lines: list[list[tuple[str, Piece]]]) -> str:
    """Return the first mark in a brief, to explain it with; empty if there is none."""
    return next((piece.text for line in lines for _, piece in line if piece.is_mark), "")


def _brief(context: PageContext, _: str) -> Data | None:
    known, run = context.known, context.known.exercise
    if run.plan is None:
        return None
    held = known.briefs.get(context.seat)
    text = None if held is None else in_language(held.words, context.language)
    lines = [] if text is None else paragraphs(context.view, context.view.text(text) or "")
    return {
        "brief": held,
        "body": text,
        "lines": lines,
        "legend": _example(lines),
        "limits": [] if held is None else _limits(held.brief, options_named(known.agenda, context.language)),
        "resources": [paragraphs(context.view, said_in(one, context.language)) for one in run.plan.resources],
        "news": [
            (one, in_language(one.title, context.language), in_language(one.words, context.language))
            for one in list(known.news)[::-1]
        ],
        "learned": [
            (notice, in_language(bodies([found]) if (found := notice.data.get("outcome")) else (), context.language))
            for notice in list(context.view.notices)[::-1]
            if notice.kind == "ActionRuled" and notice.face == Face.RECEIVER
        ],
        "actions": [
            (one, said_in(one.title, context.language)) for one in known.actions.values() if context.seat in one.by
        ],
        "left": standing_left(known, context.seat),
        "asked": [one for one in known.actions_asked.values() if one.by == context.seat],
        "questions": list(known.rule_questions.values()),
        "forecasts": [
            (one, said_in(one.words, context.language), _last(known, one.slug)) for one in run.plan.forecasts
        ],
        "reflections": [said_in(one, context.language) for one in run.plan.reflections],
        "goes_on": run.state is RunState.STARTED,
        "is_alone": run.is_played_alone_by(context.seat),
    }


def _last(known: Knowledge, question: str) -> int | None:
    """Return the seat's own last forecast of a question."""
    mine = [one.percent for one in known.forecasts if one.question == question and one.by == known.seat]
    return mine[-1] if mine else None


BRIEF = Page(
    path="brief",
    template="brief.html",
    title="Brief",
    parts=("brief", "news", "doing", "foresight", "afterwards"),
    data=_brief,
    under="brief",
    when=is_played,
)
