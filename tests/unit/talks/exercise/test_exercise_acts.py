"""The acts of an exercise: who may do what, what is refused and why, and who is told."""

from __future__ import annotations

from datetime import timedelta

from exercise_talks import PEOPLE, PLAYERS, STARTS, Exercise
from goodoffices.talks.base.acts import Words
from goodoffices.talks.exercise import actions, briefs, clock, injects, notes, rule_questions, runs, staff
from goodoffices.talks.model.brief import Brief
from goodoffices.talks.model.known_exercise import HowFar, InjectState, RunState
from stories import Story


def words(text: str = "In words.") -> Words:
    return Words(text=text)


def test_talks_that_are_not_played_refuse_every_command_of_an_exercise() -> None:
    story = Story()
    assert story.refused("opp", rule_questions.AskRules(words=words())) == "bad_value"
    assert story.refused("opp", actions.TakeAction(action="brief-press")) == "bad_value"
    assert story.refused("opp", notes.MakeForecast(question="adopted", percent=40)) == "bad_value"
    assert story.refused("opp", notes.Reflect(words=words())) == "bad_value"
    assert story.refused("un", runs.StartExercise()) == "not_your_power"


def test_an_exercise_does_not_start_with_a_seat_that_nobody_plays() -> None:
    exercise = Exercise()
    assert exercise.refused("control", runs.StartExercise(persons=PEOPLE)) == "empty_seat"
    assert exercise.refused("control", runs.StartExercise(persons=PLAYERS, automated=("opp",))) == "bad_value"
    assert exercise.refused("control", clock.RunClock()) == "not_open"
    exercise.start(runs_at=None)
    assert exercise.refused("control", runs.StartExercise(persons=PLAYERS)) == "done"
    for seat in (*PLAYERS, "control", "sec"):
        run = exercise.view(seat).known.exercise
        assert (run.state, run.persons, run.plays("gov")) == (RunState.STARTED, PEOPLE, "cautious-delegation")
        assert (run.seed is not None) == (seat == "control"), "the seed would tell what is drawn"


def test_a_seat_reads_its_own_brief_and_no_other() -> None:
    exercise = Exercise()
    for seat in PLAYERS:
        view = exercise.view(seat)
        assert list(view.known.briefs) == [seat]
        assert view.text(view.known.briefs[seat].words[0]) == f"Only {seat} reads this."
    assert not list(exercise.view("ana").known.briefs)
    assert sorted(exercise.view("control").known.briefs) == sorted(PLAYERS)
    exercise.do("control", briefs.GiveBrief(seat="opp", words=(words("Newer."),), issue="who-watches", options=()))
    brief = exercise.view("opp").known.briefs["opp"].brief
    assert isinstance(brief, Brief)
    assert brief.mandate["who-watches"] == ()
    assert "guarantors" in brief.worths["who-watches"]
    wrong = briefs.GiveBrief(seat="opp", words=(words(),), issue="who-watches", options=("guarantors",))
    assert exercise.refused("control", wrong) == "bad_value"
    assert exercise.refused("opp", wrong) == "not_your_power"


def test_the_clock_is_controls_alone_and_never_goes_back() -> None:
    exercise = Exercise().start()
    assert exercise.refused("opp", clock.PauseClock()) == "not_your_power"
    assert exercise.refused("control", clock.RunClock()) == "done"
    exercise.tick(60)
    assert exercise.at == STARTS + timedelta(hours=1)
    assert exercise.refused("control", clock.JumpClock(to=STARTS)) == "backwards"
    assert exercise.refused("control", clock.SetPace(pace=0)) == "bad_value"
    assert exercise.refused("control", clock.SetPace(pace=1001)) == "bad_value"
    exercise.do("control", clock.PauseClock(reason="Coffee"))
    exercise.tick(3600)
    assert exercise.at == STARTS + timedelta(hours=1)
    assert exercise.refused("control", clock.PauseClock()) == "done"
    exercise.do("control", clock.JumpClock(to=STARTS + timedelta(hours=5)))
    assert exercise.at == STARTS + timedelta(hours=5)
    assert not exercise.view("usa").known.exercise.is_running
    exercise.do("control", clock.RunClock())
    exercise.do("control", clock.SetPace(pace=2))
    exercise.tick(60)
    assert exercise.at == STARTS + timedelta(hours=5, minutes=2)


def test_every_act_has_the_time_of_the_talks_and_the_time_on_the_wall() -> None:
    exercise = Exercise().start()
    exercise.tick(60)
    [act] = exercise.do("opp", rule_questions.AskRules(words=words()))
    assert (act.at, act.real_at) == (STARTS + timedelta(hours=1), exercise.real)
    assert exercise.view("opp").notices[-1].at == "2017-01-22T13:00Z"


def test_an_action_costs_and_control_rules_on_it() -> None:
    exercise = Exercise().start()
    assert exercise.refused("opp", actions.TakeAction(action="shell-village")) == "not_your_action"
    exercise.do("gov", actions.TakeAction(action="shell-village", words=words("At night.")))
    assert exercise.refused("gov", actions.TakeAction(action="shell-village")) == "too_costly"
    [asked] = exercise.view("control").known.actions_asked.values()
    assert not list(exercise.view("opp").known.actions_asked)
    ruled = actions.RuleOnAction(asked=asked.handle, happens=True, outcome=words("Three houses."))
    told = {seat for seat, _ in exercise.do("control", ruled)[0].audience}
    assert told == {"control", "gov", "opp", "un"}
    assert exercise.refused("control", ruled) == "done"
    assert "happens" not in exercise.view("opp").notices[-1].data


def test_what_did_not_happen_is_told_to_nobody_else_and_costs_nothing() -> None:
    exercise = Exercise().start()
    exercise.do("gov", actions.TakeAction(action="shell-village"))
    [asked] = exercise.view("control").known.actions_asked.values()
    no = actions.RuleOnAction(asked=asked.handle, happens=False, outcome=words("The unit did not obey."))
    assert {seat for seat, _ in exercise.do("control", no)[0].audience} == {"control", "gov"}
    exercise.do("gov", actions.TakeAction(action="shell-village"))


def test_an_action_without_control_happens_at_once() -> None:
    exercise = Exercise().start()
    _, ruled = exercise.do("opp", actions.TakeAction(action="brief-press", words=words("They said no.")))
    assert {seat for seat, _ in ruled.audience} == {"control", "opp", "usa"}
    view = exercise.view("usa")
    assert view.notices[-1].kind == "ActionRuled"


def test_an_inject_can_be_held_edited_and_given_in_every_state_of_the_clock() -> None:
    for state in ("before the start", "standing", "running", "paused", "after a jump"):
        exercise = Exercise()
        if state != "before the start":
            exercise.start(runs_at=None if state == "standing" else 60)
        if state == "paused":
            exercise.do("control", clock.PauseClock())
        if state == "after a jump":
            exercise.do("control", clock.JumpClock(to=STARTS + timedelta(hours=1)))
        handle = exercise.handle("by-hand")
        exercise.do("control", injects.HoldInject(inject=handle))
        assert exercise.refused("control", injects.HoldInject(inject=handle)) == "done"
        exercise.do("control", injects.GiveInject(inject=handle, to=("usa", "kaz"), words=(words("Edited."),)))
        assert exercise.refused("control", injects.GiveInject(inject=handle)) == "given"
        assert exercise.refused("control", injects.HoldInject(inject=handle)) == "given"
        for seat in ("usa", "kaz"):
            view = exercise.view(seat)
            assert [view.text(one.words[0]) for one in view.known.news] == ["Edited."]
            assert "to" not in view.notices[-1].data, "who else was told is not for a player"
        assert not list(exercise.view("opp").known.news)
        assert exercise.refused("opp", injects.GiveInject(inject=handle)) == "not_your_power"


def test_x7_a_seat_is_handed_to_the_program_and_back_and_nobody_else_learns() -> None:
    exercise = Exercise().start()
    before = {seat: exercise.view(seat).head for seat in (*PLAYERS, "ana", "sec")}
    exercise.do("control", staff.SwapSeat(seat="opp", automated="silent"))
    exercise.do("control", staff.SwapSeat(seat="gov"))
    after = {seat: exercise.view(seat).head for seat in before}
    assert {seat for seat in before if before[seat] != after[seat]} == {"opp", "gov"}
    assert exercise.view("opp").known.exercise.plays("opp") == "silent"
    assert exercise.view("gov").known.exercise.plays("gov") is None
    assert exercise.refused("control", staff.SwapSeat(seat="gov")) == "done"
    assert exercise.refused("control", staff.SwapSeat(seat="control")) == "bad_value"


def test_control_plays_a_seat_that_no_people_play_and_it_says_so() -> None:
    exercise = Exercise().start()
    [act] = exercise.do("gov", rule_questions.AskRules(words=words()), entered_by="control")
    assert act.entered_by == "control"
    ask = rule_questions.AskRules(words=words())
    assert exercise.refused("opp", ask, entered_by="control") == "seat_taken"
    assert exercise.refused("gov", ask, entered_by="un") == "no_proxy"


def test_questions_on_the_rules_go_to_control_and_the_answer_to_one_or_all() -> None:
    exercise = Exercise().start()
    exercise.do("opp", rule_questions.AskRules(words=words("May we leave?")))
    [asked] = exercise.view("control").known.rule_questions.values()
    answer = rule_questions.AnswerRules(question=asked.handle, words=words("Yes."), to_all=True)
    exercise.do("control", answer)
    assert exercise.refused("control", answer) == "done"
    notice = exercise.view("gov").notices[-1]
    assert "question" not in notice.data
    assert notice.by == "control"
    assert [one.answer is not None for one in exercise.view("opp").known.rule_questions.values()] == [True]


def test_notes_and_forecasts_are_for_the_debrief_alone() -> None:
    exercise = Exercise().start()
    before = {seat: exercise.view(seat).head for seat in PLAYERS}
    exercise.do("control", notes.NoteMoment(words=words("A good question."), seat="opp", tag="relay"))
    exercise.do("un", notes.MakeForecast(question="adopted", percent=30))
    assert {s for s in PLAYERS if exercise.view(s).head != before[s]} == {"un"}
    assert exercise.refused("un", notes.MakeForecast(question="adoptd", percent=30)) == "unknown"
    assert exercise.refused("un", notes.MakeForecast(question="adopted", percent=101)) == "bad_value"
    assert exercise.refused("un", notes.Reflect(words=words())) == "running"
    assert exercise.refused("control", runs.Reveal()) == "running"
    exercise.do("control", runs.EndExercise())
    assert exercise.refused("un", notes.MakeForecast(question="adopted", percent=30)) == "closed"
    assert exercise.refused("control", clock.RunClock()) == "closed"
    exercise.do("un", notes.Reflect(words=words("Slower."), share=True))
    assert [one.by for one in exercise.view("gov").known.reflections] == ["un"]


def test_what_was_revealed_is_never_hidden_again() -> None:
    exercise = Exercise().start()
    exercise.do("control", runs.EndExercise())
    exercise.do("control", runs.Reveal(how_far="own-seat"))
    exercise.do("control", runs.Reveal(how_far="all"))
    assert exercise.refused("control", runs.Reveal(how_far="own-seat")) == "done"
    assert exercise.refused("control", runs.Reveal(how_far="everything")) == "bad_value"
    assert exercise.view("opp").known.exercise.how_far is HowFar.ALL


def test_nothing_comes_by_itself_after_the_end() -> None:
    exercise = Exercise().start()
    exercise.do("control", runs.EndExercise())
    exercise.tick(24 * 3600)
    states = {one.state for one in exercise.view("control").known.injects.values()}
    assert states == {InjectState.PLANNED}
