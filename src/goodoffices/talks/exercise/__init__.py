"""Exercises: the clock of the talks, briefs, injects, actions and what is revealed at the end."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.talks.base.acts import Content
from goodoffices.talks.exercise import actions, briefs, clock, folds, injects, notes, rule_questions, runs, staff, world
from goodoffices.talks.state.command_context import Command, Decider
from goodoffices.talks.state.slices import Fold

__all__ = ["DECIDERS", "FOLDS"]

DECIDERS: Mapping[type[Command], Decider] = {
    rule_questions.AnswerRules: rule_questions.answer_rules,
    rule_questions.AskRules: rule_questions.ask_rules,
    runs.EndExercise: runs.end_exercise,
    briefs.GiveBrief: briefs.give_brief,
    injects.GiveInject: injects.give_inject,
    injects.HoldInject: injects.hold_inject,
    clock.JumpClock: clock.jump_clock,
    notes.MakeForecast: notes.make_forecast,
    notes.NoteMoment: notes.note_moment,
    clock.PauseClock: clock.pause_clock,
    notes.Reflect: notes.reflect,
    runs.Reveal: runs.reveal,
    actions.RuleOnAction: actions.rule_on_action,
    clock.RunClock: clock.run_clock,
    clock.SetPace: clock.set_pace,
    runs.StartExercise: runs.start_exercise,
    staff.SwapSeat: staff.swap_seat,
    actions.TakeAction: actions.take_action,
}
"""The decider of each command."""

FOLDS: Mapping[type[Content], Fold | None] = {
    actions.ActionAsked: folds.action_asked,
    actions.ActionOffered: folds.action_offered,
    actions.ActionRuled: folds.action_ruled,
    briefs.BriefGiven: folds.brief_given,
    clock.ClockJumped: None,
    clock.ClockPaused: folds.clock_paused,
    clock.ClockRun: folds.clock_run,
    runs.ExerciseEnded: folds.exercise_ended,
    runs.ExercisePlanned: folds.exercise_planned,
    runs.ExerciseRevealed: folds.exercise_revealed,
    runs.ExerciseStarted: folds.exercise_started,
    notes.ForecastMade: folds.forecast_made,
    injects.InjectGiven: folds.inject_given,
    injects.InjectHeld: folds.inject_held,
    injects.InjectPlanned: folds.inject_planned,
    injects.InjectTriggered: folds.inject_triggered,
    notes.MomentNoted: folds.moment_noted,
    clock.PaceSet: folds.pace_set,
    notes.ReflectionMade: folds.reflection_made,
    world.RowReached: folds.row_reached,
    world.RowScheduled: folds.row_scheduled,
    rule_questions.RuleAnswered: folds.rule_answered,
    rule_questions.RuleAsked: folds.rule_asked,
    staff.SeatSwapped: folds.seat_swapped,
    world.TalksDescribed: folds.talks_described,
}
"""The fold of each act's content; ``None`` if a notice of it is only listed and changes nothing else."""
