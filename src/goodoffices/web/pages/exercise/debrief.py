"""The debrief of an exercise: timeline, what each seat knew then, relays, texts, forecasts and reality."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from goodoffices.errors import ScenarioError
from goodoffices.exercises.agenda_names import option_of_issue, options_named
from goodoffices.exercises.debriefs.debrief import Debrief, debrief_of, knew_then, notices_by
from goodoffices.exercises.debriefs.draws import drawn_for
from goodoffices.exercises.debriefs.possible import possible_words
from goodoffices.talks.base.acts import CLOCK
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.exercise.runs import controls
from goodoffices.talks.model.exercise import said_in
from goodoffices.talks.state.view import View
from goodoffices.web.pages.home import place_and_words
from goodoffices.web.pages.page import Data, Page, PageContext

_MOST = 400
"""So many acts stand on the page; the spreadsheet has all."""


def made_debrief(context: PageContext) -> tuple[Mapping[str, View], Debrief] | None:
    """Return all views and the debrief; ``None`` where this seat may not see it."""
    if not context.known.exercise.is_revealed or context.views is None or context.facts is None:
        return None
    views = context.views()
    return views, debrief_of(views, context.facts, context.known.exercise.how_far)


def _debrief(context: PageContext, _: str) -> Data | None:
    made = made_debrief(context)
    if made is None:
        return None
    views, debrief = made
    at = _moment(context, debrief)
    seats = [slug for slug in views if slug != CLOCK and slug not in controls(context.known)]
    plan = context.known.exercise.plan
    assert plan is not None, "a revealed exercise has a plan"
    return {
        "debrief": debrief,
        "happenings": [(one, place_and_words(one.notice, context.language)[1]) for one in debrief.happenings[-_MOST:]],
        "n_more": max(0, len(debrief.happenings) - _MOST),
        "moments": _moments(debrief),
        "at": at,
        "knew": [
            (
                slug,
                views[slug],
                knew_then(views[slug], at, context.known.exercise.how_far)[-12:],
                notices_by(views[slug], at),
            )
            for slug in seats
        ],
        "views": views,
        "questions": {one.slug: said_in(one.words, context.language) for one in plan.forecasts},
        "reflections": [said_in(one, context.language) for one in plan.reflections],
        "possible": possible_words(views),
        "option_of_issue": partial(option_of_issue, options_named(context.known.agenda, context.language)),
        "drawn": drawn_for(views),
        "seed": next((v.known.exercise.seed for s, v in views.items() if s in controls(v.known)), 0) or 0,
        "may_restart": context.seat in controls(context.known) and context.has_host,
        "no_deal": [
            (slug, views[slug].known.briefs[slug].brief.reservation_value)
            for slug in seats
            if slug in views[slug].known.briefs and views[slug].known.briefs[slug].brief.reservation_value
        ],
    }


def _moment(context: PageContext, debrief: Debrief) -> datetime:
    """Return the moment that the address asks for; without one, or with one that cannot be read, the last."""
    last = debrief.happenings[-1].at if debrief.happenings else context.at
    try:
        return parse_instant(context.one("then"))
    except ScenarioError:
        return last


def _moments(debrief: Debrief) -> list[datetime]:
    """Return at most two dozen moments of the exercise to choose from, in order."""
    every = list(dict.fromkeys(one.at for one in debrief.happenings))
    step = max(1, -(-len(every) // 24))
    return [*every[::step], *([every[-1]] if every and every[-1] not in every[::step] else [])]


DEBRIEF = Page(
    path="debrief",
    template="debrief.html",
    title="Debrief",
    parts=("timeline", "knew", "told", "wording", "possible", "scores", "reality", "notes"),
    data=_debrief,
    under="debrief",
    when=lambda view: view.known.exercise.is_revealed,
)
