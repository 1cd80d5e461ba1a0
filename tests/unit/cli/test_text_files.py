"""Texts as files from the terminal: out, in again, as a pack, proved offline."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from docx_files import deleted, docx, ended, inserted, paragraph, run as run_of
from goodoffices.cli.main import main
from goodoffices.cli.terminal.record_access import opened
from goodoffices.cli.text.files import FORMATS
from goodoffices.reports.texts.downloads import FORMS
from talks_once import shared_by_commands

pytestmark = pytest.mark.slow

PAPER = (
    "# Cease-fire\n\n## 1. Start\n\nIt begins on [[A: 30 December | B: 1 January]].\n\n## 2. Watch\n\nThree states.\n"
)


def run(*words: str) -> tuple[int, str]:
    with shared_by_commands():
        result = CliRunner().invoke(main, list(words))
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def new_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("new") / "talks.record"
    assert run("record", "new", str(where), "--talks", "astana-2017", "--exercise")[0] == 0
    paper = where.with_name("paper.md")
    paper.write_text(PAPER, encoding="utf-8")
    code, said = run("text", "table", str(where), "--seat", "russia", "--paper", f"en={paper}")
    assert code == 0, said
    return where


@pytest.fixture
def record(new_record: Path, tmp_path: Path) -> str:
    """A copy of a new record with a text in it, and of its key, for one test."""
    shutil.copytree(new_record.parent, tmp_path, dirs_exist_ok=True)
    return str(tmp_path / new_record.name)


def test_a_text_goes_out_and_comes_in_again_with_its_names(record: str, tmp_path: Path) -> None:
    path = tmp_path / "text.docx"
    assert run("text", "out", record, "v1", "--seat", "russia", "--to", str(path))[0] == 0
    code, said = run("text", "in", str(path))
    assert code == 0
    assert "## 1. Start {cl1}" in said
    assert "30 December" in said


def test_a_copy_proves_its_check_code_and_a_changed_one_does_not(record: str, tmp_path: Path) -> None:
    path = tmp_path / "text.json"
    assert run("text", "out", record, "v1", "--seat", "russia", "--format", "json", "--to", str(path))[0] == 0
    assert run("text", "proof", str(path))[0] == 0
    path.write_bytes(path.read_bytes().replace(b"Three states", b"Four states"))
    code, said = run("text", "proof", str(path))
    assert code == 2
    assert "was changed" in said


def test_a_pack_is_drawn_for_a_seat(record: str, tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    assert run("text", "pack", record, "--seat", "russia", "--to", str(path))[0] == 0
    assert path.read_bytes().startswith(b"%PDF")


def test_a_seat_takes_out_nothing_that_it_does_not_hold(record: str, tmp_path: Path) -> None:
    path = tmp_path / "text.docx"
    code, said = run("text", "out", record, "v1", "--seat", "opposition", "--to", str(path))
    assert code == 2
    assert "unknown version 'v1'" in said
    assert not path.exists()


def test_packs_of_several_seats_are_one_file_each(record: str, tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    assert run("text", "pack", record, "--seats", "russia,turkey", "--to", str(folder))[0] == 0
    assert sorted(path.name for path in folder.iterdir()) == ["russia.pdf", "turkey.pdf"]
    assert len({path.read_bytes() for path in folder.iterdir()}) == 2


@pytest.mark.parametrize(
    ("form", "more", "shown"),
    [
        ("page", (), "Cease-fire"),
        ("page-room", ("--clause", "2"), "Three states."),
        ("page-own", (), "It begins on"),
        ("docx-legend", (), ""),
        ("working", (), "{cl1}"),
    ],
)
def test_every_form_is_written_from_what_the_seat_holds(
    record: str, tmp_path: Path, form: str, more: tuple[str, ...], shown: str
) -> None:
    path = tmp_path / "taken"
    code, said = run("text", "out", record, "v1", "--seat", "russia", "--format", form, *more, "--to", str(path))
    assert code == 0, said
    assert shown.encode() in path.read_bytes()


@pytest.mark.parametrize(
    ("form", "more", "why"),
    [
        ("page-clean", (), "have brackets"),
        ("page-beside", (), "languages named: "),
        ("page-since", (), "no version before v1"),
        ("page-room", ("--clause", "9"), "unknown clause '9'; known: "),
        ("page", ("--language", "ar"), "not held in 'ar'"),
    ],
)
def test_a_form_that_cannot_be_made_says_why_and_writes_nothing(
    record: str, tmp_path: Path, form: str, more: tuple[str, ...], why: str
) -> None:
    path = tmp_path / "taken"
    code, said = run("text", "out", record, "v1", "--seat", "russia", "--format", form, *more, "--to", str(path))
    assert code == 2
    assert why in said
    assert not path.exists()


def test_the_forms_of_the_terminal_are_all_there_are() -> None:
    assert set(FORMATS) == set(FORMS)


def sent(tmp_path: Path, record: str) -> Path:
    """Release the text to the government, and write the file that it sends back, with one tracked change."""
    assert run("act", record, "--seat", "government", "AcceptService")[0] == 0
    assert run("text", "release", record, "v1", "--seat", "russia", "--to", "government", "--partial")[0] == 0
    path = tmp_path / "ours.docx"
    path.write_bytes(
        docx(
            paragraph(run_of("Cease-fire"), style="GoTitle"),
            paragraph(run_of("1. Start"), frame='<w:outlineLvl w:val="0"/>'),
            paragraph(run_of("It begins on [A: 30 December | B: 1 January].")),
            paragraph(run_of("2. Watch"), frame='<w:outlineLvl w:val="0"/>'),
            paragraph(deleted("Three", "Clerk"), inserted("Four", "Clerk"), run_of(" states.")),
        )
    )
    return path


def comments(record: str) -> list[tuple[str, str | None, str | None]]:
    """Return what the pen was told of comments: by whom, on which clause, in which words."""
    with opened(record) as room:
        view = room.view("russia")
    return [(c.by, c.clause, None if c.words is None else view.text(c.words)) for c in view.known.comments.values()]


def test_changes_of_a_file_are_numbered_and_only_those_taken_are_filed(record: str, tmp_path: Path) -> None:
    path = sent(tmp_path, record)
    asked = ("text", "propose", record, "v1", str(path), "--seat", "government")
    code, said = run(*asked)
    assert code == 0, said
    assert "1. Clause 2 changed, by Clerk\n   - Three states.\n   + Four states.\n" in said
    assert "Nothing was filed" in said
    assert comments(record) == []
    assert run(*asked, "--take", "2")[0] == 2
    code, said = run(*asked, "--take", "1")
    assert (code, said.startswith("Recorded as notice ")) == (0, True)
    assert comments(record) == [("government", "cl2", "Four states.")]
    code, said = run(*asked, "--take", "1,1")
    assert code == 0 and "Change 1 is on the record already, as co1. It was not filed again." in said
    assert len(comments(record)) == 1
    code, said = run(*asked, "--take", "1,1", "--show", "russia")
    assert (code, said.startswith("Recorded as notice ")) == (0, True)
    assert len(comments(record)) == 2


def test_if_a_change_cannot_be_filed_none_is(record: str, tmp_path: Path) -> None:
    path = sent(tmp_path, record)
    code, said = run("text", "propose", record, "v1", str(path), "--seat", "government", "--take", "1", "--table")
    assert code == 2
    assert "Nothing was filed" in said


@pytest.mark.parametrize(
    ("form", "name", "right"),
    [
        ("docx", "v.json", ".docx"),
        ("json", "v.docx", ".json"),
        ("page", "v.pdf", ".html"),
        ("odt", "v.docx", ".odt"),
    ],
)
def test_a_name_that_ends_in_another_kind_of_file_is_refused(
    record: str, tmp_path: Path, form: str, name: str, right: str
) -> None:
    path = tmp_path / name
    code, said = run("text", "out", record, "v1", "--seat", "russia", "--format", form, "--to", str(path))
    assert code == 2
    assert f"name one that ends in {right}" in said
    assert not path.exists()


def test_a_pack_is_written_only_under_the_name_of_a_pdf(record: str, tmp_path: Path) -> None:
    code, said = run("text", "pack", record, "--seat", "russia", "--to", str(tmp_path / "pack.docx"))
    assert code == 2
    assert "ends in .pdf" in said


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_the_files_of_an_exercise_carry_its_mark_on_every_page(record: str, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"text.{ending}"
    assert run("text", "out", record, "v1", "--seat", "russia", "--format", ending, "--to", str(path))[0] == 0
    with zipfile.ZipFile(path) as packed:
        assert b"EXERCISE" in packed.read("word/header1.xml" if ending == "docx" else "styles.xml")
        assert b"EXERCISE" in packed.read("word/document.xml" if ending == "docx" else "content.xml")


def test_the_letters_that_the_pen_gave_stay(tmp_path: Path, record: str) -> None:
    paper = tmp_path / "letters.md"
    for k, bracket in enumerate(("[[A: by day | B: by night]]", "[[B: by night | A: by day]]"), 2):
        paper.write_text(f"# Wells\n\n## 1.\n\nTroops move {bracket}.\n", encoding="utf-8")
        assert run("text", "table", record, "--seat", "russia", "--paper", f"en={paper}")[0] == 0
        shown = run("text", "show", record, f"v{k}", "--seat", "russia")[1]
        assert "[A: by day | B: by night]" in " ".join(shown.split())


def proposed(tmp_path: Path, record: str, data: bytes) -> str:
    """Return what `text propose` says of a file against a text of three clauses."""
    paper = tmp_path / "wells.md"
    words = "It shall not enter into force before 1 May."
    paper.write_text(f"# Agreement on wells\n\n## 1.\n\n{words}\n\n## 2.\n\nArea A.\n\n## 3.\n\nArea B.\n")
    assert run("text", "table", record, "--seat", "russia", "--paper", f"en={paper}")[0] == 0
    path = tmp_path / "theirs.docx"
    path.write_bytes(data)
    code, said = run("text", "propose", record, "v2", str(path), "--seat", "russia", "--language", "en")
    assert code == 0, said
    return said


WELLS = [run_of("Agreement on wells")]
FIRST, SECOND, THIRD = "1. It shall not enter into force before 1 May", "2. Area A.", "3. Area B."


def file_of(*first: str, **parts: str) -> bytes:
    second, third = (paragraph(run_of(text)) for text in (SECOND, THIRD))
    return docx(paragraph(*WELLS), paragraph(run_of(FIRST), *first, run_of(".")), second, third, **parts)


NOTHING = "The file has the same text as this version, no tracked changes and no remarks."
BOX = "<w:r><w:pict><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:pict></w:r>"
FOOTNOTE = '<w:footnotes><w:footnote w:id="2"><w:p>{}</w:p></w:footnote></w:footnotes>'


def test_no_tracked_change_is_said_only_of_a_file_without_any(record: str, tmp_path: Path) -> None:
    assert NOTHING in proposed(tmp_path, record, file_of())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            file_of(f'<w:dir w:val="rtl">{inserted(" unless both sign", "N")}</w:dir>'),
            "+ It shall not enter into force before 1 May unless both sign.",
        ),
        (file_of(BOX.format(inserted("We reserve.", "N"))), "Not placed: an insertion in a text box by N in clause 1"),
        (
            file_of('<w:r><w:footnoteReference w:id="2"/></w:r>', footnotes=FOOTNOTE.format(inserted("Ours.", "N"))),
            "Not placed: an insertion in a footnote by N in clause 1: “Ours.”.",
        ),
        (file_of(run_of(" ", '<w:i/><w:rPrChange w:id="1" w:author="N"><w:rPr/></w:rPrChange>')), "by N in clause 1"),
    ],
    ids=["dir", "box", "footnote", "formatting"],
)
def test_a_tracked_mark_anywhere_is_told(record: str, tmp_path: Path, data: bytes, expected: str) -> None:
    said = proposed(tmp_path, record, data)
    assert expected in said
    assert "no tracked change" not in said


def test_an_added_clause_says_after_which_it_stands(record: str, tmp_path: Path) -> None:
    new = paragraph(inserted("2. New clause.", "N"), frame='<w:rPr><w:ins w:id="1" w:author="N"/></w:rPr>')
    data = docx(
        paragraph(*WELLS), paragraph(run_of(f"{FIRST}.")), new, *(paragraph(run_of(t)) for t in (SECOND, THIRD))
    )
    said = proposed(tmp_path, record, data)
    assert "1. Clause 2 added after clause 1, by N\n   + New clause.\n" in said
    assert "changed" not in said


def test_text_in_names_authors_only_if_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(file_of(BOX.format(inserted("We reserve.", "Haddad"))))
    assert "Haddad" not in run("text", "in", str(path), "--language", "en")[1]
    assert "by Haddad in clause 1: “We reserve.”" in run("text", "in", str(path), "--language", "en", "--authors")[1]


def test_a_file_that_is_read_shows_headings_that_change_or_are_added(tmp_path: Path) -> None:
    outline = '<w:outlineLvl w:val="0"/>'
    path = tmp_path / "theirs.docx"
    path.write_bytes(
        docx(
            paragraph(run_of("Cease-fire")),
            paragraph(run_of("1. "), deleted("Soldiers", "N"), inserted("Observers", "N"), frame=outline),
            paragraph(run_of("They are counted.")),
            paragraph(inserted("2. Night", "N"), frame=outline + ended("ins", "N")),
            paragraph(inserted("The bridge is closed.", "N"), frame=ended("ins", "N")),
        )
    )
    code, said = run("text", "in", str(path), "--language", "en")
    assert code == 0, said
    assert "changed:\nHeading: Observers (before: Soldiers)\nThe words below the heading stay.\nThey are" in said
    assert "added:\nHeading: Night\nThe bridge is closed." in said
    rows = json.loads(run("text", "in", str(path), "--language", "en", "--json")[1])["proposals"]
    assert [(row["heading before"], row["heading"]) for row in rows] == [("Soldiers", "Observers"), ("", "Night")]
