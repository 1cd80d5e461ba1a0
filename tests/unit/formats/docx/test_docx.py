"""Texts as .docx files: out and in again, opened and saved by a word processor, and as a delegation sends them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given, strategies as st

from docx_files import deleted, docx, ended, inserted, paragraph, run
from goodoffices.errors import ScenarioError
from goodoffices.formats.docx.reader import read_docx
from goodoffices.formats.docx.writer import Look, Note, write_docx
from goodoffices.formats.odt.reader import read_odt
from goodoffices.formats.odt.writer import odt_from_docx
from goodoffices.talks.documents.diff import Change
from goodoffices.talks.documents.document import Bracket, Clause, ClauseState, Paper, Variant, words_hash
from goodoffices.talks.documents.markdown import read_paper, write_paper

pytestmark = pytest.mark.slow

EN = """# Cease-fire \\[draft\\]

## 1. Start {cl1 agreed}

It begins on [[A{va1}: 30 December | B{va2}: 1 January [[A~{va3}: at noon]]{br2}]]{br1}, as \\[sic\\] said \\| heard.

A second paragraph.
With a line of its own.

## [2.] Watch {cl2}

Three states watch it [[A{va4}: for a year | B{va5}:]]{br3}.

## 3a. {cl3 agreed-ad-referendum}
"""
AR = """# وقف إطلاق النار

## 1. البدء {cl1 agreed}

يبدأ في [[A{va1}: ٣٠ كانون الأول | B{va2}: ١ كانون الثاني]]{br1} وفق قرار 2254 (UN Security Council) المعتمد.

## [2.] المراقبة {cl2}

تراقبه ثلاث دول [[A{va4}: الضامنة | B{va5}:]]{br3}.
"""
FA = """# آتش‌بس

## ۱. آغاز {cl1 agreed}

آتش‌بس در [[A{va1}: ۳۰ دسامبر | B{va2}: ۱ ژانویه]]{br1} آغاز می‌شود، طبق قطعنامهٔ 2254 (UN Security Council).

## [۲.] پایش {cl2}

سه دولت آن را پایش می‌کنند [[A{va4}: برای یک سال | B{va5}:]]{br3}.
"""
PAPERS = {"en": EN, "ar": AR, "fa": FA}
LINE = "Check code 1767 2672 3793 0260 8582 9944"


@pytest.mark.parametrize("look", [Look.MARKED, Look.LEGEND])
@pytest.mark.parametrize("lang", PAPERS)
def test_t20_our_own_file_gives_back_words_brackets_states_and_names(lang: str, look: Look) -> None:
    paper = read_paper(PAPERS[lang], lang)
    data = write_docx(paper, look=look, lines=["Check code 1234"], notes=[Note(clause="cl1", words="No.")])
    assert read_docx(data, name="a.docx").paper == paper


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no word processor is installed here")
def test_t20_a_word_processor_that_opens_and_saves_it_changes_nothing(tmp_path: Path) -> None:
    papers = {
        f"{lang}-{look}": (read_paper(text, lang), look) for lang, text in PAPERS.items() for look in list(Look)[1:]
    }
    for name, (paper, look) in papers.items():
        data = write_docx(paper, look=look, notes=[Note(clause="cl1", words="No.")], lines=[LINE], band="EXERCISE")
        (tmp_path / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    files = [str(tmp_path / f"{name}.docx") for name in papers]
    saved = ["--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "saved"), *files]
    subprocess.run(["soffice", profile, *saved], check=True, capture_output=True, timeout=300)
    for name, (paper, _) in papers.items():
        again = read_docx((tmp_path / "saved" / f"{name}.docx").read_bytes(), name=name)
        assert again.paper == paper
        assert [(remark.clause, remark.words) for remark in again.remarks] == [("cl1", "No.")]
        said = " ".join(again.said(names=True))
        assert LINE in said
        assert said.count("EXERCISE") == 1
        assert (again.n_marks, again.proposals) == (0, ())


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no word processor is installed here")
def test_check_codes_are_drawn_from_left_to_right_in_every_language(tmp_path: Path) -> None:
    for lang, text in PAPERS.items():
        (tmp_path / f"{lang}.docx").write_bytes(write_docx(read_paper(text, lang), lines=[LINE]))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    drawn = ["--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, tmp_path.glob("*.docx"))]
    subprocess.run(["soffice", profile, *drawn], check=True, capture_output=True, timeout=300)
    for lang in PAPERS:
        page = pdfium.PdfDocument(tmp_path / f"{lang}.pdf")[0].get_textpage()
        placed = [(page.get_charbox(k), page.get_text_range(k, 1)) for k in range(page.count_chars())]
        lines: dict[int, list[tuple[float, str]]] = {}
        for (left, bottom, _, _), character in placed:
            if character.isdigit():
                lines.setdefault(round(bottom), []).append((left, character))
        assert "176726723793026085829944" in ["".join(c for _, c in sorted(line)) for line in lines.values()], lang


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no word processor is installed here")
def test_a_word_processor_that_saves_a_file_with_tracked_changes_loses_none(tmp_path: Path) -> None:
    data = docx(
        paragraph(run("Cease-fire")),
        paragraph(run("1. It begins on "), deleted("30 December", "Amal"), inserted("1 January", "Amal"), run(".")),
        paragraph(inserted("2. New.", "Boris"), frame=ended("ins", "Boris")),
        paragraph(run("3. Three states watch it.")),
        paragraph(deleted("4. Gone.", "Boris"), frame=ended("del", "Boris")),
        paragraph(run("5. Last.")),
    )
    (tmp_path / "theirs.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    saved = ["--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "saved"), str(tmp_path / "theirs.docx")]
    subprocess.run(["soffice", profile, *saved], check=True, capture_output=True, timeout=300)
    read = [read_docx(d, name="a", lang="en") for d in (data, (tmp_path / "saved" / "theirs.docx").read_bytes())]
    assert read[0].paper == read[1].paper
    shown = [sorted((p.author, p.change, p.number, p.words) for p in one.proposals) for one in read]
    assert shown[0] == shown[1]
    assert [(p.change, p.words) for p in read[0].proposals] == [
        (Change.CHANGED, "It begins on 1 January."),
        (Change.REMOVED, ""),
        (Change.ADDED, "New."),
    ]


words = st.text(st.sampled_from("ab [] | : A~ \\#{}\nعر١"), min_size=1, max_size=12)


def _bracket(held: list[tuple[str | Bracket, ...]]) -> Bracket:
    return Bracket(variants=tuple(Variant(pieces=pieces) for pieces in held))


def _around(inner: st.SearchStrategy[tuple[str | Bracket, ...]]) -> st.SearchStrategy[tuple[str | Bracket, ...]]:
    brackets = st.lists(inner, min_size=1, max_size=3).map(_bracket)
    return st.lists(st.one_of(words, brackets), max_size=3).map(tuple)


pieces = st.recursive(st.lists(words, max_size=1).map(tuple), _around, max_leaves=6)


@given(pieces, st.booleans(), st.sampled_from(["en", "ar"]))
def test_t20_whatever_the_words_the_file_gives_back_the_same_words(
    made: tuple[str | Bracket, ...], opened: bool, lang: str
) -> None:
    drawn = Paper(lang=lang, title="T", clauses=(Clause(number="1", heading="H", pieces=made, open_number=opened),))
    try:
        paper = read_paper(write_paper(drawn), lang)
    except ScenarioError:
        return
    for look in (Look.MARKED, Look.LEGEND):
        assert words_hash(read_docx(write_docx(paper, look=look), name="a.docx").paper) == words_hash(paper)


def test_a_clean_copy_of_a_bracketed_text_is_refused_naming_the_clauses() -> None:
    with pytest.raises(ScenarioError, match="clauses 1, 2 have brackets"):
        write_docx(read_paper(EN, "en"), look=Look.CLEAN)
    clean = read_paper("# T\n\n## 1. A\n\nWords.", "en")
    assert read_docx(write_docx(clean, look=Look.CLEAN), name="a.docx").paper == clean


def test_files_depend_on_the_words_alone_and_name_nobody() -> None:
    paper = read_paper(EN, "en")
    data = write_docx(paper, notes=[Note(clause="cl1", words="No.")])
    assert data == write_docx(paper, notes=[Note(clause="cl1", words="No.")])
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in packed.namelist() if name.startswith("docProps")]
        assert b'w:author=""' in packed.read("word/comments.xml")
        assert b"w:date" not in packed.read("word/comments.xml")


def test_arabic_paragraphs_run_from_right_to_left_and_latin_words_in_them_do_not() -> None:
    with zipfile.ZipFile(io.BytesIO(write_docx(read_paper(AR, "ar")))) as packed:
        document = packed.read("word/document.xml").decode()
    assert document.count("<w:bidi/>") == document.count("<w:p>") + 1
    assert '<w:r><w:t xml:space="preserve">UN Security Council</w:t></w:r>' in document


def test_what_went_out_of_the_base_is_struck_and_does_not_come_back() -> None:
    base = read_paper("# T\n\n## 1. A\n\nA clear majority.\n\n## 2. B\n\nOld.", "en")
    now = read_paper("# T\n\n## 1. A\n\nA majority of all.", "en")
    data = write_docx(now, look=Look.LEGEND, base=base)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        document = packed.read("word/document.xml").decode()
    assert re.search(r'GoGone"/></w:rPr><w:t xml:space="preserve"> ?clear ?<', document)
    assert re.search(r'GoNew"/></w:rPr><w:t xml:space="preserve"> ?of all<', document)
    assert "GoGoneClause" in document
    assert words_hash(read_docx(data, name="a.docx").paper) == words_hash(now)


# ------------------------------------------------------------------------------------ as a delegation sends them


def test_tracked_changes_come_in_as_proposals_of_their_authors_against_the_words_as_sent() -> None:
    data = docx(
        paragraph(run("Cease-fire")),
        paragraph(run("1. It begins on "), deleted("30 December", "Amal"), inserted("1 January", "Amal"), run(".")),
        paragraph(run("2. Three states watch it"), inserted(" for a year", "Boris"), run(".")),
    )
    read = read_docx(data, name="theirs.docx", lang="en")
    assert [clause.pieces for clause in read.paper.clauses] == [
        ("It begins on 30 December.",),
        ("Three states watch it.",),
    ]
    assert [(p.author, p.number, p.words, p.before, p.change) for p in read.proposals] == [
        ("Amal", "1", "It begins on 1 January.", "It begins on 30 December.", Change.CHANGED),
        ("Boris", "2", "Three states watch it for a year.", "Three states watch it.", Change.CHANGED),
    ]
    assert "Amal" not in write_paper(read.paper)
    assert b"Amal" not in write_docx(read.paper)


def test_a_clause_that_an_author_adds_is_a_proposal_of_its_own() -> None:
    ended = '<w:rPr><w:ins w:id="1" w:author="Amal"/></w:rPr>'
    data = docx(
        paragraph(run("Cease-fire")),
        paragraph(run("1. Words.")),
        paragraph(inserted("2. More words.", "Amal"), frame=ended),
        paragraph(run("3. Last.")),
    )
    read = read_docx(data, name="theirs.docx", lang="en")
    assert [clause.number for clause in read.paper.clauses] == ["1", "3"]
    assert [(p.number, p.words, p.change) for p in read.proposals] == [("2", "More words.", Change.ADDED)]


def test_remarks_come_in_with_their_clause_and_the_words_they_are_on() -> None:
    said = (
        '<w:comments><w:comment w:id="4" w:author="Amal">'
        "<w:p><w:r><w:t>Which date?</w:t></w:r></w:p></w:comment></w:comments>"
    )
    marks = ['<w:commentRangeStart w:id="4"/>', run("30 December"), '<w:commentRangeEnd w:id="4"/>']
    data = docx(paragraph(run("T")), paragraph(run("1. On "), *marks, run(".")), comments=said)
    [remark] = read_docx(data, name="theirs.docx", lang="en").remarks
    assert (remark.number, remark.on, remark.words, remark.author) == ("1", "30 December", "Which date?", "Amal")


def test_typed_brackets_are_brackets_and_typed_labels_are_labels() -> None:
    data = docx(paragraph(run("T")), paragraph(run("1. On [A: 30 December | B: 1 Jan"), run("uary] in [Astana].")))
    [clause] = read_docx(data, name="theirs.docx", lang="en").paper.clauses
    dates, place = (piece for piece in clause.pieces if isinstance(piece, Bracket))
    assert [variant.pieces for variant in dates.variants] == [("30 December",), ("1 January",)]
    assert [variant.pieces for variant in place.variants] == [("Astana",)]


def test_struck_words_in_a_bracket_are_a_proposed_deletion() -> None:
    data = docx(paragraph(run("T")), paragraph(run("1. A ["), run("clear", "<w:strike/>"), run("] majority.")))
    [clause] = read_docx(data, name="theirs.docx", lang="en").paper.clauses
    assert clause.pieces[1] == Bracket(variants=(Variant(pieces=("clear",)), Variant()))


def test_numbers_that_the_word_processor_draws_are_read_and_counted() -> None:
    numbering = (
        '<w:numbering><w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )

    def listed(text: str, level: int) -> str:
        return paragraph(run(text), frame=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')

    data = docx(
        paragraph(run("T")),
        listed("One:", 0),
        listed("a thing", 1),
        listed("a thing more", 1),
        listed("Two.", 0),
        numbering=numbering,
    )
    clauses = read_docx(data, name="theirs.docx", lang="en").paper.clauses
    assert [(clause.number, clause.pieces) for clause in clauses] == [
        ("1", ("One:\n\n(a) a thing\n\n(b) a thing more",)),
        ("2", ("Two.",)),
    ]


def test_what_had_to_be_assumed_is_said() -> None:
    data = docx(
        paragraph(run("T")),
        paragraph(run("We, the parties,")),
        paragraph(run("Purpose"), frame='<w:outlineLvl w:val="1"/>'),
    )
    read = read_docx(data, name="theirs.docx", lang="en")
    assert [clause.number for clause in read.paper.clauses] == ["0", "1"]
    assert any("clause 0" in note for note in read.notes)
    assert any("'Purpose' has no number" in note for note in read.notes)


def test_states_of_clauses_are_kept_in_our_own_files() -> None:
    read = read_docx(write_docx(read_paper(EN, "en")), name="a.docx")
    assert [clause.state for clause in read.paper.clauses] == [
        ClauseState.AGREED,
        ClauseState.PROPOSED,
        ClauseState.AD_REFERENDUM,
    ]


def test_a_remark_that_stands_nowhere_is_not_lost() -> None:
    said = f'<w:comments><w:comment w:id="7" w:author="Amal">{paragraph(run("Since when?"))}</w:comment></w:comments>'
    data = docx(paragraph(run("T")), paragraph(run("1. One")), paragraph(run("So.")), comments=said)
    [remark] = read_docx(data, name="theirs.docx", lang="en").remarks
    assert (remark.number, remark.on, remark.words, remark.author) == ("", "", "Since when?", "Amal")


@pytest.mark.parametrize(("second", "is_shared"), [("Boris", True), ("Amal", False)])
def test_a_clause_that_two_people_changed_is_pointed_out(second: str, is_shared: bool) -> None:
    data = docx(
        paragraph(run("Water"), style="Heading1"),
        paragraph(run("1. Let pass "), deleted("350", "Amal"), inserted("420", second), run(" a year.")),
        paragraph(run("2. A team"), inserted(" of three", "Boris"), run(" reads.")),
    )
    notes = " ".join(read_docx(data, name="a.docx", lang="en").notes)
    assert ("More than one person changed clause 1. Each proposal has the changes of one of them" in notes) is is_shared


LIKE_CLAUSES = (
    "2. or later",
    "Article 5",
    "Annex A: maps",
    "A. by day",
    "1 – one",
    "1.1 two",
    "I. three",
    "[x | y] four",
    "١- خمسة",
    "أولاً: ستة",
)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_text_that_looks_like_a_clause_comes_back_as_text(lang: str) -> None:
    body = "\n\n".join(words.replace("[x | y]", "[[A: x | B: y]]") for words in LIKE_CLAUSES)
    numbers = ("1", "1-2", "Annex-I", "One", "2º", "١٠مكرراً")
    clauses = "\n\n".join(f"## {number}. Head\n\nFirst.\n\n{body}" for number in numbers)
    paper = read_paper(f"# T\n\n{clauses}", lang)
    for back in (
        read_docx(write_docx(paper), name="a", lang=lang),
        read_odt(odt_from_docx(write_docx(paper)), name="a", lang=lang),
    ):
        assert write_paper(back.paper) == write_paper(paper)
        assert not back.said(names=True)
