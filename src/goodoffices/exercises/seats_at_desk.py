"""The automated seats of an exercise that is served: people play some seats, and the tool the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from goodoffices.errors import GoodOfficesError
from goodoffices.exercises.empty_control import BEFORE, is_busy, is_idle, owed_by_control, put_forward_to
from goodoffices.exercises.seat_file import NAME, AutomatedSetting, read_setting
from goodoffices.exercises.seat_players import SeatPlayers, Turn
from goodoffices.formats.talks_file.reader import find_scenario, read_talks
from goodoffices.rehearsal.seats.orders import Orders, Timetable
from goodoffices.rehearsal.seats.players.explanations import explain_act
from goodoffices.rehearsal.seats.players.kinds import KINDS
from goodoffices.rehearsal.seats.players.seeds import orders_for
from goodoffices.service.open_record import OpenRecord
from goodoffices.talks.base.enums import Role
from goodoffices.talks.exercise.clock import JumpClock, PauseClock
from goodoffices.talks.exercise.runs import EndExercise, Reveal
from goodoffices.talks.model.brief import Brief
from goodoffices.talks.model.known_exercise import HowFar, InjectState, KnownExercise, RunState
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.talks.state.view import View

DIFFICULTY = "as-it-was"
AFTERWARDS = timedelta(hours=1)
"""An exercise of one person alone ends so long after the last thing that is planned, by the time of the talks."""


class SeatsAtDesk:
    """The automated seats of one exercise record.

    The seats that the tool plays are those that control gave it, at the start or later. Everything is read from the
    record at each moment, so a server that is started again goes on where it was.
    """

    def __init__(self, record: OpenRecord, setting: AutomatedSetting | None = None) -> None:
        self._record = record
        self._control = next((s for s, roles in record.roles().items() if Role.CONTROL.value in roles), None)
        self._setting = setting
        self._players: SeatPlayers | None = None

    def turn_at(self, real: datetime) -> tuple[Turn, CommandRequest] | None:
        """Return what an automated seat does at a moment by the clock on the wall, or ``None``.

        Nothing is done before the exercise starts, while its clock is stopped, or after its end. The caller gives the
        command and tells of a refusal with `was_refused`.
        """
        run = self._run()
        if run is None or run.state is not RunState.STARTED or not run.is_running:
            return None
        at = self._record.time_at(real)
        players = self._seated(run, at)
        turn = players.turn_at(at)
        if turn is None or turn.intention.command is None:
            return None
        return turn, CommandRequest(seat=turn.seat, command=turn.intention.command)

    def control_at(self, real: datetime) -> CommandRequest | None:
        """Return what control does at a moment by the clock on the wall for one person who plays alone, or ``None``.

        It rules on actions, answers on the rules, and puts the clock forward while that person has nothing to wait for.
        An hour of the talks after the last thing that is planned it ends the exercise, and then reveals all. Ask
        `turn_at` first.
        """
        run = self._run()
        if run is None or self._control is None or _alone(run) is None:
            return None
        command: Command | None = None
        if run.state is RunState.ENDED and run.how_far is HowFar.NOTHING:
            command = Reveal(how_far=HowFar.ALL.value)
        elif run.state is RunState.STARTED and run.is_running and self._players is not None:
            at = self._record.time_at(real)
            owed = owed_by_control(self._record.view(self._control).known, at)
            command = owed or self._ended_or_put_forward(self._players, at)
        return None if command is None else CommandRequest(seat=self._control, command=command)

    def _ended_or_put_forward(self, players: SeatPlayers, at: datetime) -> Command | None:
        timetable = next(iter(players.orders.values())).timetable
        coming = self._coming(timetable)
        view, end = self._record.view(players.player or ""), max(coming) + AFTERWARDS
        if at >= end and (at >= end + AFTERWARDS or not is_busy(view, timetable, at)):
            return EndExercise()
        if not is_idle(view, timetable, at):
            return None
        news = (*coming, *players.news_after(at))
        if not any(time > at for time in news) and is_busy(view, timetable, at):
            return None
        to = put_forward_to(timetable, at, (*news, end + BEFORE))
        return None if to is None else JumpClock(to=to)

    def pause(self) -> CommandRequest | None:
        """Return the command that stops the clock when the desk closes under one person who plays alone, or ``None``.

        Otherwise the talks would go on without that person, and hours would have passed at the next start.
        """
        run = self._run()
        if run is None or self._control is None or run.state is not RunState.STARTED or not run.is_running:
            return None
        return None if _alone(run) is None else CommandRequest(seat=self._control, command=PauseClock())

    def _coming(self, timetable: Timetable) -> tuple[datetime, ...]:
        """Return the times at which something happens whatever anybody does: by the timetable, and dated news."""
        assert self._control is not None, "only a played exercise is put forward"
        known = self._record.view(self._control).known
        waiting = (one for one in known.injects.values() if one.state is not InjectState.HELD)
        dated = (one.inject.at + timedelta(minutes=known.exercise.shift_minutes) for one in waiting if one.inject.at)
        return (*timetable.hours, *dated)

    def was_refused(self, turn: Turn) -> None:
        """Note that a command of an automated seat was refused."""
        if self._players is not None:
            self._players.was_refused(turn)

    def explanation(self, seat: str, n: int, language: str = "en") -> str:
        """Return why the tool did what notice ``n`` of a seat's own slice tells of, from what the seat knew then.

        It is empty for an act of a person, and where the reason cannot be worked out again.
        """
        run = self._run()
        view = self._record.view(seat)
        if run is None or not 1 <= n <= len(view.notices) or view.notices[n - 1].by != seat:
            return ""
        if self._players is None:
            self._seated(run, view.notices[n - 1].when)
        notice = view.notices[n - 1]
        orders = None if self._players is None else self._players.orders.get(seat)
        if orders is None:
            return ""
        # Notices show time to the minute: what was due in that minute was due then.
        at = notice.when + timedelta(seconds=59)
        return explain_act(
            self._record.view_at(seat, n - 1), orders, at, notice.kind, language=language, seed=run.seed or 0
        )

    def _run(self) -> KnownExercise | None:
        """Return the run as control knows it, or ``None`` if these talks are not played."""
        return None if self._control is None else self._record.view(self._control).known.exercise

    def _seated(self, run: KnownExercise, at: datetime) -> SeatPlayers:
        """Return the players, with exactly the seats that the tool plays now."""
        played = {seat for seat, kind in run.automated if kind in KINDS}
        if self._players is None:
            assert self._control is not None, "only a played exercise has automated seats"
            orders = orders_at_desk(self._record.view(self._control), self._setting)
            self._players = SeatPlayers(self._record.view, orders, run.seed or 0, run.started_at or at)
        players = self._players
        players.player = _alone(run)
        for seat in players.seats - played:
            players.leave(seat)
        for seat in sorted(played & set(players.orders) - players.seats):
            players.take(seat, at)
        return players


def _alone(run: KnownExercise) -> str | None:
    """Return the one seat that a person plays while the program plays all others, or ``None``."""
    persons = {seat.slug for seat in (() if run.plan is None else run.plan.seats)} - {s for s, _ in run.automated}
    return next(iter(persons)) if len(persons) == 1 else None


def orders_at_desk(view: View, setting: AutomatedSetting | None = None) -> dict[str, Orders]:
    """Return the orders of each seat that the program can play, as control's view and the seed give them.

    Parameters
    ----------
    view
        What control was told.
    setting
        The setting of the talks; by default that of the bundled scenario of their name.
    """
    run = view.known.exercise
    setting = setting or setting_for(view)
    kinds = dict(run.automated)
    briefs = dict(setting.briefs) if setting is not None else {}
    for seat, held in view.known.briefs.items():
        # A brief that control gave later narrows or widens what the first one allowed.
        first = briefs.get(seat, held.brief)
        briefs[seat] = replace(first, mandate=_fitting(held.brief, first)) if seat in briefs else held.brief
    briefs = {s: replace(b, kind=kinds.get(s, b.kind)) for s, b in briefs.items() if kinds.get(s, b.kind) in KINDS}
    if setting is None:
        return orders_for(briefs, _plain_timetable(run, view), seed=run.seed or 0, reservation={})
    level = setting.difficulties.get(DIFFICULTY)
    return orders_for(
        briefs,
        replace(setting.timetable, pace=run.pace),
        seed=run.seed or 0,
        reservation={} if level is None else level.reservation,
        n_mistakes=0 if level is None else level.n_mistakes,
        makers=setting.makers,
    )


def _fitting(later: Brief, first: Brief) -> dict[str, tuple[str, ...]]:
    """Return the mandate of a later brief without what is a red line of the first."""
    red = {(line.issue, line.option) for line in first.red_lines}
    return {issue: tuple(o for o in options if (issue, o) not in red) for issue, options in later.mandate.items()}


def setting_for(view: View) -> AutomatedSetting | None:
    """Return the setting of the bundled scenario of these talks, or ``None`` if there is none that can be used."""
    try:
        folder: Path = find_scenario(view.known.header.slug)
        return read_setting(folder / NAME, read_talks(folder))
    except (GoodOfficesError, OSError):
        return None


def _plain_timetable(run: KnownExercise, view: View) -> Timetable:
    """Return the hours of an exercise without a timetable of its own: automated seats then hold no pen."""
    assert run.plan is not None, "an exercise that has started has a plan"
    return Timetable(starts_at=run.plan.starts_at, ends_at=run.plan.ends_at, zone=view.zone, pace=run.pace)
