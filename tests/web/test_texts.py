"""Texts and decisions over HTTP, in process: from a bracketed draft to an outcome, and what each seat's pages show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import replay
from goodoffices.talks.documents.document import check_code
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.model.talks_file import TalksFile
from properties.worlds.cast import START, the_talks
from properties.worlds.http import Answer, Browser, Clock, HttpWorld, SlowLoop, http_world, settle

DRAFT = "# Watching\n\n## 1. Start\n\nIt begins on [[A: 30 December | B: 1 January]].\n\n## 2. Watch\n\nThree watch.\n"
CLEAN = "# Watching\n\n## 1. Start {cl1}\n\nIt begins on 1 January.\n\n## 2. Watch {cl2}\n\nThree watch.\n"
ARABIC = "# المراقبة\n\n## 1. البدء\n\nيبدأ في [[A: ٣٠ ديسمبر | B: ١ يناير]].\n\n## 2. المراقبة\n\nيراقب ثلاثة.\n"


class Table:
    """The seats of one desk, each with a browser of its own."""

    def __init__(self, world: HttpWorld, loop: SlowLoop) -> None:
        self.world, self._loop = world, loop
        self._browsers: dict[tuple[str, str], Browser] = {}

    def browser(self, seat: str, language: str = "en") -> Browser:
        if (seat, language) not in self._browsers:
            signed_in = self.world.server.open_seat(seat, language)
            self._browsers[seat, language] = Browser(self.world, signed_in, self._loop)
        return self._browsers[seat, language]

    def page(self, seat: str, path: str, language: str = "en") -> str:
        answer = self.browser(seat, language).get(f"{self.browser(seat, language).base}/{path}")
        assert answer.status == 200, (seat, path, answer.status)
        return answer.text

    def settle(self) -> None:
        """Let the streams send what is ready."""
        self._loop.run_until_complete(settle())

    def status(self, seat: str, path: str) -> int:
        return self.browser(seat).get(f"{self.browser(seat).base}/{path}").status

    def give(self, seat: str, command: str, back: str = "texts", **fields: str | tuple[str, ...]) -> Answer:
        browser = self.browser(seat)
        n = len(self.world.room.view(seat).notices)
        given: dict[str, str | tuple[str, ...]] = {
            "_key": f"key-{seat}-{n}-{command}",
            "_back": back,
            "_form": "f",
            "_seen": str(n),
            **fields,
        }
        return browser.post(f"{browser.base}/do/{command}", given)

    def do(self, seat: str, command: str, back: str = "texts", **fields: str | tuple[str, ...]) -> str:
        answer = self.give(seat, command, back, **fields)
        assert answer.status == 303, re.findall(r'role="alert".*?</div>', answer.text, re.S) or answer.text[:300]
        return dict(answer.headers)[b"location"].decode()


def opened_table(
    tmp_path: Path, talks: TalksFile | None = None, ready: tuple[str, ...] = ("gov", "opp")
) -> Iterator[Table]:
    """Give a desk at which two parties have accepted service, and close it afterwards."""
    loop = SlowLoop()
    acts = opening(talks or the_talks(), kind=Kind.EXERCISE, at=START)
    world = http_world(tmp_path, Clock(), acts, replay(acts))
    made = Table(world, loop)
    for seat in ready:
        made.do(seat, "AcceptService")
    yield made
    loop.run_until_complete(settle())
    loop.close()
    world.room.close()
    world.server.close()


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    yield from opened_table(tmp_path)


def tabled(table: Table) -> Table:
    fields = {"papers": (DRAFT, ARABIC), "papers.lang": ("en", "ar"), "about": ("gov", "opp")}
    where = table.do("un", "TableText", "texts", **fields)
    assert "/texts/tx1/v1?" in where
    return table


def released(table: Table) -> Table:
    tabled(table).do("un", "ReleaseVersion", version="v1", to="gov,opp")
    return table


def test_a_text_is_on_nobodys_page_until_it_is_released(table: Table) -> None:
    tabled(table)
    assert "Watching" in table.page("un", "texts")
    for seat in ("gov", "opp", "rus", "sec"):
        assert "Watching" not in table.page(seat, "texts")
        assert table.status(seat, "texts/tx1") == 404


def test_both_languages_of_a_form_are_kept_each_as_its_own(table: Table) -> None:
    page = released(table).page("gov", "texts/tx1?as=side&in=en&in=ar")
    assert 'lang="ar" dir="rtl"' in page
    assert "It begins on" in page
    assert "يبدأ في" in page


def test_brackets_have_their_letters_and_hinder_a_clean_copy(table: Table) -> None:
    released(table)
    page = table.page("gov", "texts/tx1?as=clean")
    assert "these clauses: 1." in re.sub(r"</?bdi[^>]*>", "", page)
    assert '<bdi class="letter" dir="ltr">A</bdi>' in page
    assert "30 December" in page


def test_every_page_that_names_the_text_says_that_neither_has_signed_it(table: Table) -> None:
    released(table)
    for path in ("texts", "texts/tx1", "texts/tx1/v1", "clauses/v1/cl1", "compare/v1/v1", "standing/tx1"):
        page = re.sub(r"</?bdi[^>]*>", "", table.page("opp", path))
        assert "About The gov and The opp. Neither has signed it." in page, path
    assert "Neither has signed it" in table.page("un", "texts/tx1/write")


def test_a_comment_reaches_the_pen_and_nobody_else(table: Table) -> None:
    before = released(table).page("gov", "clauses/v1/cl1"), table.page("gov", "texts/tx1")
    table.do("opp", "Comment", version="v1", clause="cl1", sort="proposes-words", words="in February")
    assert "in February" in table.page("un", "texts/tx1")
    assert "in February" in table.page("un", "texts/tx1/write")
    assert (table.page("gov", "clauses/v1/cl1"), table.page("gov", "texts/tx1")) == before


def test_words_of_the_pen_are_kept_after_a_refusal(table: Table) -> None:
    answer = released(table).give(
        "un", "WriteVersion", "texts/tx1/write", text="tx1", papers="# Watching\n\n## 1 [[", _form="write"
    )
    assert answer.status == 422
    assert ">\n# Watching\n\n## 1 [[</textarea>" in answer.text


def test_a_check_code_stands_in_full_once_and_a_stance_is_refused_while_brackets_stand(table: Table) -> None:
    page = released(table).page("gov", "texts/tx1")
    code = re.findall(r'class="code" dir="ltr">([\d ]{29})<', page)[0]
    assert table.page("opp", "texts/tx1").count(code) == 1
    assert table.page("opp", "texts/tx1").count(f"{code[:9]} …") == 2
    assert "Sign</bdi>" not in page
    answer = table.give("gov", "TakeStance", "texts/tx1/v1", version="v1", kind="signed")
    assert answer.status == 422
    assert "Words in brackets are not agreed" in answer.text


def test_a_paper_is_compared_by_its_check_code_in_any_digits_or_by_what_its_square_says(table: Table) -> None:
    released(table)
    held = table.world.room.view("gov").known.versions["v1"]
    code = check_code(held.hash).replace(" ", "")
    arabic = "".join(chr(ord("٠") + int(digit)) for digit in code)
    for given in (code, arabic, f"GOV1/{held.hash}"):
        assert "Identical" in table.page("gov", f"texts/tx1/v1?code={quote(given)}"), given
    for given in (code[:-1] + "x", f"GOV1/{'0' * 64}", "1"):
        assert "No version of this text" in table.page("gov", f"texts/tx1/v1?code={quote(given)}"), given


def adopted(table: Table) -> Table:
    tabled(table).do("un", "ReleaseVersion", version="v1", to="gov,opp")
    arabic = "# المراقبة\n\n## 1. البدء {cl1}\n\nيبدأ في ١ يناير.\n\n## 2. المراقبة {cl2}\n\nيراقب ثلاثة.\n"
    table.do("un", "WriteVersion", "texts", text="tx1", papers=(CLEAN, arabic), **{"papers.lang": ("en", "ar")})
    table.do("un", "ReleaseVersion", version="v2", to="gov,opp,pap", equal="no")
    rule = {"rule.kind": "sufficient-consensus", "rule.total": "100"}
    weights = {"rule.weight.gov": "40", "rule.weight.opp": "30", "rule.weight.pap": "20"}
    blocs = {"rule.bloc.gov": "here", "rule.bloc.opp": "there", "rule.bloc.pap": "there"}
    where = table.do(
        "un", "PutQuestion", "texts", version="v2", eligible=("gov", "opp", "pap"), **rule, **weights, **blocs
    )
    assert "/decisions/y1?" in where
    return table


def test_a_question_is_put_answered_and_explained_in_numbers(table: Table) -> None:
    adopted(table)
    assert "Asked of me" in table.page("gov", "decisions")
    table.do("gov", "AnswerQuestion", "decisions/y1", question="y1", says="accepts", words="at last")
    hidden = table.page("opp", "decisions/y1")
    assert "at last" not in hidden
    assert "Answers, as far" not in hidden
    table.do("opp", "AnswerQuestion", "decisions/y1", question="y1", says="accepts")
    table.do("un", "DeclareOutcome", "decisions/y1", question="y1")
    page = table.page("gov", "decisions/y1")
    assert "<strong>adopted</strong>" in page
    assert re.search(r"weight accepting.*?>70<.*?>100<.*?70\.00 %.*?>51<", page, re.S)
    assert "It would fail without" in page
    assert "adopted" in table.page("gov", "texts/tx1")


def test_what_would_make_it_pass_is_said_when_it_fails(table: Table) -> None:
    adopted(table)
    table.do("gov", "AnswerQuestion", question="y1", says="accepts")
    for seat in ("opp",):
        table.do(seat, "AnswerQuestion", question="y1", says="objects")
    table.do("un", "DeclareOutcome", question="y1")
    page = table.page("gov", "decisions/y1")
    assert "<strong>not adopted</strong>" in page
    assert "short by" in page
    assert "The smallest additions with which it would pass" in page


def test_a_package_shows_cycles_and_both_readings_of_after(table: Table) -> None:
    steps = "withdrawal (gov, opp): heavy weapons go by 2017-02-08\ndialogue (gov): talks on elections"
    order = "dialogue after withdrawal"
    given = {"package.slug": "sequence", "package.title": "Sequence", "package.steps": steps, "package.order": order}
    table.do("un", "PutPackage", "packages/new", to="gov,opp", **given)
    page = table.page("gov", "packages/z1")
    assert "After its start, or after its completion? It is not stated." in page
    assert "Nothing is agreed until everything is agreed" in page
    table.do("un", "ClosePackage", "packages/z1", package="z1")
    assert "Closed: all in it is agreed." in table.page("opp", "packages/z1")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_texts_and_decisions_is_drawn_for_everyone(table: Table, language: str) -> None:
    adopted(table)
    paths = (
        "texts",
        "texts/tx1",
        "texts/tx1/v1",
        "texts/tx1/v2?as=since",
        "clauses/v2/cl1",
        "aloud/v2/cl1",
        "standing/tx1",
    )
    for seat in ("gov", "un"):
        for path in (*paths, "compare/v1/v2", "decisions", "decisions/y1"):
            assert "{" not in re.sub(r"<textarea.*?</textarea>", "", table.page(seat, path, language), flags=re.S), path
    for path in ("texts/new", "texts/tx1/write", "decisions/new", "packages/new", "packages/new?put=v2"):
        table.page("un", path, language)


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("PutPackage", {"package": '{"slug": "p", "title": "\\ud800", "steps": [{"slug": "s"}]}', "to": "gov"}),
        ("PutPackage", {"package": '{"slug": "p", "steps": [{"slug": "s", "due": "2017-02-30"}]}', "to": "gov"}),
        (
            "PutQuestion",
            {"rule": '{"rule": "qualified-majority", "thresholds": [{"share": "1/0"}]}', "eligible": "gov"},
        ),
    ],
)
def test_a_form_that_means_nothing_is_answered_with_a_sentence(
    table: Table, command: str, fields: dict[str, str]
) -> None:
    assert table.give("un", command, **fields).status == 422
