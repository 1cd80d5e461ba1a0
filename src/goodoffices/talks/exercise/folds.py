"""Folds of notices on an exercise."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.talks.base.acts import body
from goodoffices.talks.base.serialization import from_plain, parse_instant
from goodoffices.talks.model.exercise import PlannedAction, PlannedInject, ShownPlan
from goodoffices.talks.model.known_exercise import (
    HowFar,
    InjectState,
    KnownAction,
    KnownBrief,
    KnownExercise,
    KnownForecast,
    KnownInject,
    KnownMoment,
    KnownReflection,
    KnownRuleQuestion,
    ReceivedInject,
    RunState,
)
from goodoffices.talks.state.knowledge import Header, Knowledge
from goodoffices.talks.state.slices import Notice, learn


def _run(known: Knowledge, **changes: object) -> Knowledge:
    return known.set("exercise", replace(known.exercise, **changes))  # type: ignore[arg-type]


def exercise_planned(known: Knowledge, notice: Notice) -> Knowledge:
    plan = from_plain(ShownPlan, notice.data["plan"])
    return known.set("exercise", KnownExercise(plan=plan, state=RunState.PLANNED, pace=plan.pace))


def exercise_started(known: Knowledge, notice: Notice) -> Knowledge:
    return _run(
        known,
        state=RunState.STARTED,
        started_at=notice.when,
        pace=notice.data.get("pace", known.exercise.pace),
        seed=notice.data.get("seed"),
        shift_minutes=notice.data.get("shift_minutes", 0),
        persons=tuple(notice.data.get("persons", ())),
        automated=tuple((seat, kind) for seat, kind in notice.data.get("automated", ())),
    )


def exercise_ended(known: Knowledge, notice: Notice) -> Knowledge:
    return _run(known, state=RunState.ENDED, is_running=False)


def exercise_revealed(known: Knowledge, notice: Notice) -> Knowledge:
    return _run(known, how_far=HowFar(notice.data["how_far"]))


def clock_run(known: Knowledge, notice: Notice) -> Knowledge:
    return _run(known, is_running=True, pace=notice.data["pace"])


def clock_paused(known: Knowledge, notice: Notice) -> Knowledge:
    return _run(known, is_running=False)


def pace_set(known: Knowledge, notice: Notice) -> Knowledge:
    return _run(known, pace=notice.data["pace"])


def brief_given(known: Knowledge, notice: Notice) -> Knowledge:
    given = learn(KnownBrief, notice)
    return known.put("briefs", given.seat, given)


def action_offered(known: Knowledge, notice: Notice) -> Knowledge:
    action = from_plain(PlannedAction, notice.data["action"])
    return known.put("actions", action.slug, action)


def inject_planned(known: Knowledge, notice: Notice) -> Knowledge:
    handle = notice.data["inject"]
    plan = from_plain(PlannedInject, notice.data["plan"])
    return known.put("injects", handle, KnownInject(handle=handle, inject=plan))


def inject_held(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("injects", notice.data["inject"], state=InjectState.HELD)


def inject_triggered(known: Knowledge, notice: Notice) -> Knowledge:
    due = parse_instant(notice.data["due_at"])
    return known.change("injects", notice.data["inject"], state=InjectState.TRIGGERED, due_at=due)


def inject_given(known: Knowledge, notice: Notice) -> Knowledge:
    if "inject" in notice.data:
        known = known.change("injects", notice.data["inject"], state=InjectState.GIVEN, given_at=notice.when)
    return known.add("news", learn(ReceivedInject, notice)) if "words" in notice.data else known


def action_asked(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownAction, notice, handle=notice.data["asked"])
    return known.put("actions_asked", made.handle, made)


def action_ruled(known: Knowledge, notice: Notice) -> Knowledge:
    outcome = body(notice.data.get("outcome"))
    asked = notice.data.get("asked", "")
    return known.change("actions_asked", asked, happens=notice.data.get("happens", True), outcome=outcome)


def seat_swapped(known: Knowledge, notice: Notice) -> Knowledge:
    seat, automated = notice.data["seat"], notice.data.get("automated", "")
    others = tuple(pair for pair in known.exercise.automated if pair[0] != seat)
    persons = tuple(slug for slug in known.exercise.persons if slug != seat)
    if automated:
        return _run(known, automated=(*others, (seat, automated)), persons=persons)
    return _run(known, automated=others, persons=(*persons, seat))


def rule_asked(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownRuleQuestion, notice, handle=notice.data["question"])
    return known.put("rule_questions", made.handle, made)


def rule_answered(known: Knowledge, notice: Notice) -> Knowledge:
    answer = body(notice.data["answer"])
    if "question" in notice.data:
        return known.change("rule_questions", notice.data["question"], answer=answer)
    # An answer to all: who asked is not known, so it stands under the number of its notice.
    told = KnownRuleQuestion(handle=f"n{notice.n}", by=notice.by, at=notice.at, answer=answer)
    return known.put("rule_questions", told.handle, told)


def moment_noted(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("moments", learn(KnownMoment, notice))


def forecast_made(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("forecasts", learn(KnownForecast, notice))


def reflection_made(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("reflections", learn(KnownReflection, notice))


def row_scheduled(known: Knowledge, notice: Notice) -> Knowledge:
    row = body(notice.data["row"])
    return known.put("scheduled", notice.data["thing"], (parse_instant(notice.data["at"]), row))


def row_reached(known: Knowledge, notice: Notice) -> Knowledge:
    return known.put("scheduled", notice.data["thing"], None)


def talks_described(known: Knowledge, notice: Notice) -> Knowledge:
    return known.set("header", from_plain(Header, notice.data["header"]))
