"""The debrief as text, for the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.errors import ScenarioError
from goodoffices.exercises.agenda_names import option_of_issue, options_named
from goodoffices.exercises.debriefs.debrief import Debrief, debrief_of
from goodoffices.reports.messages.act_sentences import ACT_NAMES
from goodoffices.reports.seat_names import talks_title
from goodoffices.service.open_record import OpenRecord
from goodoffices.talks.base.acts import CLOCK
from goodoffices.talks.exercise.runs import controls
from goodoffices.talks.model.exercise import said_in
from goodoffices.talks.model.known_exercise import HowFar
from goodoffices.talks.state.view import View


def debrief_for(room: OpenRecord, seat: str) -> tuple[View, Mapping[str, View], Debrief]:
    """Return a seat's own view, those of all seats, and the debrief.

    Raises
    ------
    ScenarioError
        If these talks are not played, or the exercise was not revealed to this seat.
    """
    own = room.view(seat)
    run, facts = own.known.exercise, room.facts
    if run.plan is None or facts is None:
        raise ScenarioError("these talks are not played, so there is nothing to look back at; name another record")
    is_control = seat in controls(own.known)
    if not run.is_over or not (is_control or run.is_revealed):
        raise ScenarioError("control has not revealed this exercise yet; let it end the exercise and reveal it first")
    views = {slug: room.view(slug) for slug in (*room.seats(), CLOCK)}
    return own, views, debrief_of(views, facts, HowFar.ALL if is_control else run.how_far)


def debrief_text(own: View, debrief: Debrief) -> str:
    """Return the timeline, the relays and the forecasts as lines of text."""
    lines = ["EXERCISE", talks_title(own, "en"), "", "WHAT HAPPENED"]
    for one in debrief.happenings:
        who = "by itself" if one.seat == CLOCK else own.name(one.seat)
        lines.append(f"  {own.time(one.at)}  {who}: {ACT_NAMES[one.notice.kind]}")
    if debrief.carriages:
        lines += ["", "WHO WAS TOLD WHAT"]
    for carried in debrief.carriages:
        told = "never told" if not carried.teller else f"told by {own.name(carried.teller)}, {carried.form}"
        minutes = "" if carried.minutes is None else f", {carried.minutes} min after it was cleared"
        lines.append(f"  {own.name(carried.originator)} to {own.name(carried.to)}: {told}{minutes}")
    if debrief.red_lines:
        lines += ["", "WHAT THE BRIEFS NEVER ACCEPT"]
    names = options_named(own.known.agenda, "en")
    for line in debrief.red_lines:
        held = "".join(f"; in clause {one.number} of {one.text} {one.code} all the same" for one in line.crossings)
        lines.append(f"  {own.name(line.seat)}: {option_of_issue(names, line.issue, line.option)}{held}")
    if debrief.scores:
        lines += ["", "FORECASTS"]
    for score in debrief.scores:
        answer = "yes" if score.happened else "no"
        question = said_in(score.question.words, "en")
        lines.append(
            f"  {own.name(score.seat)}: {score.percent} per cent. {question} {answer}. Brier {float(score.brier):.2f}"
        )
    lines += [
        "",
        f"Claims of what was reported later: {len(debrief.reality)}; the page and the file talks.yaml have them.",
    ]
    return "\n".join(lines)
