"""Checks of a game from its record: the desk of who played, sentences said again, and acts outside a brief.

``python tests/finished_games.py RECORD SEAT`` prints what is found in a record also while it is open.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from goodoffices.rehearsal.seats.lexicon import Stand, lexicon_of
from goodoffices.rehearsal.seats.orders import Timetable
from goodoffices.rehearsal.seats.outlook import LANGUAGES, clauses_in
from goodoffices.rehearsal.seats.players.pacer import open_things
from goodoffices.rehearsal.seats.points import Point, read_points
from goodoffices.service.open_record import open_record
from goodoffices.talks.base.acts import CLOCK, Body
from goodoffices.talks.base.enums import CommentSort, Kind, StanceKind
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.base.states import ItemCame
from goodoffices.talks.earlier_views import view_as_of
from goodoffices.talks.state.view import View
from seat_runs import astana

AGAINST = frozenset({StanceKind.OBJECTED, StanceKind.REFUSED})
QUOTES = frozenset({"WordingShown", "ReadBackGiven", "ReadBackAnswered"})
"""Acts that say again what was said, because somebody asked for just that."""


class Game(NamedTuple):
    """A game that was played: the views of all seats, the seats that the program played, and its timetable."""

    views: Mapping[str, View]
    played: frozenset[str]
    timetable: Timetable

    def real_minutes(self, view: View, first: datetime, last: datetime) -> float:
        """Return how long the clock ran between two moments, in real minutes; what it jumped over counts nothing."""
        skipped = timedelta()
        for notice in view.notices:
            if notice.kind == "ClockJumped":
                to = parse_instant(notice.data["to"])
                skipped += max(min(to, last) - max(notice.when, first), timedelta())
        return float((last - first - skipped) / timedelta(minutes=self.timetable.pace))


# ------------------------------------------------------------------------------------------------------ an empty desk


def empty_desks(game: Game, player: str, *, minutes: float = 2.0) -> Iterator[str]:
    """Yield each time in which nothing waited for the player and nothing new came for longer than this."""
    view = game.views[player]
    started = next(n.when for n in view.notices if n.kind == "ClockRun")
    ended = next((n.when for n in view.notices if n.kind == "ExerciseEnded"), view.notices[len(view.notices) - 1].when)
    news = [n.when for n in view.notices if started <= n.when <= ended and n.by != player]
    for first, last in zip([started, *news], [*news, ended], strict=True):
        long = game.real_minutes(view, first, last)
        if long > minutes and not open_things(view_as_of(view, first)):
            yield f"{player}: nothing from {first:%d %H:%M} to {last:%d %H:%M}, {long:.1f} minutes"


# --------------------------------------------------------------------------------------------------- sentences again


def heard(game: Game, reader: str) -> Iterator[tuple[datetime, str, str]]:
    """Yield each sentence that reached a seat from one that the program played: when, from whom, and which."""
    view = game.views[reader]
    for notice in view.notices:
        if notice.by not in game.played or notice.by == reader or notice.kind in QUOTES:
            continue
        given = notice.data.get("words") or ()
        for body in (Body(**one) for one in ((given,) if isinstance(given, Mapping) else given)):
            for line in (view.text(body) or "").split("\n") if body.lang in LANGUAGES else ():
                if line.strip():
                    yield notice.when, notice.by, line.strip()


def repeats(game: Game, reader: str, *, minutes: float = 10.0) -> Iterator[str]:
    """Yield each sentence that the same seat said to the same reader again before this time was over."""
    last: dict[tuple[str, str], datetime] = {}
    for at, by, line in heard(game, reader):
        before = last.get((by, line))
        if before is not None and game.real_minutes(game.views[reader], before, at) < minutes:
            yield f"{by} to {reader}, {before:%d %H:%M} and {at:%d %H:%M}: {line}"
        last[by, line] = at


# ----------------------------------------------------------------------------------------------------- its own brief


def outside(game: Game, seat: str) -> Iterator[str]:
    """Yield what a played seat did that its brief forbids: giving a red line, binding beyond its mandate, leaving."""
    view = game.views[seat]
    held = view.known.briefs.get(seat)
    if held is not None:
        red = frozenset((line.issue, line.option) for line in held.brief.red_lines)
        yield from _said_outside(view, red)
        yield from _left(view, game.timetable.closes_at)
        yield from _signed_outside(view, red, held.brief.mandate)


def _said_outside(view: View, red: frozenset[tuple[str, str]]) -> Iterator[str]:
    for at, point in _own_points(view):
        if point.stand.gives and red & {(point.issue, option) for option in point.options}:
            yield f"{view.seat} gives its red line on {point.issue} at {at:%d %H:%M}"
    for comment in view.known.comments.values():
        named = _clauses(view, comment.version or "").get(comment.clause or "")
        if comment.by == view.seat and comment.sort is CommentSort.ACCEPT and named in red:
            yield f"{view.seat} accepts its red line in clause {comment.clause}"


def _left(view: View, closes_at: datetime) -> Iterator[str]:
    supported = _supported(view)
    for at, point in _own_points(view):
        if point.stand not in (Stand.STAY_AWAY, Stand.LEAVE):
            continue
        if any(named == (point.issue, point.option) and since <= at for named, since in supported):
            yield f"{view.seat} leaves at {at:%d %H:%M} over {point.issue}, on which it supported just that"
        if at >= closes_at:
            yield f"{view.seat} leaves at {at:%d %H:%M}, after the end"


def _signed_outside(
    view: View, red: frozenset[tuple[str, str]], mandate: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    for kind, version, _ in _stances(view):
        chosen = dict(_clauses(view, version).values())
        if red & set(chosen.items()):
            yield f"{view.seat}: {kind.value} over a red line"
        beyond = [issue for issue, option in chosen.items() if issue in mandate and option not in mandate[issue]]
        if beyond and (kind.binds or kind is StanceKind.INITIALLED):
            yield f"{view.seat}: {kind.value} beyond its mandate on {', '.join(beyond)}"


def _stances(view: View) -> list[tuple[StanceKind, str, datetime]]:
    """Return the stances that a seat took for a text: what it did, with which version, when."""
    mine = view.known.actor_of(view.seat)
    return [
        (stance.kind, stance.version, stance.at)
        for stance in view.known.stances.values()
        if stance.actor == mine and stance.kind not in AGAINST and stance.version is not None
    ]


def _own_points(view: View) -> Iterator[tuple[datetime, Point]]:
    lexicon = lexicon_of(view.known.agenda, view.zone)
    for item in view.known.items.values():
        if item.came != ItemCame.FILED:
            continue
        for body in item.words[:1]:
            for point in read_points(view.text(body) or "", lexicon, body.lang).points:
                yield item.at, point


def _clauses(view: View, version: str) -> dict[str, tuple[str, str]]:
    known = view.known.versions.get(version)
    lexicon = lexicon_of(view.known.agenda, view.zone)
    for paper in known.papers if known is not None else ():
        if known is not None and paper.lang in LANGUAGES and (found := dict(clauses_in(view, lexicon, known, paper))):
            return found
    return {}


def _supported(view: View) -> list[tuple[tuple[str, str], datetime]]:
    """Return the options in texts that a seat took a stance for, and since when."""
    return [(named, at) for _, version, at in _stances(view) for named in _clauses(view, version).values()]


def faults(game: Game, player: str = "") -> list[str]:
    """Return all that is wrong in a game."""
    found = list(empty_desks(game, player)) if player else []
    for reader in sorted(game.views):
        found += repeats(game, reader)
    for seat in sorted(game.played):
        found += outside(game, seat)
    return found


def game_of(views: Mapping[str, View], timetable: Timetable) -> Game:
    """Return a game from what every seat may know."""
    seats = {slug: view for slug, view in views.items() if slug != CLOCK}
    played = {slug for view in seats.values() for slug, _ in view.known.exercise.automated}
    return Game(seats, frozenset(played), timetable)


def main(path: str, player: str) -> int:
    """Print what is wrong in a record."""
    room = open_record(Path(path), kind=Kind.EXERCISE, write=False)
    game = game_of({seat: room.view(seat) for seat in room.seats()}, astana().timetable)
    for line in (found := faults(game, player)):
        print(line)
    print(f"{len(found)} faults; {len(game.views[player].notices)} notices of {player}")
    return len(found)


if __name__ == "__main__":
    sys.exit(bool(main(*sys.argv[1:])))
