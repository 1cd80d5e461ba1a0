"""The pen's desk over HTTP: one button each for comments, brackets and variants, and two people in one seat."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from properties.worlds.http import Answer
from web.test_texts import Table, opened_table

ENGLISH = "# Access\n\n## 1. Aid\n\nAid comes within ten days of the last signature.\n\n## 2. Watch\n\nThree watch.\n"
ARABIC = "# الوصول\n\n## 1. المساعدة\n\nتصل المساعدة خلال عشرة أيام.\n\n## 2. المراقبة\n\nيراقب ثلاثة.\n"


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    for made in opened_table(tmp_path):
        fields = {"papers": (ENGLISH, ARABIC), "papers.lang": ("en", "ar"), "about": ("gov", "opp")}
        made.do("un", "TableText", "texts", **fields)
        made.do("un", "ReleaseVersion", version="v1", to="gov,opp")
        yield made


def proposed(table: Table, seat: str, words: str, clause: str = "cl1", version: str = "v1") -> None:
    table.do(seat, "Comment", version=version, clause=clause, sort="proposes-words", words=words)


def fields_of(page: str) -> dict[str, str]:
    """Return what the pen's form holds as it was drawn."""
    inside = page.split('id="f-pen"')[1].split("</form>")[0]
    found = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', inside))
    found |= dict(re.findall(r'<input id="[^"]*" name="((?:heading)[^"]*)" value="([^"]*)"', inside))
    found |= dict(re.findall(r'<textarea id="[^"]*" name="(body[^"]*)"[^>]*>\n(.*?)</textarea>', inside, re.S))
    return {name: html.unescape(text) for name, text in found.items() if name not in ("_csrf", "_key")}


class Pen:
    """One person at the pen's desk, on one clause, with the page as it was opened."""

    def __init__(self, table: Table, clause: str = "cl1", language: str = "en") -> None:
        self.table, self.clause = table, clause
        self.browser = table.browser("un", language)
        self.fields = fields_of(table.page("un", f"texts/tx1/pen/{clause}", language))

    def press(self, button: str, **typed: str | tuple[str, ...]) -> Answer:
        n = len(self.table.world.room.view("un").notices)
        given = {**self.fields, "_key": f"pen-{n}-{button}-{len(typed)}".replace(":", "_"), "do": button, **typed}
        return self.browser.post(f"{self.browser.base}/texts/tx1/pen", given)

    def pressed(self, button: str, **typed: str | tuple[str, ...]) -> str:
        answer = self.press(button, **typed)
        assert answer.status == 303, re.findall(r'role="alert".*?</div>', answer.text, re.S)
        return self.table.page("un", f"texts/tx1/pen/{self.clause}")


def bare(page: str) -> str:
    return re.sub(r"<[^>]*>", "", page)


def latest(table: Table) -> str:
    view = table.world.room.view("un")
    version = view.known.versions[view.known.texts["tx1"].versions[-1]]
    return view.text(version.papers[0]) or ""


def test_a_form_left_as_it_is_writes_nothing(table: Table) -> None:
    n = len(table.world.room.view("un").notices)
    Pen(table).pressed("save")
    assert len(table.world.room.view("un").notices) == n


def test_a_comment_is_taken_up_with_one_click_and_waits_no_more(table: Table) -> None:
    proposed(table, "opp", "within fourteen days")
    assert "1 comment on your text" in bare(table.page("un", ""))
    assert "texts/tx1/pen" in table.page("un", "")
    page = Pen(table).pressed("take:co1")
    assert "within fourteen days of the last signature" in latest(table)
    assert "taken up" in bare(page)
    assert "comment on your text" not in bare(table.page("un", ""))
    assert table.world.room.view("gov").known.versions.keys() == {"v1"}


def test_two_proposals_for_the_same_place_say_so_and_become_variants(table: Table) -> None:
    proposed(table, "opp", "within fourteen days")
    proposed(table, "gov", "within seven days")
    page = bare(table.page("un", "texts/tx1/pen/cl1"))
    assert page.count("both change the same place") == 2
    Pen(table).pressed("beside:co1")
    Pen(table).pressed("beside:co2")
    assert "[[A: ten | B: fourteen | C: seven]]" in latest(table)
    assert not [c for c in table.world.room.view("un").known.comments.values() if c.waits]


def test_a_comment_left_out_can_be_looked_at_again(table: Table) -> None:
    proposed(table, "opp", "within fourteen days")
    Pen(table).pressed("leave:co1")
    assert "left out" in bare(table.page("un", "texts/tx1/pen/cl1"))
    Pen(table).pressed("again:co1")
    assert "take:co1" in table.page("un", "texts/tx1/pen/cl1")


def test_a_proposal_on_an_older_version_is_carried_over_or_said_to_collide(table: Table) -> None:
    proposed(table, "opp", "within fourteen days")
    proposed(table, "gov", "of the first signature")
    Pen(table).pressed("save", **{"body.en": "Aid comes within twelve days of the last signature."})
    page = bare(table.page("un", "texts/tx1/pen/cl1"))
    assert "Collides with what was written since" in page
    assert "Made on an older wording; it still fits." in page
    answer = Pen(table).press("take:co1")
    assert answer.status == 422
    assert "collide with what was written since" in answer.text
    Pen(table).pressed("take:co2")
    assert "within twelve days of the first signature" in latest(table)


def test_comments_on_a_clause_that_is_gone_are_listed_apart(table: Table) -> None:
    proposed(table, "opp", "Four watch", clause="cl2")
    assert Pen(table, "cl2").press("remove").status == 303
    page = bare(table.page("un", "texts/tx1/pen"))
    assert "On clauses that are gone" in page
    assert "Four watch" in page


def test_brackets_and_variants_are_made_with_buttons_in_both_languages(table: Table) -> None:
    Pen(table).pressed("bracket:en", **{"from.en": "3", "to.en": "3", "other.en": "fourteen"})
    assert "[[A: ten | B: fourteen]]" in latest(table)
    assert "The languages are built differently in clause" in bare(table.page("un", "texts/tx1/pen/cl1"))
    Pen(table).pressed("bracket:ar", **{"from.ar": "3", "to.ar": "3", "other.ar": "أربعة عشر"})
    assert "All authentic languages are built alike" in bare(table.page("un", "texts/tx1/pen/cl1"))
    bracket = list(table.world.room.view("un").known.versions.values())[-1].brackets[0]
    Pen(table).pressed(f"variant:{bracket}", **{f"more.{bracket}.en": "seven", f"more.{bracket}.ar": "سبعة"})
    assert "[[A: ten | B: fourteen | C: seven]]" in latest(table)
    version = list(table.world.room.view("un").known.versions.values())[-1]
    assert version.sealed
    Pen(table).pressed(f"drop:{bracket}:{version.variants[0]}")
    assert "[[A: fourteen | B: seven]]" in latest(table)
    version = list(table.world.room.view("un").known.versions.values())[-1]
    Pen(table).pressed(f"keep:{bracket}:{version.variants[1]}")
    assert "within seven days" in latest(table)


def test_clauses_are_added_and_moved_with_buttons(table: Table) -> None:
    Pen(table, "cl2").pressed("up")
    assert latest(table).index("Three watch") < latest(table).index("Aid comes")
    Pen(table).pressed("add", **{"new-words.en": "It ends.", "new-words.ar": "ينتهي."})
    assert "## 3.\n\nIt ends." in latest(table)
    assert Pen(table).press("add").status == 422


def test_what_two_people_of_a_seat_write_in_other_clauses_both_stands(table: Table) -> None:
    one, other = Pen(table, "cl1"), Pen(table, "cl2", "ar")
    one.pressed("save", **{"body.en": "Aid comes soon."})
    other.pressed("save", **{"body.en": "Five watch."})
    assert "Aid comes soon." in latest(table)
    assert "Five watch." in latest(table)


def test_what_two_people_of_a_seat_write_in_one_clause_is_shown_side_by_side(table: Table) -> None:
    one, other = Pen(table), Pen(table)
    one.pressed("save", **{"body.en": "Aid comes soon."})
    answer = other.press("save", **{"body.en": "Aid comes late."})
    assert answer.status == 409
    assert "A colleague changed this clause meanwhile" in answer.text
    assert ">\nAid comes late.</textarea>" in answer.text
    assert "Aid comes soon." in answer.text.split('data-part="preview"')[1]
    again = fields_of(answer.text)
    assert again["after"] == "v2"
    other.fields = again
    other.pressed("save")
    assert "Aid comes late." in latest(table)


def test_words_typed_stay_when_a_button_is_refused(table: Table) -> None:
    answer = Pen(table).press("save", **{"body.en": "Aid comes [[A: one"})
    assert answer.status == 422
    assert ">\nAid comes [[A: one</textarea>" in answer.text


def test_a_clause_draws_on_papers_chosen_from_a_list(table: Table) -> None:
    table.do("un", "FileItem", "papers", words="The list of places", **{"words.lang": "en"})
    assert "The list of places" in table.page("un", "texts/tx1/pen/cl1").split('id="s-pen-sources"')[1]
    Pen(table).pressed("save", sources=("m1",))
    version = list(table.world.room.view("un").known.versions.values())[-1]
    assert (version.derived_from, version.derived_at) == (("m1",), (0,))


def test_who_is_asked_to_accept_papers_on_screen_finds_it_at_home(tmp_path: Path) -> None:
    for made in opened_table(tmp_path, ready=()):
        made.do("un", "TableText", "texts", papers=ENGLISH, about=("gov", "rus"), **{"papers.lang": "en"})
        page = made.page("un", "texts/tx1/pen")
        assert 'name="to" value="gov,rus"' in page
        before = made.page("opp", "")
        made.do("un", "AskService", "texts/tx1/pen", to="gov,rus")
        for seat in ("gov", "rus"):
            assert "Asked by" in bare(made.page(seat, ""))
            made.do(seat, "AcceptService")
            assert "Asked by" not in bare(made.page(seat, ""))
        assert made.page("opp", "") == before
        assert 'name="to" value="gov,rus"' not in made.page("un", "texts/tx1/pen")


def test_nobody_but_the_pen_has_its_desk(table: Table) -> None:
    for seat in ("gov", "opp", "rus", "sec"):
        assert table.status(seat, "texts/tx1/pen") == 404
        browser = table.browser(seat)
        assert browser.post(f"{browser.base}/texts/tx1/pen", {"_key": "k" * 16, "clause": "cl1"}).status == 404


def test_words_typed_and_a_comment_taken_up_with_the_same_click_are_both_kept(table: Table) -> None:
    proposed(table, "opp", "within fourteen days")
    Pen(table).pressed("take:co1", **{"body.en": "Aid soon comes within ten days of the last signature."})
    assert "Aid soon comes within fourteen days of the last signature." in latest(table)
    proposed(table, "gov", "within seven days")
    answer = Pen(table).press("take:co2", **{"body.en": "Aid soon comes within twelve days of the last signature."})
    assert answer.status == 422
    assert "within twelve days" in answer.text, "what was typed is still in its field"


def test_a_language_that_lags_behind_takes_its_variants_in_turn(table: Table) -> None:
    proposed(table, "opp", "within fourteen days")
    proposed(table, "gov", "within seven days")
    Pen(table).pressed("beside:co1")
    Pen(table).pressed("beside:co2")
    bracket = list(table.world.room.view("un").known.versions.values())[-1].brackets[0]
    Pen(table).pressed("bracket:ar", **{"from.ar": "3", "to.ar": "3", "other.ar": "أربعة عشر", "same.ar": bracket})
    page = Pen(table).pressed(f"variant:{bracket}", **{f"more.{bracket}.ar": "سبعة"})
    assert "All authentic languages are built alike" in bare(page)
    assert re.findall(r'<th scope="row"><bdi dir="ltr">(\w)</bdi></th>', page) == ["A", "B", "C"]


def test_the_second_bracket_of_a_clause_can_be_made_first_in_another_language(table: Table) -> None:
    Pen(table).pressed("bracket:en", **{"from.en": "3", "to.en": "3", "other.en": "fourteen"})
    Pen(table).pressed("bracket:en", **{"from.en": "0", "to.en": "0", "other.en": "Help"})
    first, second = list(table.world.room.view("un").known.versions.values())[-1].brackets[:2]
    Pen(table).pressed("bracket:ar", **{"from.ar": "3", "to.ar": "3", "other.ar": "أربعة عشر", "same.ar": second})
    page = table.page("un", "texts/tx1/pen/cl1")
    assert "built differently" in bare(page)
    assert f'<option value="{first}">the same as bracket 1' in page
    page = Pen(table).pressed("bracket:ar", **{"from.ar": "1", "to.ar": "1", "other.ar": "العون", "same.ar": first})
    assert "All authentic languages are built alike" in bare(page)
