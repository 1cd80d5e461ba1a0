"""Packs: what one seat holds, as a PDF that depends on its view alone."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from fontTools.ttLib import TTFont

from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.reports.texts.print_packs import draw_pack, pack_of, packs_of
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import replay, view_for
from goodoffices.talks.documents.document import square_text
from goodoffices.talks.exchange.items import FileItem
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.notes.minutes import CirculateMinutes
from goodoffices.talks.texts.commands import WriteVersion
from goodoffices.talks.texts.comments import MarkDivergence
from properties.worlds.cast import START
from stories import words
from text_stories import FIRST, Talks
from unit.reports.texts.test_text_sheets import ARABIC
from unit.talks.notes.test_minutes import LINES, noted

pytestmark = pytest.mark.slow


def pages(pdf: bytes) -> list[str]:
    found = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in found]


def told() -> tuple[Talks, str]:
    story = Talks()
    return story, story.release(story.table(FIRST, ARABIC))


def test_a_pack_has_roster_agenda_and_each_text_in_each_language() -> None:
    story, _ = told()
    pack = pack_of(story.view("gov"))
    drawn = pages(draw_pack(pack))
    assert pack.sheets == 2
    assert len(drawn) == 3
    assert "Roster" in drawn[0]
    assert "Agenda" in drawn[0]
    assert "It begins on 30 December." in drawn[1]


def test_every_page_has_its_number_the_fingerprint_and_the_texts_check_code_and_copy_mark() -> None:
    story, version = told()
    sheet = story.view("gov").known.versions[version]
    pack = pack_of(story.view("gov"))
    drawn = pages(draw_pack(pack))
    assert "Page 2 / 3" in drawn[1]
    assert all(pack.fingerprint[:4] in page for page in drawn)
    assert pack.data["parts"][1]["facts"][0][1] in drawn[1]
    assert "Copy mark" in drawn[1]
    assert sheet.state == "released"


def test_t21_same_view_same_bytes_and_the_clock_is_no_part_of_it() -> None:
    story, _ = told()
    first = draw_pack(pack_of(story.view("gov")))
    assert draw_pack(pack_of(story.view("gov"))) == first
    assert not re.search(rb"/(CreationDate|ModDate|Author|Producer)\b", first)


def test_what_is_not_shown_to_a_seat_changes_nothing_in_its_pack() -> None:
    story, _ = told()
    first = draw_pack(pack_of(story.view("gov")))
    story.do("opp", FileItem(title=words("t"), words=(words("secret"),)))
    assert draw_pack(pack_of(story.view("gov"))) == first


def test_t6_every_pack_says_that_the_languages_differ_and_that_none_prevails() -> None:
    story, version = told()
    clause = story.view("gov").known.versions[version].clauses[1]
    said = MarkDivergence(version=version, clause=clause, languages=("en", "ar"), words=words("other sense"))
    story.do("gov", said)
    assert (
        "The languages differ at clause 2. It is not stated which prevails."
        in pages(draw_pack(pack_of(story.view("gov"))))[1]
    )


def test_t10_whom_a_text_is_about_and_who_has_not_signed_stands_with_its_title() -> None:
    story = Talks()
    story.release(story.table(about=("gov", "opp")))
    drawn = pages(draw_pack(pack_of(story.view("gov"))))
    assert all("Neither has signed it." in page for page in drawn)


@pytest.mark.parametrize("language", ["en", "ar", "ru", "tr", "fa", "kk"])
def test_a_pack_can_be_drawn_in_each_language_with_no_sign_missing(language: str) -> None:
    talks = replay(opening(read_talks("astana-2017"), kind=Kind.EXERCISE, at=START))
    pack = pack_of(view_for(talks, "government"), language=language)
    assert "U+" not in " ".join(pack.data["parts"][0]["lines"])
    assert len(pages(draw_pack(pack))) >= 1
    font = TTFont(Path(str(resources.files("matplotlib"))) / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf")
    letters = "ءگپқөİış٣۳"
    drawn = set(json.dumps(pack.data, ensure_ascii=False)) | set(letters)
    assert not {sign for sign in drawn if ord(sign) not in font.getBestCmap()}


def test_packs_of_several_seats_come_with_progress_and_differ_in_their_copy_marks() -> None:
    story, _ = told()
    heard: list[tuple[str, int]] = []
    made = packs_of([story.view("gov"), story.view("opp")], progress=lambda seat, done: heard.append((seat, done)))
    assert heard == [("gov", 1), ("opp", 2)]
    assert made["gov"] != made["opp"]


def test_signs_that_the_font_lacks_are_named_on_the_cover_not_left_out_in_silence() -> None:
    story = Talks()
    story.release(story.table(FIRST.replace("Three", "\u4e09")))
    assert "U+4E09" in pack_of(story.view("gov")).data["parts"][0]["lines"][-1]


def test_the_roster_names_people_and_not_their_short_names() -> None:
    talks = replay(opening(read_talks("astana-2017"), kind=Kind.EXERCISE, at=START))
    view = view_for(talks, "government")
    [people] = [
        row[2] for row in pack_of(view).data["parts"][0]["tables"][1]["rows"] if row[0] == view.name("government")
    ]
    assert people == view.known.actors["jaafari"].name("en") != "jaafari"


@pytest.mark.parametrize("scale", [2.0, 4.0])
def test_the_square_on_a_printed_page_is_the_full_hash_of_the_version(scale: float) -> None:
    """Read back as a scanner would at 144 and 288 dots to the inch."""
    story, version = told()
    held = story.view("gov").known.versions[version]
    printed = pypdfium2.PdfDocument(draw_pack(pack_of(story.view("gov"))))
    for page in (printed[1], printed[2]):
        found = zxingcpp.read_barcodes(page.render(scale=scale).to_numpy())
        assert [(one.format, one.text) for one in found] == [(zxingcpp.BarcodeFormat.QRCode, square_text(held.hash))]
    assert not zxingcpp.read_barcodes(printed[0].render(scale=scale).to_numpy())
    assert len(held.hash) == 64


def test_each_text_says_which_version_it_is_and_how_far_it_has_come() -> None:
    story, version = told()
    assert f"Version {version} · released" in pages(draw_pack(pack_of(story.view("gov"))))[1]
    papers = (words(FIRST.replace("30 December", "1 January")), words(ARABIC, "ar"))
    story.do("un", WriteVersion(text="tx1", papers=papers))
    later = story.release(list(story.view("un").known.versions)[-1])
    pack = pack_of(story.view("gov"))
    assert [part["facts"][0][1].partition(" · ")[0] for part in pack.data["parts"][1:]] == [later, later]
    both = pack_of(story.view("gov"), versions=(version, later))
    drawn = pages(draw_pack(both))
    assert f"Version {later} · released" in drawn[1]
    assert f"{version} · superseded by {later}" in drawn[3]


def test_a_pack_has_the_minutes_that_its_reader_is_asked_about() -> None:
    story = noted(*LINES)
    story.do("un", CirculateMinutes(session="s1", until=story.in_minutes(60)))
    drawn = " ".join(pages(draw_pack(pack_of(story.view("gov")))))
    assert "Minutes: Aid to besieged places" in drawn
    assert "detainees" not in drawn
