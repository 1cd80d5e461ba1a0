"""The first page has four ways in: play, look around, host an exercise, begin own talks."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from exercise_desk import words_of
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.exercise.clock import JumpClock
from goodoffices.talks.exercise.runs import EndExercise, Reveal, StartExercise
from goodoffices.talks.state.command_context import CommandRequest
from host_desk import WORDS, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path / "data")
    made.enter()
    return made


def csrf(page: str) -> str:
    return str(re.findall(r'name="_csrf" value="([^"]+)"', page)[0])


def test_the_first_page_has_four_ways_in(desk: Desk) -> None:
    page = desk.ask("GET", "/records").text
    ways = re.findall(r"<section class=\"entry way\".*?<h2[^>]*>(.*?)</h2>", page, flags=re.S)
    assert [words_of(way) for way in ways[:4]] == ["Play", "Look around", "Host an exercise", "Begin your own talks"]
    assert [words_of(way) for way in ways[4:]] == ["Look around", "Host an exercise"], "the second exercise is hosted"
    words = words_of(page)
    assert "Another exercise: Belfast, the last week: 3 to 10 April 1998" in words
    assert "15 seats. The program cannot play them" in words


def test_talks_that_the_program_cannot_play_are_hosted_and_not_played_alone(desk: Desk) -> None:
    token = csrf(desk.ask("GET", "/records").text)
    data = {"_csrf": token, "talks": "good-friday-1998"}
    assert desk.ask("POST", "/records/play", data={**data, "seat": "chairs"}).status_code == 404
    answer = desk.ask("POST", "/records/host", data=data)
    assert answer.status_code == 303
    board = words_of(desk.ask("GET", answer.headers["location"]).text)
    assert "Who takes part today?" in board
    [held] = desk.host.talks.values()
    brief = held.server.open_seat("uup", "en")
    desk.jar.set(f"go-{brief.path_id}", brief.session.secret)
    page = words_of(desk.ask("GET", f"{brief.base}/brief").text)
    assert "[k1 D]" in page, "claims stand there by their mark"
    assert "votes-uup" not in page
    assert "fax-03-30" not in page, "what became known in 1999 is not cited in 1998"


def test_several_cells_stand_side_by_side_and_get_an_inject_together(desk: Desk) -> None:
    token = csrf(desk.ask("GET", "/records").text)
    data = {"_csrf": token, "talks": "good-friday-1998"}
    assert desk.ask("POST", "/records/host", data={**data, "cells": "7"}).status_code == 404
    answer = desk.ask("POST", "/records/host", data={**data, "cells": "2"})
    assert answer.headers["location"] == "/records#cells"
    assert len(desk.host.talks) == 2
    listed = words_of(desk.ask("GET", "/records").text)
    assert "good-friday-1998-exercise-1 Not started" in listed
    assert "good-friday-1998-exercise-2 Not started" in listed
    assert len(set(re.findall(r"good-friday-1998-exercise-\d · Exercise\.", listed))) == 2, "rows are told apart"
    for held in desk.host.talks.values():
        seats = tuple(seat for seat in held.server.room.seats() if seat != "control")
        start = CommandRequest(seat="control", command=StartExercise(persons=seats))
        assert not isinstance(held.server.room.submit(start, at=desk.clock.at), Refusal)
    assert "Done in 2 of 2 cells." in words_of(
        desk.ask("POST", "/records/cells/inject", data={**data, "inject": "tired"}).text
    )
    for held in desk.host.talks.values():
        assert [len(held.server.room.view(seat).known.news) for seat in ("uup", "niwc")] == [1, 1]
    assert desk.ask("POST", "/records/cells/inject", data={**data, "inject": "tired"}).status_code == 404, "once"
    assert "Done in 2 of 2 cells." in words_of(
        desk.ask("POST", "/records/cells/clock", data={**data, "do": "run"}).text
    )
    assert "Done in 0 of 2 cells." in words_of(
        desk.ask("POST", "/records/cells/clock", data={**data, "do": "run"}).text
    )
    board = desk.ask("POST", "/records/board", data={"_csrf": token, "record": "good-friday-1998-exercise-2"})
    assert board.headers["location"].endswith("/control")
    for path in ("board", "cells/clock", "cells/inject"):
        assert desk.ask("POST", f"/records/{path}", data={**data, "record": "x", "talks": "y"}).status_code == 404


def test_control_begins_a_new_cell_from_a_moment_in_the_debrief(desk: Desk) -> None:
    token = csrf(desk.ask("GET", "/records").text)
    data = {"_csrf": token, "talks": "good-friday-1998"}
    board = desk.ask("POST", "/records/host", data=data).headers["location"].removesuffix("/control")
    [held] = desk.host.talks.values()
    room = held.server.room
    players = tuple(seat for seat in room.seats() if seat != "control")
    noon = datetime.fromisoformat("1998-04-04T12:00+01:00")
    for command in (StartExercise(persons=players), JumpClock(to=noon)):
        assert not isinstance(room.submit(CommandRequest(seat="control", command=command), at=desk.clock.at), Refusal)
    room.tick(desk.clock.at)
    form = {"_csrf": csrf(desk.ask("GET", f"{board}/control").text), "moment": "1998-04-03T11:30+01:00"}
    assert desk.ask("POST", f"{board}/restart", data=form).status_code == 404, "before the reveal"
    for last in (EndExercise(), Reveal()):
        assert not isinstance(room.submit(CommandRequest(seat="control", command=last), at=desk.clock.at), Refusal)
    assert "Begin a new cell from this moment" in words_of(desk.ask("GET", f"{board}/debrief").text)
    other = held.server.open_seat("uup", "en")
    desk.jar.set(f"go-{other.path_id}", other.session.secret)
    assert "Begin a new cell" not in words_of(desk.ask("GET", f"{other.base}/debrief").text)
    own = {**form, "_csrf": other.tokens.csrf}
    assert desk.ask("POST", f"{other.base}/restart", data=own).status_code == 404, "control alone"
    answer = desk.ask("POST", f"{board}/restart", data=form)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("/control")
    assert "The clock is stopped" in words_of(desk.ask("GET", answer.headers["location"]).text)
    assert len(desk.host.talks) == 2
    new = next(one for one in desk.host.talks.values() if one.name == "good-friday-1998-exercise-2")
    seat = new.server.open_seat("uup", "en")
    desk.jar.set(f"go-{seat.path_id}", seat.session.secret)
    said = words_of(desk.ask("GET", f"{seat.base}/record").text)
    stood = "as that stood at Fri 3 Apr 1998, 11:30 (Europe/London, UTC+1)."
    assert f"This cell goes on from good-friday-1998-exercise-1, {stood}" in said
    assert not list(new.server.room.view("uup").known.news), "the inject of Saturday has not come"
    assert "a new cell goes on: good-friday-1998-exercise-2" in words_of(desk.ask("GET", f"{other.base}/debrief").text)
    nonsense = desk.ask("POST", f"{board}/restart", data={**form, "moment": "soon"})
    assert nonsense.status_code == 422


def test_the_spreadsheet_of_an_exercise_is_filled_in_and_begun_at_the_desk(desk: Desk) -> None:
    assert "/begin/exercise.xlsx?filled=1" in desk.ask("GET", "/begin").text
    assert desk.ask("GET", "/begin/exercise.xlsx").content[:2] == b"PK"
    filled = desk.ask("GET", "/begin/exercise.xlsx?filled=1").content
    read = desk.begin(file=("six.xlsx", filled), do="read")
    assert "Briefs" in words_of(read.text)
    token = re.findall(r'name="_sheet" value="(\w+)"', read.text)[0]
    typed = {"title": "River valley exercise", "zone": "Europe/Zurich", "working": "en"}
    assert (
        desk.begin({**typed, "kind": "live", "passphrase": WORDS, "again": WORDS, "_sheet": token}).status_code == 422
    )
    answer = desk.begin({**typed, "kind": "exercise", "_sheet": token})
    assert answer.status_code == 303, words_of(answer.text)[:600]
    assert "river-valley-exercise Not started" in words_of(desk.ask("GET", "/records").text)
    data = {"_csrf": desk.csrf(), "record": "river-valley-exercise"}
    board = desk.ask("POST", "/records/board", data=data)
    assert "The gate is stuck" in words_of(desk.ask("GET", board.headers["location"]).text)


def test_nobody_but_the_host_reaches_the_cells_or_the_demonstration(desk: Desk, tmp_path: Path) -> None:
    stranger = Desk(tmp_path / "other")
    for path in ("/records/demonstration/astana-2017", "/records"):
        assert stranger.ask("GET", path).status_code == 404
    for path in ("board", "cells/clock", "cells/inject"):
        assert stranger.ask("POST", f"/records/{path}", data={"_csrf": "x"}).status_code == 404


def test_the_demonstration_is_a_page_of_scenes_that_ends_with_a_seat(desk: Desk) -> None:
    assert "/records/demonstration/astana-2017" in desk.ask("GET", "/records").text
    page = desk.ask("GET", "/records/demonstration/astana-2017").text
    assert page.count('class="part scene"') == 12
    assert "Two sides that do not speak" in words_of(page)
    assert "Take a seat" in words_of(page)
    assert desk.ask("GET", "/records/demonstration/good-friday-1998").status_code == 404
    arabic = desk.ask("GET", "/records/demonstration/astana-2017?lang=ar").text
    assert 'dir="rtl"' in arabic


def test_playing_opens_the_brief_of_the_seat_with_the_clock_standing(desk: Desk) -> None:
    token = csrf(desk.ask("GET", "/records").text)
    answer = desk.ask("POST", "/records/play", data={"_csrf": token, "talks": "astana-2017", "seat": "un-envoy"})
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("/brief")
    brief = desk.ask("GET", answer.headers["location"]).text
    assert "Take the seat: let the clock run" in words_of(brief)
    assert "You carry for both sides" in words_of(brief)
    base = answer.headers["location"].removesuffix("/brief")
    assert desk.ask("POST", f"{base}/solo-clock", data={"_csrf": csrf(brief)}).headers["location"] == f"{base}/"
    home = words_of(desk.ask("GET", f"{base}/").text)
    assert "the clock runs at 18 × real speed" in home
    brief = desk.ask("GET", f"{base}/brief").text
    assert "Stop the clock" in words_of(brief)
    desk.ask("POST", f"{base}/solo-clock", data={"_csrf": csrf(brief)})
    assert "the clock is stopped" in words_of(desk.ask("GET", f"{base}/").text)
    assert "astana-2017-exercise-1" in {held.name for held in desk.host.talks.values()}


def test_hosting_opens_the_board_and_the_start_page_of_the_seats(desk: Desk) -> None:
    token = csrf(desk.ask("GET", "/records").text)
    answer = desk.ask("POST", "/records/host", data={"_csrf": token, "talks": "astana-2017"})
    assert answer.status_code == 303
    board = words_of(desk.ask("GET", answer.headers["location"]).text)
    assert "Choose who plays each seat" in board
    [held] = desk.host.talks.values()
    seats = words_of(desk.ask("GET", f"{held.server.base}/start").text)
    assert "Open a seat" in seats
    again = desk.ask("POST", "/records/host", data={"_csrf": token, "talks": "astana-2017"})
    assert again.status_code == 303, "a second exercise of the same talks is a record of its own"


def test_only_the_one_person_alone_controls_the_clock_from_their_seat(desk: Desk) -> None:
    token = csrf(desk.ask("GET", "/records").text)
    desk.ask("POST", "/records/host", data={"_csrf": token, "talks": "astana-2017"})
    [held] = desk.host.talks.values()
    opened = held.server.open_seat("un-envoy", "en")
    desk.jar.set(f"go-{opened.path_id}", opened.session.secret)
    answer = desk.ask("POST", f"{opened.base}/solo-clock", data={"_csrf": opened.tokens.csrf})
    assert answer.status_code == 404


def test_unknown_talks_and_seats_are_not_found(desk: Desk) -> None:
    token = csrf(desk.ask("GET", "/records").text)
    for talks, seat in (("astana-2017", "nobody"), ("astana-2017", "control"), ("good-friday-1998", "x"), ("", "")):
        data = {"_csrf": token, "talks": talks, "seat": seat}
        assert desk.ask("POST", "/records/play", data=data).status_code == 404
    assert desk.ask("POST", "/records/host", data={"_csrf": token, "talks": "nothing"}).status_code == 404
    assert desk.ask("POST", "/records/host", data={"_csrf": "wrong", "talks": "astana-2017"}).status_code == 400
