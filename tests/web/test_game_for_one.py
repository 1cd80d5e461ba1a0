"""A game for one person: the clock, the way back to the own seat, and its end."""

from __future__ import annotations

import re
from pathlib import Path

from exercise_desk import ExerciseDesk, words_of
from goodoffices.formats.talks_file.reader import read_talks


def test_only_who_plays_alone_is_told_that_the_clock_stands_and_can_let_it_run(tmp_path: Path) -> None:
    desk = ExerciseDesk(tmp_path / "record.db", read_talks("astana-2017"))
    others = [seat for seat in desk.server.room.seats() if seat not in ("control", "opposition")]
    desk.do("control", "StartExercise", persons=["opposition"], automated=others)
    assert "The clock stands. Nothing happens until you let it run." in words_of(desk.page("opposition"))
    assert "The clock stands. Nothing happens" not in words_of(desk.page("turkey"))
    assert desk.ask("opposition", "POST", "solo-clock").status_code == 303
    assert "The clock stands. Nothing happens" not in words_of(desk.page("opposition"))


def test_who_plays_alone_comes_back_to_the_own_seat_and_not_to_all_briefs(tmp_path: Path) -> None:
    desk = ExerciseDesk(tmp_path / "record.db", read_talks("astana-2017"))
    others = [seat for seat in desk.server.room.seats() if seat not in ("control", "opposition")]
    assert "Your game" not in desk.start_page()
    desk.do("control", "StartExercise", persons=["opposition"], automated=others)
    page = desk.start_page()
    first, _, folded = page.partition("<details")
    assert re.findall(r'name="seat" value="(.*?)"', first) == ["opposition"]
    assert set(re.findall(r'name="seat" value="(.*?)"', folded)) == set(desk.server.room.seats())
    desk.do("control", "EndExercise")
    assert "Your game" not in desk.start_page()


def test_who_plays_alone_can_end_the_game_and_is_led_to_the_debrief(tmp_path: Path) -> None:
    desk = ExerciseDesk(tmp_path / "record.db", read_talks("astana-2017"))
    others = [seat for seat in desk.server.room.seats() if seat not in ("control", "opposition")]
    assert desk.ask("opposition", "POST", "solo-end").status_code == 404, "nobody plays yet"
    desk.do("control", "StartExercise", persons=["opposition"], automated=others)
    assert "End the game…" in words_of(desk.page("opposition", "brief"))
    assert desk.ask("turkey", "POST", "solo-end").status_code == 404
    answer = desk.ask("opposition", "POST", "solo-end")
    assert (answer.status_code, answer.headers["location"].rpartition("/")[2]) == (303, "debrief")
    assert "What each seat knew at" in words_of(desk.page("opposition", "debrief"))
    home = words_of(desk.page("opposition"))
    assert "1 thing needs you" in home
    assert "The exercise has ended. The debrief says what happened" in home
    assert desk.ask("opposition", "POST", "solo-end").status_code == 404
