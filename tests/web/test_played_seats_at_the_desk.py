"""Playing against seats of the program: what they understand, answers to who asks, and the debrief of red lines."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from exercise_desk import ExerciseDesk, words_of
from goodoffices.exercises.point_sheet import point_sheet
from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.rehearsal.seats.duties.carriage import carry
from goodoffices.rehearsal.seats.outlook import Outlook
from goodoffices.rehearsal.seats.players.seeds import draws_of
from goodoffices.rehearsal.seats.positions import Positions
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Form
from goodoffices.talks.exchange.items import ClearItem, FileItem, HandItem
from goodoffices.talks.exchange.relays import AnswerReadBack, ReadBack, RelayItem
from goodoffices.talks.state.command_context import Command, CommandRequest
from seat_runs import begun

POINT = "On access: Everywhere, on notice to both sides. We ask."


def desk_of(where: Path, player: str) -> ExerciseDesk:
    desk = ExerciseDesk(where / "record.db", read_talks("astana-2017"))
    others = [seat for seat in desk.server.room.seats() if seat not in ("control", player)]
    desk.do("control", "StartExercise", persons=[player], automated=others)
    return desk


def give(desk: ExerciseDesk, seat: str, command: Command) -> None:
    """Let the program's seat do something."""
    desk.real += timedelta(seconds=1)
    answer = desk.server.room.submit(CommandRequest(seat=seat, command=command), at=desk.real)
    assert not hasattr(answer, "code"), answer


def told_by_turkey(desk: ExerciseDesk) -> None:
    """Let Turkey tell the UN a paper of the opposition."""
    give(desk, "opposition", FileItem(words=(Words(text=POINT),)))
    give(desk, "opposition", HandItem(item="m1", to="turkey"))
    give(desk, "opposition", ClearItem(item="m1", to=("un-envoy",), form=Form.PARAPHRASE))
    retold = Words(text=POINT.replace("We", "They"))
    give(desk, "turkey", RelayItem(item="m1", to="un-envoy", form=Form.PARAPHRASE, words=retold, ask_read_back=True))


def test_beside_a_read_back_to_a_played_seat_stands_what_it_understands(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, "un-envoy")
    told_by_turkey(desk)
    page = desk.page("un-envoy", "papers/m1")
    form = re.search(r'<form [^>]*id="f-back".*?</form>', page, re.DOTALL)
    assert form is not None
    said = words_of(form[0])
    assert "The program plays Turkey . It understands only sentences of the form below." in said
    assert "They ask." in said
    assert "We ask." not in said
    chips = re.findall(r"<button[^>]*data-say[^>]*>", form[0])
    assert len(chips) > 20
    assert all('type="button"' in chip and 'class="button quiet"' in chip for chip in chips)


def test_a_form_to_people_does_not_speak_of_the_program(tmp_path: Path) -> None:
    desk = ExerciseDesk(tmp_path / "record.db").start()
    sheet = point_sheet(desk.server.room.view("un"), "en")
    page = desk.page("un", "papers/new")
    assert (sheet is None) == ("data-say" not in page)
    assert "It understands only sentences" not in words_of(page)


def test_sentences_stand_in_every_form_in_which_words_for_played_seats_are_written(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, "un-envoy")
    told_by_turkey(desk)
    give(desk, "opposition", HandItem(item="m1", to="un-envoy"))
    paper = desk.page("un-envoy", "papers/m1")
    for form in ("back", "answer"):
        [found] = re.findall(rf'<form [^>]*id="f-{form}".*?</form>', paper, re.DOTALL)
        assert "data-say" in found
    assert "data-say" in desk.page("un-envoy", "papers/new")
    assert 'id="f-relay-un-envoy"' not in paper


def read_back(words: str, lang: str = "en") -> AnswerReadBack:
    """Return how Turkey answers when the UN reads a paper of the opposition back in these words."""
    run = begun(1)
    at = run.at
    steps: tuple[tuple[str, Command], ...] = (
        ("opposition", FileItem(words=(Words(text=f"{POINT}\nOn detainees: A working group later. We offer."),))),
        ("opposition", HandItem(item="m1", to="turkey")),
        ("opposition", ClearItem(item="m1", to=("un-envoy",), form=Form.VERBATIM)),
        ("turkey", RelayItem(item="m1", to="un-envoy", form=Form.VERBATIM)),
        ("un-envoy", ReadBack(told="m1", words=Words(text=words, lang=lang))),
    )
    for seat, command in steps:
        at += timedelta(minutes=1)
        assert run.talks.submit(CommandRequest(seat=seat, command=command), at=at) is None
    outlook = Outlook(
        view=run.talks.view("turkey"), orders=run.orders["turkey"], moment=at, draws=draws_of(1, "turkey")
    )
    [made] = [one for one in carry(Positions(outlook=outlook)) if isinstance(one.command, AnswerReadBack)]
    assert isinstance(made.command, AnswerReadBack)
    return made.command


def test_a_read_back_in_free_words_is_not_called_wrong() -> None:
    answer = read_back("They want aid to reach everybody, and a working group on detainees some day.")
    assert not answer.confirmed
    assert answer.words is not None
    assert "access" not in answer.words.text, "nothing is corrected"
    assert re.search("cannot|neither|well be right|mean nothing", answer.words.text)


def test_a_read_back_in_free_arabic_words_is_answered_in_arabic() -> None:
    answer = read_back("يريدون وصول المساعدات إلى الجميع.", "ar")
    assert answer.words is not None
    assert answer.words.lang == "ar"


def test_a_read_back_in_sentences_is_confirmed_or_only_what_is_wrong_in_it_is_corrected() -> None:
    right = (
        "On access: Everywhere, on notice to both sides. They ask.\nOn detainees: A working group later. They offer."
    )
    assert read_back(right).confirmed
    wrong = read_back(right.replace("They offer", "They ask"))
    assert not wrong.confirmed
    assert wrong.words is not None
    assert wrong.words.text == "On detainees: A working group later. They offer."


def test_who_asks_is_answered_from_the_page_of_the_question(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, "un-envoy")
    give(desk, "kazakhstan", FileItem(words=(Words(text="What may be read out?"),), kind="question"))
    give(desk, "kazakhstan", HandItem(item="m1", to="un-envoy"))
    paper: dict[str, Any] = {"words": "Nothing yet.", "words.lang": "en", "answers": "m1"}
    desk.do("un-envoy", "FileItem", **paper)
    for page in ("papers/m1", "papers/m2"):
        assert "Tell Kazakhstan this answer, word for word" in words_of(desk.page("un-envoy", page))
    desk.do("un-envoy", "RelayItem", item="m2", to="kazakhstan", form="verbatim")
    assert "Kazakhstan has it." in words_of(desk.page("un-envoy", "papers/m1"))
    [heard] = [i for i in desk.server.room.view("kazakhstan").known.items.values() if i.teller == "un-envoy"]
    assert heard.form is not None


def test_a_party_hands_its_answer_to_an_intermediary_that_asked(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, "opposition")
    give(desk, "un-envoy", FileItem(words=(Words(text="Where do you stand?"),), kind="question"))
    give(desk, "un-envoy", RelayItem(item="m1", to="opposition", form=Form.VERBATIM))
    answer: dict[str, Any] = {"words": POINT, "words.lang": "en", "answers": "m1"}
    desk.do("opposition", "FileItem", **answer)
    assert "Hand this answer to United Nations" in words_of(desk.page("opposition", "papers/m1"))


def test_the_debrief_lists_every_red_line_and_the_clauses_that_cross_one(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, "russia")
    text: dict[str, Any] = {
        "papers": "# A statement\n\n## 1\n\nOn format: Face to face.\n\n## 2\n\nOn access: First to named places, "
        "the rest later.",
        "papers.lang": "en",
    }
    desk.do("russia", "TableText", kind="joint-statement", **text)
    [held] = desk.server.room.view("russia").known.texts.values()
    version = held.versions[-1]
    desk.do("russia", "ReleaseVersion", version=version, to=["turkey"], equal="no")
    desk.do("control", "EndExercise")
    desk.do("control", "Reveal", how_far="all")
    page = desk.page("russia", "debrief")
    table = page[page.index("What the briefs never accept") :]
    rows = [words_of(row) for row in re.findall(r"<tr>(.*?)</tr>", table[: table.index("</table>")], re.DOTALL)[1:]]
    briefs = {s: desk.server.room.view(s).known.briefs[s].brief for s in desk.server.room.seats() if s != "control"}
    assert len(rows) == sum(len(brief.red_lines) for brief in briefs.values())
    crossed = [row for row in rows if "Crossed by clause" in row]
    assert len(crossed) == 1
    assert "opposition" in crossed[0]
    assert "Face to face" in crossed[0]
    assert "clause 1" in crossed[0]


def test_the_title_of_an_exercise_is_in_the_readers_language(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, "opposition")
    assert "أستانا، من 22 إلى 24" in desk.page("opposition", language="ar")
    assert "Astana, 22 to 24 January" in desk.page("opposition")


def test_an_arabic_brief_shows_no_stars_and_no_latin_semicolons(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, "opposition")
    page = desk.page("opposition", "brief", language="ar")
    brief = words_of(page[page.index("brief-words") : page.index("standing") if "standing" in page else None])
    assert "*" not in brief
    assert "; " not in brief
    assert "<em>ضامنًا</em>" in page


def test_what_played_seats_read_runs_in_the_direction_of_its_language(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, "opposition")
    text = "في وصول المساعدات: بإذن لكل حالة. لا يمكننا قبول ذلك."
    paper: dict[str, Any] = {"words": text, "words.lang": "ar"}
    desk.do("opposition", "FileItem", **paper)
    page = desk.page("opposition", "papers/m1", language="ar")
    assert '<ul lang="ar" dir="rtl"><li><bdi class="said">في وصول' in page


def test_no_brief_claims_a_text_or_a_wait_that_is_not_there(tmp_path: Path) -> None:
    for name in ("astana-2017", "good-friday-1998"):
        desk = ExerciseDesk(tmp_path / f"{name}.db", read_talks(name))
        for seat in desk.server.room.seats():
            view = desk.server.room.view(seat)
            held = view.known.briefs.get(seat)
            if held is None:
                continue
            said = " ".join(view.text(body) or "" for body in held.words if body.lang == "en")
            assert bool(view.known.texts) or "hold the pen" not in said, f"{name}, {seat}"
            assert "waits for your" not in said, f"{name}, {seat}"
            assert "no contact" not in said, f"{name}, {seat}: everybody can be met"
