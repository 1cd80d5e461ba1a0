"""An exercise at the desk: its mark and clock on every page, briefs, the board of control, and the debrief."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from exercise_desk import ExerciseDesk, words_of
from exercise_talks import PLAYERS
from goodoffices.exercises.debriefs.debrief import debrief_of
from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.reports.messages.act_sentences import told
from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.reports.texts.downloads import FORMS
from goodoffices.talks.base.acts import CLOCK
from goodoffices.talks.model.known_exercise import HowFar
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.page_list import PAGES


@pytest.fixture
def desk(tmp_path: Path) -> ExerciseDesk:
    return ExerciseDesk(tmp_path / "record.db")


def test_a_seat_reads_its_own_brief_in_its_language_and_nobody_elses(desk: ExerciseDesk) -> None:
    page = words_of(desk.page("opp", "brief"))
    assert "Only opp reads this." in page
    assert "invented teaching material" in page
    assert "Never: committee" not in page
    assert not any(f"Only {seat} reads" in page for seat in PLAYERS if seat != "opp")
    assert "Only opp reads this. (ع)" in words_of(desk.page("opp", "brief", "ar"))
    assert "no brief" in words_of(desk.page("ana", "brief"))


def test_only_control_has_the_board_and_only_after_the_reveal_anybody_has_the_debrief(desk: ExerciseDesk) -> None:
    desk.start()
    assert desk.ask("opp", "GET", "control").status_code == 404
    for seat in ("opp", "control"):
        for path in ("debrief", "debrief.html", "debrief.xlsx", "debrief.docx"):
            assert desk.ask(seat, "GET", path).status_code == 404
    for path in ("as/gov/", "as/gov/brief"):
        assert desk.ask("opp", "GET", path).status_code == 404
        assert desk.ask("control", "GET", path).status_code == 200
    assert "Only gov reads this." in words_of(desk.page("control", "as/gov/brief"))
    desk.do("control", "EndExercise")
    assert desk.ask("opp", "GET", "debrief").status_code == 404
    desk.do("control", "Reveal", how_far="own-seat")
    assert desk.ask("opp", "GET", "debrief").status_code == 404
    desk.do("control", "Reveal", how_far="all")
    assert desk.ask("opp", "GET", "debrief").status_code == 200
    assert "Only gov reads this." in words_of(desk.page("opp", "as/gov/brief"))


def test_the_board_has_a_lane_for_each_seat_and_every_inject(desk: ExerciseDesk) -> None:
    before = words_of(desk.page("control", "control"))
    assert "Choose who plays each seat" in before
    desk.start()
    desk.wait(50)
    board = words_of(desk.page("control", "control"))
    assert "The clock runs. Minutes of the talks in a real minute: 60" in board
    assert "Title of truce" in board
    assert "its condition holds" not in board
    assert "silent for 50 minutes" in board
    assert "in 70 minutes" in board, "the truce comes two hours after the start"


def test_control_gives_an_inject_by_hand_and_its_seat_reads_it(desk: ExerciseDesk) -> None:
    desk.start()
    desk.do("control", "GiveInject", inject="ij6", words="Edited words.", to=["kaz", "usa"])
    assert "Edited words." in words_of(desk.page("usa", "brief"))
    assert "Edited words." not in words_of(desk.page("opp", "brief"))


def test_control_plays_a_seat_that_no_people_play(desk: ExerciseDesk) -> None:
    desk.start()
    assert desk.ask("opp", "POST", "play-as", data={"seat": "gov"}).status_code == 404
    assert desk.ask("control", "POST", "play-as", data={"seat": "opp"}).status_code == 404
    assert desk.ask("control", "POST", "play-as", data={"seat": "gov"}).status_code == 303
    page = desk.ask("gov", "GET", "", keeper="control").text
    assert "You play The gov as control" in words_of(page)
    asked = {"_key": "played-by-control", "_back": "", "words": "May we?"}
    assert desk.ask("gov", "POST", "do/AskRules", keeper="control", data=asked).status_code == 303
    assert desk.server.room.acts()[-1].entered_by == "control"


def test_those_who_learn_of_an_action_read_what_came_of_it_and_nobody_else(desk: ExerciseDesk) -> None:
    desk.start()
    desk.do("gov", "TakeAction", action="shell-village", words="At dawn, from the ridge.")
    desk.do("control", "RuleOnAction", asked="ac1", outcome="A village was shelled at dawn.", happens="yes")
    for seat in ("opp", "un"):
        page = words_of(desk.page(seat, "brief"))
        assert "A village was shelled at dawn." in page, seat
        assert "from the ridge" not in page, "what was asked for is for control"
    for seat in ("rus", "usa", "kaz"):
        for path in ("", "brief", "record"):
            assert "A village was shelled" not in words_of(desk.page(seat, path)), seat


def test_the_sheets_offer_what_played_seats_read_and_a_paper_says_what_they_read(tmp_path: Path) -> None:
    desk = ExerciseDesk(tmp_path / "record.db", read_talks("astana-2017"))
    seats = [seat for seat in desk.server.room.seats() if seat not in ("control", "government")]
    desk.do("control", "StartExercise", persons=seats, automated=["government"])
    for language, sentence in (
        ("en", "On format: Face to face."),
        ("ar", "في صيغة اللقاء: وجهًا لوجه."),
        ("ru", "On format"),
    ):
        assert sentence in desk.page("opposition", "papers/new", language)
    desk.do("opposition", "FileItem", words="On format: Face to face. We cannot accept. We also want peace.")
    desk.do("opposition", "FileItem", words="We want peace.")
    read = "The seats that the program plays read this as On format: Face to face. We cannot accept."
    assert read in words_of(desk.page("opposition", "papers/m1"))
    assert "read this as Which point do you make" in words_of(desk.page("opposition", "papers/m2"))


def test_without_played_seats_no_sheet_offers_sentences(tmp_path: Path) -> None:
    desk = ExerciseDesk(tmp_path / "record.db", read_talks("astana-2017"))
    desk.do("control", "StartExercise", persons=[s for s in desk.server.room.seats() if s != "control"])
    assert "Sentences that the played seats read" not in desk.page("opposition", "papers/new")
    desk.do("opposition", "FileItem", words="We want peace.")
    assert "read this as" not in words_of(desk.page("opposition", "papers/m1"))


def test_the_press_prints_a_headline_when_control_consents(tmp_path: Path) -> None:
    desk = ExerciseDesk(tmp_path / "record.db", read_talks("astana-2017"))
    seats = [seat for seat in desk.server.room.seats() if seat != "control"]
    desk.do("control", "StartExercise", persons=seats)
    desk.do("press", "TakeAction", action="print-a-headline", words="Rooms apart at dusk")
    assert "Rooms apart" not in words_of(desk.page("iran", "brief"))
    [asked] = desk.server.room.view("control").known.actions_asked
    desk.do("control", "RuleOnAction", asked=asked, outcome="Headline: Rooms apart at dusk", happens="yes")
    assert "Headline: Rooms apart at dusk" in words_of(desk.page("iran", "brief"))


def test_x8_every_page_and_file_bears_the_mark_in_the_readers_language(desk: ExerciseDesk) -> None:
    desk.start()
    desk.do("opp", "FileItem", words="A paper.")
    marks = {"en": "EXERCISE", "ar": "تمرين"}
    paths = ("", "brief", "papers", "papers/m1", "papers/new", "texts", "texts/new", "decisions", "sessions",
             "people", "ceasefire", "commitments", "record", "find", "me", "contested")  # fmt: skip
    for language, mark in marks.items():
        for path in paths:
            assert mark in words_of(desk.page("opp", path, language)), f"{path} in {language}"
        assert mark in words_of(desk.page("control", "control", language))
    desk.do("control", "EndExercise")
    desk.do("control", "Reveal", how_far="all")
    for language, mark in marks.items():
        assert mark in words_of(desk.page("opp", "debrief", language))
        kept = desk.ask("opp", "GET", "debrief.html", language).text
        assert mark in words_of(kept)
        assert "<script" not in kept
        assert 'src="' not in kept
        paper = desk.ask("opp", "GET", "debrief.docx", language).content
        with zipfile.ZipFile(io.BytesIO(paper)) as package:
            assert any(mark.encode() in package.read(name) for name in package.namelist() if "header" in name)
        book = CalamineWorkbook.from_filelike(io.BytesIO(desk.ask("opp", "GET", "debrief.xlsx", language).content))
        for name in book.sheet_names:
            assert str(book.get_sheet_by_name(name).to_python()[0][0]).startswith(mark)


def test_the_debrief_has_relays_forecasts_notes_and_what_really_happened(desk: ExerciseDesk) -> None:
    desk.start()
    desk.do("opp", "FileItem", words="A corridor, if the shelling stops.", kind="paper")
    desk.do("opp", "HandItem", item="m1", to="un")
    desk.do("opp", "ClearItem", item="m1", to=["gov", "rus"], form="paraphrase")
    desk.wait(20)
    desk.do("un", "RelayItem", item="m1", to="gov", form="paraphrase", words="A corridor.")
    desk.do("un", "MakeForecast", question="adopted", percent="20")
    desk.do("control", "NoteMoment", words="The condition is gone.", seat="un")
    desk.do("control", "EndExercise")
    desk.do("un", "Reflect", words="We should have asked.", question="1")
    desk.do("control", "Reveal", how_far="all-but-notes")
    assert "The condition is gone." not in words_of(desk.page("gov", "debrief"))
    desk.do("control", "Reveal", how_far="all")
    page = words_of(desk.page("gov", "debrief"))
    for words in (
        "A corridor, if the shelling stops.", "20 minutes", "never told", "20 %", "0.04", "The condition is gone.",
        "We should have asked.", "fighters", "What each seat knew at",
    ):  # fmt: skip
        assert words in page, words
    then = words_of(desk.page("gov", "debrief?then=2017-01-22T12:05:00Z"))
    assert "What each seat knew at" in then
    assert desk.ask("gov", "GET", "debrief?then=nonsense").status_code == 200
    assert desk.ask("gov", "GET", "as/opp/?n=3").status_code == 200
    assert desk.ask("gov", "GET", "as/opp/?n=99999").status_code == 404
    assert desk.ask("gov", "GET", "as/nobody/").status_code == 404


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_line_of_the_debrief_says_what_that_seat_did(desk: ExerciseDesk, language: str) -> None:
    """Seats count their notices each for itself: what was made for one number must not stand for another seat's."""
    desk.start()
    desk.do("opp", "FileItem", words="A corridor.", kind="paper")
    desk.do("opp", "HandItem", item="m1", to="un")
    desk.do("gov", "FileItem", words="A list of names.", kind="paper")
    desk.do("opp", "ClearItem", item="m1", to=["gov", "rus"], form="paraphrase")
    desk.wait(20)
    desk.do("un", "RelayItem", item="m1", to="gov", form="paraphrase", words="A corridor.")
    desk.wait(20)
    desk.do("control", "EndExercise")
    desk.do("control", "Reveal", how_far="all")
    desk.page("gov", "record", language)
    html = desk.page("gov", "debrief", language)
    rows = [words_of(row) for row in re.findall(r"<li><span class=.n.>.*?</li>", html, re.DOTALL)]
    room = desk.server.room
    views = {seat: room.view(seat) for seat in (*room.seats(), CLOCK)}
    assert room.facts is not None
    happened = debrief_of(views, room.facts, HowFar.ALL).happenings
    speech = Localizer(catalogue_for(language), views["gov"])
    said = [words_of(str(speech.told(told(one.notice)))) for one in happened]
    assert len(rows) == len(said) > 5
    assert [sentence for row, sentence in zip(rows, said, strict=True) if sentence not in row] == []


def test_only_control_sees_who_has_opened_its_brief(desk: ExerciseDesk) -> None:
    desk.start()
    assert words_of(desk.page("control", "control")).count("has not opened its brief") == 2, (
        "of the two that people play"
    )
    desk.page("control", "as/opp/brief")
    desk.ask("opp", "GET", "brief", keeper="control")
    assert words_of(desk.page("control", "control")).count("has opened its brief") == 0, "control looked, not the seat"
    pages = [page.path.format("m1", "v1") for page in PAGES if page.path]  # Home says what is new since the last look
    before = {path: words_of(desk.ask("un", "GET", path).text) for path in pages}
    desk.page("opp", "brief")
    board = words_of(desk.page("control", "control"))
    assert board.count("has opened its brief") == 2, "the other seat read all its pages"
    after = {path: words_of(desk.ask("un", "GET", path).text) for path in pages}
    assert "opened its brief" not in " ".join(after.values())
    assert after == before, "nobody else learns of it"


def test_the_debrief_says_what_the_seed_drew(desk: ExerciseDesk) -> None:
    desk.start()
    desk.do("control", "EndExercise")
    desk.do("control", "Reveal", how_far="all")
    page = words_of(desk.page("gov", "debrief"))
    assert "What chance decided" in page
    assert "No agreement is worth" in page
    assert "Begin a new cell from this moment" not in words_of(desk.page("control", "debrief")), "there is no host here"


def test_a_notice_says_who_plays_a_seat_now_and_why_the_clock_stands(desk: ExerciseDesk) -> None:
    desk.start()
    desk.do("control", "PauseClock")
    desk.do("control", "RunClock")
    desk.do("control", "PauseClock", reason="Tea.")
    record = words_of(desk.page("gov", "record"))
    assert "The clock of the exercise stands. Reason: Tea." in record
    assert "Reason: ·" not in record
    assert record.count("Reason:") == 1, "without a reason none is announced"
    desk.do("control", "SwapSeat", seat="gov")
    assert "People play the seat of" in words_of(desk.page("gov", "record"))
    desk.do("control", "SwapSeat", seat="gov", automated="cautious-delegation")
    assert "The program plays the seat of" in words_of(desk.page("gov", "record"))


def test_pages_are_dated_by_the_clock_of_the_talks(desk: ExerciseDesk) -> None:
    desk.start()
    desk.wait(60)
    page = desk.page("opp")
    assert 'data-run="1"' in page
    assert "13:00" in words_of(page)
    desk.do("control", "PauseClock")
    assert "the clock is stopped" in words_of(desk.page("opp"))


def test_the_pages_of_an_exercise_say_what_they_are_for(desk: ExerciseDesk) -> None:
    desk.start()
    assert "what your seat is told for this exercise" in words_of(desk.page("opp", "brief"))
    assert "Here you run the exercise" in words_of(desk.page("control", "control"))


def test_private_notes_and_unshared_reflections_wait_until_all_is_revealed(desk: ExerciseDesk) -> None:
    desk.start()
    desk.do("control", "NoteMoment", words="A private note.", seat="un")
    desk.do("control", "EndExercise")
    desk.do("un", "Reflect", words="For control alone.", question="1")
    desk.do("control", "Reveal", how_far="all-but-notes")
    paths = ("debrief", "debrief.html", "as/un/record", "as/un/")
    for path in paths:
        page = words_of(desk.page("gov", path))
        assert "A private note." not in page, path
        assert "For control alone." not in page, path
    assert desk.ask("gov", "GET", "as/control/record").status_code == 404
    desk.do("control", "Reveal", how_far="all")
    assert "A private note." in words_of(desk.page("gov", "debrief"))


def test_a_jump_of_the_clock_first_does_what_can_still_be_undone(tmp_path: Path) -> None:
    desk = ExerciseDesk(tmp_path / "record.db", undo_seconds=10).start()
    desk.do("opp", "FileItem", words="A corridor.", kind="paper")
    desk.do("opp", "HandItem", item="m1", to="un")
    desk.do("opp", "ClearItem", item="m1", to=["gov"], form="paraphrase")
    desk.do("un", "RelayItem", item="m1", to="gov", form="paraphrase", words="A corridor.")
    assert not list(desk.server.room.view("gov").known.items), "it can still be undone"
    desk.do("control", "JumpClock", to="2017-01-22T20:00+00:00")
    told = next(act for act in desk.server.room.acts() if act.kind == "ItemRelayed")
    jumped = next(act for act in desk.server.room.acts() if act.kind == "ClockJumped")
    assert told.seq < jumped.seq
    assert told.at <= jumped.at


def test_a_jump_that_is_refused_does_nothing_of_what_waits(tmp_path: Path) -> None:
    desk = ExerciseDesk(tmp_path / "record.db", undo_seconds=10).start()
    desk.do("opp", "FileItem", words="A corridor.", kind="paper")
    desk.do("opp", "HandItem", item="m1", to="un")
    desk.do("opp", "ClearItem", item="m1", to=["gov"], form="paraphrase")
    desk.do("un", "RelayItem", item="m1", to="gov", form="paraphrase", words="A corridor.")
    desk.do("control", "JumpClock", to="2017-01-01T20:00+00:00", status=422)
    assert not [act for act in desk.server.room.acts() if act.kind == "ItemRelayed"]


def test_the_debrief_of_astana_says_what_was_possible(tmp_path: Path) -> None:
    desk = ExerciseDesk(tmp_path / "record.db", read_talks("astana-2017"))
    seats = [seat for seat in desk.server.room.seats() if seat != "control"]
    desk.do("control", "StartExercise", automated=seats)
    desk.do("control", "EndExercise")
    desk.do("control", "Reveal", how_far="all")
    page = words_of(desk.page("opposition", "debrief"))
    assert "What could all sign? At the likeliest values assessed there is something" in page
    assert "What no agreement was worth to each seat" in page


def test_x8_every_file_of_a_text_bears_the_mark_in_itself_or_in_its_name(desk: ExerciseDesk) -> None:
    desk.start()
    first: dict[str, Any] = {"papers": "# T\n\n## 1. One\n\nWords.", "papers.lang": "en"}
    desk.do("un", "TableText", kind="single-negotiating-text", **first)
    desk.do("un", "WriteVersion", text="tx1", after="v1", **first | {"papers": "# T\n\n## 1. One\n\nMore."})
    for form, made in FORMS.items():
        answer = desk.ask("un", "GET", f"files/v2/{form}?clause=1&since=v1&for=gov&in=en")
        assert answer.status_code in (200, 422), form
        if answer.status_code == 422:
            assert "EXERCISE" in words_of(answer.text), "a refusal is a page"
            continue
        assert "exercise-v2" in answer.headers["content-disposition"]
        if made.ending in ("docx", "odt"):
            with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
                assert any(b"EXERCISE" in package.read(name) for name in package.namelist()), form
        elif made.ending == "html":
            assert "EXERCISE" in words_of(answer.text), form


def test_x4_no_page_of_a_player_has_anything_of_another_before_the_reveal(desk: ExerciseDesk) -> None:
    desk.start()
    desk.do("control", "NoteMoment", words="SECRET note.", seat="un")
    desk.do("control", "GiveBrief", seat="gov", words="SECRET later brief.")
    desk.do("control", "GiveInject", inject="ij6", words="SECRET inject.", to=["kaz"])
    desk.do("control", "HoldInject", inject="ij1")
    desk.do("un", "MakeForecast", question="adopted", percent="77")
    desk.do("un", "AskRules", words="SECRET question.")
    desk.wait(30)
    secrets = ("SECRET", "Only gov reads", "Only un reads", "Words of front", "Title of front", "77", "held by you")
    for seat in ("opp", "rus", "usa"):
        for page in PAGES:
            answer = desk.ask(seat, "GET", page.path.format("m1", "v1"))
            for secret in secrets if answer.status_code == 200 else ():
                # As a whole word: the check code of a page may hold any two digits.
                found = re.search(rf"\b{re.escape(secret)}\b", words_of(answer.text))
                assert found is None, f"{seat} reads {secret!r} on {page.path!r}"
