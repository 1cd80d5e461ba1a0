"""Why a file cannot be read is said in the language of the page, for every kind of file that a page takes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

import pytest

from docx_files import docx, paragraph, run
from goodoffices.reports.messages.catalogues import LANGUAGES
from one_language import latin_words, own_words
from properties.worlds.http import Answer
from web.test_texts import Table, opened_table, released

HEAD = "id,date,area,kind,place,killed,lat,lon\n"
ROWS = {
    "no-day": "1,,Hama,shelling,Pier,1,,",
    "no-certain-day": "2,05/11/1395,Hama,shelling,Pier,1,,",
    "no-hour": "3,2017-01-20T25:10,Hama,shelling,Pier,1,,",
    "future": "4,2099-01-20,Hama,shelling,Pier,1,,",
    "no-kind": "5,2017-01-20,Hama,,Pier,1,,",
    "other-kind": "6,2017-01-20,Hama,dancing,Pier,1,,",
    "no-area": "7,2017-01-20,Hamaaah,shelling,Pier,1,,",
    "no-place": "8,2017-01-20,,shelling,,1,,",
    "no-number": "9,2017-01-20,Hama,shelling,Pier,2017-01-05,,",
    "no-point": "10,2017-01-20,Hama,shelling,Pier,1,95,190",
    "off-africa": "11,2017-01-20,Hama,shelling,Pier,1,0,0",
    "twice": "9,2017-01-20,Hama,shelling,Pier,1,,",
}


def zipped(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name.replace("__", "/"), text)
    return made.getvalue()


def marked(words: str) -> bytes:
    return docx(
        paragraph(run("Watching"), style="GoTitle"),
        paragraph(run("1. Start"), frame='<w:outlineLvl w:val="0"/>'),
        paragraph(run(words)),
    )


ODT = {"mimetype": "application/vnd.oasis.opendocument.text"}
CHANGES: Mapping[str, tuple[str, bytes]] = {
    "nothing": ("a.docx", b""),
    "pdf": ("a.pdf", b"%PDF-1.7"),
    "rtf": ("a.rtf", b"{\\rtf1"),
    "words": ("a.docx", b"Just words."),
    "old": ("a.doc", b"\xd0\xcf\x11\xe0"),
    "cut": ("a.docx", marked("It begins.")[:300]),
    "no-main-part": ("a.docx", zipped(x="y")),
    "twice-in-it": ("a.docx", zipped(word__vbaProject="x") + b""),
    "macros": ("a.docx", zipped(**{"word__vbaProject.bin": "x"})),
    "outside": ("a.docx", zipped(**{"..__x.xml": "x"})),
    "not-xml": ("a.docx", zipped(**{"_rels__.rels": "<a>", "word__document.xml": "<a>"})),
    "entities": ("a.docx", zipped(**{"_rels__.rels": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'})),
    "open-bracket": ("a.docx", marked("It begins on [A: 30 December.")),
    "deep": ("a.docx", marked("[" * 12 + "x" + "]" * 12)),
    "no-content": ("a.odt", zipped(**ODT)),
    "no-text": ("a.odt", zipped(**ODT, **{"content.xml": "<a/>"})),
}
MESSAGES: Mapping[str, tuple[str, bytes]] = {
    "empty": ("a.eml", b"x"),
    "no-words": ("a.eml", b"From: a@b.example\nSubject: S\n\n"),
    "chat-without-lines": ("a.txt", b"Hello there"),
    "chat-cut": ("a.json", b'{"messages": ['),
    "chat-without-list": ("a.json", b'{"name": "x"}'),
    "chat-not-utf8": ("a.txt", b"\xff\xfe\x00"),
}
TABLES: Mapping[str, tuple[str, bytes]] = {
    **{name: ("a.csv", f"{HEAD}9,2017-01-20,Hama,shelling,Pier,1,,\n{row}\n".encode()) for name, row in ROWS.items()},
    "empty": ("a.csv", b""),
    "utf16": ("a.csv", "id,date".encode("utf-16")),
    "no-column": ("a.csv", b"id,area\n1,Hama\n"),
    "no-name": ("a.csv", b"id,,date,kind\n1,2,2017-01-20,shelling\n"),
    "column-twice": ("a.csv", b"id,date,date,kind\n1,2017-01-20,2017-01-20,shelling\n"),
    "more-cells": ("a.csv", b"id,date,kind\n1,2017-01-20,shelling,x\n"),
    "quotes": ("a.csv", b'id,date,kind\n1,"2017-01-20,shelling\n'),
    "control": ("a.csv", b"id,date,kind\n1,2017-01-20\x01,shelling\n"),
    "damaged": ("a.xlsx", b"PK\x03\x04 not a workbook"),
    "radio-code": ("a.txt", b"GO1 rus-ledger 17 2017-01-05T14:10+02 *0000\n"),
}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    yield from (released(made) for made in opened_table(tmp_path_factory.mktemp("desk")))


def sent(table: Table, seat: str, path: str, file: tuple[str, bytes], language: str) -> Answer:
    browser = table.browser(seat, language)
    fields = {"_key": f"key-{language}", "_form": "bring", "language": ""}
    return browser.send(f"{browser.base}/{path}", fields, file=("file", *file))


def refused(answer: Answer) -> str:
    """Return the refusal on a page, with its marks."""
    assert answer.status in (200, 422), answer.status
    found = re.search(r'<div class="refused" role="alert"[^>]*>(.*?)</div>', answer.text, re.S)
    assert found is not None
    return found[1]


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def check(table: Table, seat: str, path: str, file: tuple[str, bytes]) -> None:
    """Check that a refusal is told in every language, with no English sentence of ours left in any other."""
    english = plain(refused(sent(table, seat, path, file, "en")))
    assert len(english) > 10
    given = latin_words(file[1].decode("utf-8", "replace"))
    for language in (code for code in LANGUAGES if code != "en"):
        told = refused(sent(table, seat, path, file, language))
        assert 'lang="en"' not in told, (language, plain(told))
        assert plain(told) != english, language
        if language != "tr":
            # What is left in Latin letters is of the file itself, a value, or stands in our messages too.
            shown = re.sub(r"<bdi[^>]*>.*?</bdi>", " ", told, flags=re.S)
            left = latin_words(plain(shown)) - own_words(language) - given - {"docx", "csv"}
            assert not left, (language, left, plain(told))


@pytest.mark.parametrize("name", list(CHANGES))
def test_a_file_with_changes(table: Table, name: str) -> None:
    check(table, "opp", "changes/v1", CHANGES[name])


@pytest.mark.parametrize("name", list(MESSAGES))
def test_a_mail_or_chat(table: Table, name: str) -> None:
    check(table, "gov", "papers/bring", MESSAGES[name])


@pytest.mark.parametrize("name", list(TABLES))
def test_a_table_of_a_ledger(table: Table, name: str) -> None:
    [handle] = [one.handle for one in table.world.room.view("rus").known.ledgers.values() if one.ledger.keeper == "rus"]
    check(table, "rus", f"ledgers/{handle}/bring", TABLES[name])


@pytest.mark.parametrize("file", [("a.docx", b"x"), ("a.docx", zipped(x="y"))], ids=["words", "no-text"])
def test_a_template_of_the_week(table: Table, file: tuple[str, bytes]) -> None:
    check(table, "sec", "week/template", file)


def test_the_words_of_a_text(table: Table) -> None:
    for language in LANGUAGES:
        browser = table.browser("un", language)
        words = {"papers": "# T\n\n## 1.\n\nIt is [[open.", "papers.lang": "en"}
        asked = {"_key": f"words-{language}", "_form": "f", "_back": "texts", **words}
        told = refused(browser.post(f"{browser.base}/do/TableText", asked))
        assert ("a bracket is not closed" in plain(told)) is (language == "en"), (language, plain(told))
