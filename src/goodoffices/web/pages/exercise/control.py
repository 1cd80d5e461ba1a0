"""The board of control: the clock, a lane for each seat, injects, and what waits for an answer."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.exercises.board import MARKS, board_of
from goodoffices.talks.base.acts import CLOCK
from goodoffices.talks.exercise.runs import controls
from goodoffices.talks.model.exercise import said_in
from goodoffices.talks.model.known_exercise import HowFar
from goodoffices.talks.state.view import View
from goodoffices.web.pages.exercise.brief import is_played
from goodoffices.web.pages.needs import needs
from goodoffices.web.pages.page import Data, Page, PageContext


def is_control(view: View) -> bool:
    """Say whether this seat controls an exercise."""
    return is_played(view) and view.seat in controls(view.known)


def _control(context: PageContext, _: str) -> Data | None:
    run, views = context.known.exercise, context.views
    if run.plan is None or views is None or not is_control(context.view):
        return None
    every = views()
    board = board_of(context.view, every, at=context.at)
    waits = {
        lane.seat: len(needs(replace(context, view=every[lane.seat], waiting=(), guests=(), memory=None)))
        for lane in board.lanes
    }
    players = [slug for slug in every if slug != CLOCK and slug not in controls(context.known)]
    planned = [seat.slug for seat in run.plan.seats]

    def choices(slugs: list[str]) -> list[tuple[str, str]]:
        return [(slug, context.view.name(slug, context.language)) for slug in slugs]

    return {
        "run": run,
        "board": board,
        "waits": waits,
        "briefed": {slug for slug in planned if slug in context.known.briefs or every[slug].known.briefs},
        "opened": context.briefs_opened,
        "marks": MARKS,
        "planned": planned,
        "planned_choices": choices(planned),
        "player_choices": choices(players),
        "titles": {row.inject.handle: said_in(row.inject.inject.title, context.language) for row in board.injects},
        "words": {row.inject.handle: said_in(row.inject.inject.words, context.language) for row in board.injects},
        "actions": {slug: said_in(one.title, context.language) for slug, one in context.known.actions.items()},
        "how_far": [one.value for one in HowFar if one is not HowFar.NOTHING],
    }


CONTROL = Page(
    path="control",
    template="control.html",
    title="Control",
    parts=("clockwork", "lanes", "injects", "waiting", "ending"),
    data=_control,
    under="control",
    powers=("RunClock",),
    when=is_control,
)
