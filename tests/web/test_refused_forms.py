"""A form that is refused comes back open, with the focus on the field that is wrong, on every page of every seat."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from exercise_desk import ExerciseDesk, words_of
from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.web.http.refused_form import brought_to

_VOID = frozenset({"input", "br", "meta", "link", "use", "path", "hr", "img", "circle", "line", "rect"})


class Folds(HTMLParser):
    """By form, its fields in order, each with whether every fold around it is open, and whether it has the focus."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, list[tuple[str, bool, bool]]] = {}
        self._open: list[bool] = []
        self._form = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "details":
            self._open.append("open" in given)
        elif tag == "form":
            self._form = (given.get("id") or "").removeprefix("f-")
        elif tag in ("input", "textarea", "select") and given.get("type") != "hidden" and given.get("name"):
            one = (str(given["name"]), all(self._open), "autofocus" in given)
            self.fields.setdefault(self._form, []).append(one)

    def handle_endtag(self, tag: str) -> None:
        if tag == "details":
            self._open.pop()
        elif tag == "form":
            self._form = ""


def desk_of(where: Path) -> ExerciseDesk:
    desk = ExerciseDesk(where / "record.db", read_talks("astana-2017"))
    others = [seat for seat in desk.server.room.seats() if seat not in ("control", "russia")]
    desk.do("control", "StartExercise", persons=["russia"], automated=others)
    return desk


def with_a_text(desk: ExerciseDesk) -> str:
    """Return the page of a version that Russia holds the pen of, released to others."""
    words: dict[str, Any] = {"papers": "# A statement\n\n## On access\n\nEverywhere.", "papers.lang": "en"}
    desk.do("russia", "TableText", kind="joint-statement", **words)
    [text] = desk.server.room.view("russia").known.texts.values()
    return f"texts/{text.handle}/{text.versions[-1]}"


def test_every_form_of_every_page_comes_back_with_its_folds_open_and_the_focus_on_the_field(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    paths = {"papers/new", "brief", with_a_text(desk)}
    paper: dict[str, Any] = {"words": "On access: Everywhere. We ask.", "words.lang": "en"}
    desk.do("russia", "FileItem", **paper)
    n_forms = 0
    for seat in ("russia", "un-envoy", "opposition"):
        home = desk.page(seat)
        base = re.search(r'data-base="(.*?)"', home)
        assert base is not None
        for path in sorted({*re.findall(rf'href="{base[1]}/([\w/-]*)"', home), *(paths if seat == "russia" else ())}):
            answer = desk.ask(seat, "GET", path)
            if answer.status_code != 200 or "text/html" not in answer.headers["content-type"]:
                continue
            for form, fields in Folds(answer.text).fields.items():
                if not form:
                    continue
                n_forms += 1
                for name, _, _ in fields:
                    found = Folds(brought_to(answer.text, form, (name,))).fields[form]
                    assert all(is_open for _, is_open, _ in found), f"{path}: a fold of {form} is closed"
                    assert [one for one, _, has_focus in found if has_focus] == [name], f"{path}: {form}, {name}"
    assert n_forms > 20


def test_a_stance_that_is_refused_opens_its_folds_and_goes_to_the_field(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    page = with_a_text(desk)
    version = page.rpartition("/")[2]
    fields: dict[str, Any] = {"_back": page, "_form": "stance", "version": version, "kind": "refused"}
    nobody = desk.do("russia", "TakeStance", status=422, **fields, _needs="to")
    assert "to whom" in words_of(nobody.text)
    found = Folds(nobody.text).fields["stance"]
    assert all(is_open for _, is_open, _ in found)
    assert [name for name, _, has_focus in found if has_focus] == ["to"]


def test_a_fold_with_nothing_to_fill_in_stays_closed() -> None:
    page = '<details><form id="f-a"><details><p>why</p></details><input name="to"></form></details><details></details>'
    made = brought_to(page, "a", ("to",))
    assert made.startswith('<details open><form id="f-a"><details><p>')
    assert made.endswith("<details></details>")
    assert brought_to(page, "b", ("to",)) == page
