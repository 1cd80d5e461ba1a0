"""The names of the acts of an exercise, and a sentence for each."""

from __future__ import annotations

from collections.abc import Mapping

EXERCISE_NAMES: Mapping[str, str] = {
    "ActionAsked": "Action asked for",
    "ActionOffered": "Action offered",
    "ActionRuled": "Action ruled on",
    "BriefGiven": "Brief given",
    "ClockJumped": "Clock put forward",
    "ClockPaused": "Clock stopped",
    "ClockRun": "Clock started",
    "ExerciseEnded": "Exercise ended",
    "ExercisePlanned": "Exercise planned",
    "ExerciseRevealed": "Exercise revealed",
    "ExerciseStarted": "Exercise started",
    "ForecastMade": "Forecast made",
    "InjectGiven": "News",
    "InjectHeld": "Inject held",
    "InjectPlanned": "Inject planned",
    "InjectTriggered": "Inject triggered",
    "MomentNoted": "Moment noted",
    "PaceSet": "Pace of the clock set",
    "ReflectionMade": "Reflection written",
    "RowReached": "Row of the talks file told",
    "RowScheduled": "Row of the talks file kept for later",
    "RuleAnswered": "Question on the rules answered",
    "RuleAsked": "Question on the rules asked",
    "SeatSwapped": "Seat handed over",
    "TalksDescribed": "More known of the talks",
}
"""The name of every kind of act of an exercise."""

EXERCISE_SENTENCES: Mapping[str, str] = {
    "ActionAsked/self": "Action {asked} is asked for.",
    "ActionRuled": "{who} acted outside the talks.",
    "ActionRuled/self": "Control ruled on action {asked} of {who}.",
    "BriefGiven/self": "{seat} was given a brief. It is invented teaching material.",
    "ClockJumped": "The clock of the exercise was put forward.",
    "ClockJumped+reason": "The clock of the exercise was put forward. Reason: {reason}",
    "ClockPaused": "The clock of the exercise stands.",
    "ClockPaused+reason": "The clock of the exercise stands. Reason: {reason}",
    "ClockRun": "The clock of the exercise runs: {pace} minutes of the talks in a real minute.",
    "ExerciseEnded": "The exercise has ended.",
    "ExercisePlanned": "These talks are an exercise.",
    "ExerciseRevealed": "What happened in the exercise can now be seen.",
    "ExerciseStarted": "The exercise has started.",
    "ForecastMade/self": "You made a forecast.",
    "InjectGiven": "You were given news.",
    "InjectGiven/self": "Inject {inject} was given.",
    "InjectHeld/self": "Inject {inject} is held. It does not come by itself.",
    "InjectPlanned/self": "Inject {inject} is planned.",
    "InjectTriggered/self": "The condition of inject {inject} holds.",
    "MomentNoted/self": "You noted a moment for the debrief.",
    "PaceSet": "The clock of the exercise has another pace: {pace} minutes of the talks in a real minute.",
    "ReflectionMade": "{by} wrote a reflection.",
    "ReflectionMade/self": "You wrote a reflection.",
    "RuleAnswered": "Control answered a question on the rules.",
    "RuleAsked/self": "Question {question} on the rules is asked.",
    "SeatSwapped": "People play the seat of {seat} now.",
    "SeatSwapped+automated": "The program plays the seat of {seat} now.",
    "TalksDescribed": "More is known of the talks as a whole.",
}
"""A sentence per kind, or per kind and face, or per kind and a field that is there."""

EXERCISE_SORTS: Mapping[str, Mapping[str, str]] = {
    "ActionRuled": {"action": "text"},
    "BriefGiven": {"seat": "seat"},
    "ClockJumped": {"reason": "text"},
    "ClockPaused": {"reason": "text"},
    "ClockRun": {"pace": "number"},
    "PaceSet": {"pace": "number"},
    "SeatSwapped": {"seat": "seat"},
}
"""Of which sort a field is in one kind of act alone."""
