"""OpenDocument texts: out and in again, through a word processor, and hostile ones."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings, strategies as st

from docx_files import deleted, docx, ended, inserted, listed, numbering, paragraph, run, zipped
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.reader import DocxReading, read_docx
from goodoffices.formats.docx.writer import Look, Note, write_docx
from goodoffices.formats.odt.reader import read_odt, read_text_file
from goodoffices.formats.odt.writer import odt_from_docx
from goodoffices.talks.documents.document import Clause, Paper, words_hash
from goodoffices.talks.documents.markdown import read_paper
from unit.formats.docx.test_docx import LINE, PAPERS

pytestmark = pytest.mark.slow

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for name, long in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style"),
    )
)  # fmt: skip
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def odt(*blocks: str, regions: str = "", **more: str) -> bytes:
    changes = f"<text:tracked-changes>{regions}</text:tracked-changes>" if regions else ""
    body = f"<office:body><office:text>{changes}{''.join(blocks)}</office:text></office:body>"
    content = f"<office:document-content {NAMES} {DC}>{body}</office:document-content>"
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **more}
    return zipped(parts)


def p(words: str) -> str:
    return f"<text:p>{words}</text:p>"


def region(name: str, kind: str, author: str, content: str = "") -> str:
    info = f"<office:change-info><dc:creator>{author}</dc:creator></office:change-info>"
    return f'<text:changed-region text:id="{name}"><text:{kind}>{info}{content}</text:{kind}></text:changed-region>'


def inserted_here(name: str, words: str) -> str:
    return f'<text:change-start text:change-id="{name}"/>{words}<text:change-end text:change-id="{name}"/>'


def shown(read: DocxReading) -> list[tuple[str, str, str]]:
    return sorted((one.author, one.change.value, one.words) for one in read.proposals)


def test_insertions_and_deletions_come_in_as_proposals_of_their_authors() -> None:
    read = read_text_file(
        odt(
            p("Cease-fire"),
            p(f'1. It begins on <text:change text:change-id="d"/>{inserted_here("i", "1 January")}.'),
            regions=region("d", "deletion", "Amal", p("30 December")) + region("i", "insertion", "Amal"),
        ),
        name="a.odt",
        lang="en",
    )
    assert read.paper.clauses[0].pieces == ("It begins on 30 December.",)
    assert shown(read) == [("Amal", "changed", "It begins on 1 January.")]


def test_a_deleted_paragraph_stands_in_the_text_as_sent() -> None:
    read = read_odt(
        odt(
            p("T"),
            p("1. One."),
            p('<text:change text:change-id="d"/>3. Three.'),
            regions=region("d", "deletion", "N", p("2. Two.") + p("")),
        ),
        name="a.odt",
        lang="en",
    )
    assert [clause.number for clause in read.paper.clauses] == ["1", "2", "3"]
    assert shown(read) == [("N", "removed", "")]


def test_words_beside_the_text_are_named() -> None:
    body = f"<text:note-body>{p('Ours.')}</text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{body}</text:note>"
    box = f"<draw:frame><draw:text-box>{p('We reserve.')}</draw:text-box></draw:frame>"
    read = read_odt(odt(p("T"), p(f"1. On.{note}{box}")), name="a.odt", lang="en")
    said = read.said(names=True)
    assert "Left out: words in a footnote in clause 1: “Ours.”." in said
    assert "Left out: words in a text box in clause 1: “We reserve.”." in said


def test_a_file_without_its_styles_says_what_may_not_be_seen() -> None:
    read = read_odt(odt(p("T"), p("1. On.")), name="a", lang="en")
    assert any("the styles is missing" in note for note in read.notes)


def test_words_that_nothing_points_to_are_named_with_their_author() -> None:
    read = read_odt(odt(p("T"), p("1. On."), regions=region("d", "deletion", "N", p("lost"))), name="a", lang="en")
    assert [(one.lead, one.author, one.words) for one in read.unplaced] == [("Not placed", "N", "lost")]


@pytest.mark.parametrize("look", [Look.MARKED, Look.LEGEND])
@pytest.mark.parametrize("lang", PAPERS)
def test_our_own_file_gives_back_words_brackets_states_and_names(lang: str, look: Look) -> None:
    paper = read_paper(PAPERS[lang], lang)
    data = write_docx(paper, look=look, lines=[LINE], notes=[Note(clause="cl1", words="No.")], band="EXERCISE")
    made = odt_from_docx(data)
    read = read_text_file(made, name="a.odt")
    assert read.paper == paper
    assert [(remark.clause, remark.words) for remark in read.remarks] == [("cl1", "No.")]
    assert made == odt_from_docx(data)


@settings(max_examples=25)
@given(st.text(st.sampled_from("ab [] | : A~ \\#{}\nعر١"), max_size=20), st.sampled_from(["en", "ar"]))
def test_whatever_the_words_both_files_give_back_the_same(words: str, lang: str) -> None:
    drawn = Paper(lang=lang, title="T", clauses=(Clause(number="1", heading="H", pieces=(words,) if words else ()),))
    data = write_docx(drawn)
    one, other = read_docx(data, name="a"), read_odt(odt_from_docx(data), name="a")
    assert words_hash(one.paper) == words_hash(other.paper)


def test_a_file_names_nobody_no_date_and_no_program() -> None:
    made = odt_from_docx(write_docx(read_paper(PAPERS["en"], "en")))
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert packed.namelist() == ["mimetype", "content.xml", "styles.xml", "META-INF/manifest.xml"]
        every = b"".join(packed.read(name) for name in packed.namelist())
    for word in (b"generator", b"creation-date", b"dc:creator", b"odfdo"):
        assert word not in every


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("not-odt", zipped({"mimetype": "x", "a": ""})),
        ("not-odt", zipped({"mimetype": "x", "content.xml": "<a/>"})),
        ("macros", odt(p("T"), **{"Basic/script-lc.xml": "<a/>"})),
        ("old-or-locked", odt(p("T"), **{"META-INF/manifest.xml": "<m><encryption-data/></m>"})),
        ("entities", zipped({"mimetype": "x", "content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'})),
        ("too-deep", odt("<text:section>" * 400 + "</text:section>" * 400)),
        ("not-xml", zipped({"mimetype": "x", "content.xml": "<a>"})),
    ],
)
def test_hostile_and_broken_files_are_refused_by_kind(kind: str, data: bytes) -> None:
    with pytest.raises(ScenarioFileError) as caught:
        read_text_file(data, name="theirs.odt", lang="en")
    assert caught.value.kind == kind


def converted(folder: Path, ending: str, *files: Path) -> Path:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    into = folder / f"as-{ending}"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(into), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return into


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no word processor is installed here")
def test_a_word_processor_that_opens_and_saves_it_changes_nothing(tmp_path: Path) -> None:
    for lang, text in PAPERS.items():
        data = write_docx(read_paper(text, lang), lines=[LINE], notes=[Note(clause="cl1", words="No.")])
        (tmp_path / f"{lang}.odt").write_bytes(odt_from_docx(data))
    files = sorted(tmp_path.glob("*.odt"))
    for ending in ("odt", "docx"):
        saved = converted(tmp_path, ending, *files)
        for lang, text in PAPERS.items():
            read = read_text_file((saved / f"{lang}.{ending}").read_bytes(), name=lang)
            assert read.paper == read_paper(text, lang)
            assert [(remark.clause, remark.words) for remark in read.remarks] == [("cl1", "No.")]
    drawn = converted(tmp_path, "pdf", *files)
    for lang in PAPERS:
        page = pdfium.PdfDocument(drawn / f"{lang}.pdf")[0].get_textpage()
        placed = [(page.get_charbox(k), page.get_text_range(k, 1)) for k in range(page.count_chars())]
        lines: dict[int, str] = {}
        for (_, bottom, _, _), character in sorted(placed):
            if character.isdigit():
                lines[round(bottom)] = lines.get(round(bottom), "") + character
        assert "176726723793026085829944" in lines.values(), lang


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no word processor is installed here")
def test_tracked_changes_that_a_word_processor_saves_as_odt_are_the_same(tmp_path: Path) -> None:
    said = f'<w:comments><w:comment w:id="4" w:author="N">{paragraph(run("Why?"))}</w:comment></w:comments>'
    on = f'<w:commentRangeStart w:id="4"/>{run("states")}<w:commentRangeEnd w:id="4"/>'
    nested = f'<w:ins w:id="1" w:author="A">{run("at once")}{deleted(" by day", "B")}{run(" now")}</w:ins>'
    data = docx(
        paragraph(run("Cease-fire")),
        paragraph(run("It begins on "), deleted("May", "Amal"), inserted("June", "Amal"), run("."), frame=listed(1)),
        paragraph(inserted("New.", "Boris"), frame=listed(1) + ended("ins", "Boris")),
        paragraph(
            run("Three "), on, '<w:r><w:commentReference w:id="4"/></w:r>', run(" watch"),
            run(" secret", "<w:vanish/>"), frame=listed(1),
        ),
        paragraph(deleted("Gone.", "Boris"), frame=listed(1) + ended("del", "Boris")),
        paragraph(run("Last "), nested, run("."), frame=listed(1)),
        numbering=numbering(("Article %1",)),
        comments=said,
    )  # fmt: skip
    (tmp_path / "theirs.docx").write_bytes(data)
    saved = converted(tmp_path, "odt", tmp_path / "theirs.docx") / "theirs.odt"
    one, other = read_docx(data, name="a", lang="en"), read_text_file(saved.read_bytes(), name="a", lang="en")
    assert one.paper == other.paper
    assert shown(one) == shown(other)
    assert [(r.number, r.words, r.on) for r in one.remarks] == [(r.number, r.words, r.on) for r in other.remarks]
    assert one.said(names=True) == other.said(names=True)
