"""The first page has four ways in: play, look around, host an exercise, begin own talks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exercise_desk import words_of
from host_desk import Desk


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
    assert [words_of(way) for way in ways] == ["Play", "Look around", "Host an exercise", "Begin your own talks"]


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
    assert "the clock runs, 18 minutes in one" in home
    brief = desk.ask("GET", f"{base}/brief").text
    assert "Stop the clock" in words_of(brief)
    desk.ask("POST", f"{base}/solo-clock", data={"_csrf": csrf(brief)})
    assert "the clock stands" in words_of(desk.ask("GET", f"{base}/").text)
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
