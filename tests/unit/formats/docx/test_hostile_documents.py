"""Hostile and broken .docx files: one clear refusal each, nothing unpacked, nothing followed."""

from __future__ import annotations

import io
import random
import re
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from docx_files import docx, inserted, paragraph, run, zipped
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.reader import read_docx
from goodoffices.formats.docx.writer import write_docx
from goodoffices.talks.documents.markdown import read_paper

pytestmark = pytest.mark.slow

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = f"<w:document {SPACE}><w:body>%s</w:body></w:document>"
PLAIN = BODY % paragraph(run("T"))
RELATIONS = "word/_rels/document.xml.rels"
ELSEWHERE = (
    '<Relationships><Relationship Id="r" Type="x/%s" '
    'Target="http://example.org/a" TargetMode="External"/></Relationships>'
)


def _many_parts() -> bytes:
    return zipped({"word/document.xml": PLAIN, **{f"word/{n}": "" for n in range(1_100)}})


def _bomb() -> bytes:
    return zipped({"word/document.xml": PLAIN, **{f"word/media/{n}": b"\0" * (15 * 2**20) for n in range(5)}})


def _understated(method: int) -> bytes:
    """Say of a part of 64 MiB that it has a hundred bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("word/styles.xml", b"\0" * 2**26, compress_type=method)
        packed.writestr("word/document.xml", PLAIN)
    whole = bytearray(made.getvalue())
    struct.pack_into("<I", whole, whole.find(b"PK\x01\x02") + 24, 100)
    return bytes(whole)


def _doubled() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("word/document.xml", PLAIN)
        with pytest.warns(UserWarning, match="Duplicate name"):
            packed.writestr("word/document.xml", PLAIN)
    return made.getvalue()


def _nested() -> bytes:
    return docx(paragraph(run("T")), paragraph(run("1. " + "[a " * 10_000 + "]" * 10_000)))


def _deep_xml() -> bytes:
    return zipped({"word/document.xml": BODY % ("<w:sdt>" * 400_000 + "</w:sdt>" * 400_000)})


HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "bomb": _bomb,
    "too-many-parts": _many_parts,
    "too-many-marks": lambda: zipped({"word/document.xml": BODY % ("<w:p/>" * 1_000_001)}),
    "entities": lambda: zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + PLAIN}),
    "macros": lambda: zipped({"word/document.xml": PLAIN, "word/vbaProject.bin": b"x"}),
    "elsewhere": lambda: zipped({"word/document.xml": PLAIN, RELATIONS: ELSEWHERE % "subDocument"}),
    "another-inside": lambda: zipped(
        {"word/document.xml": PLAIN, RELATIONS: (ELSEWHERE % "aFChunk").replace("External", "Internal")}
    ),
    "too-deep": _nested,
    "outside": lambda: zipped({"word/document.xml": PLAIN, "../../etc/cron.d/x": "x"}),
    "doubled-part": _doubled,
    "damaged": lambda: write_docx(read_paper("# T\n\n## 1. A\n\nWords.", "en"))[:-40],
    "not-docx": lambda: zipped({"content.xml": "<a/>"}),
    "packed-otherwise": lambda: _understated(zipfile.ZIP_LZMA),
    "old-or-locked": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "not-xml": lambda: zipped({"word/document.xml": PLAIN[:-9]}),
    "too-large": lambda: bytes(17 * 2**20),
    "open-bracket": lambda: docx(paragraph(run("T")), paragraph(run("1. On [30 December."))),
    "too-many-authors": lambda: docx(*(paragraph(run("T"), inserted("x", f"author {n}")) for n in range(60))),
    "no-language": lambda: docx(paragraph(run("T"))),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_file_is_refused_by_name_with_what_is_wrong_and_what_to_do(kind: str) -> None:
    with pytest.raises(ScenarioFileError) as caught:
        read_docx(HOSTILE[kind](), name="theirs.docx", lang=None if kind == "no-language" else "en")
    assert caught.value.kind == kind
    assert str(caught.value).startswith("theirs.docx: ")
    assert str(caught.value).rstrip(".").count(". ") >= 1, "what is wrong, and then what to do"
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_no_more_of_a_part_is_unpacked_than_it_says_it_has(method: int) -> None:
    sent = _understated(method)
    tracemalloc.start()
    try:
        with pytest.raises(ScenarioFileError) as caught:
            read_docx(sent, name="theirs.docx", lang="en")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert caught.value.kind == ("damaged" if method == zipfile.ZIP_DEFLATED else "packed-otherwise")
    assert most < 2**24


@pytest.mark.parametrize("data", [b"12:00 started\n", b"\x89PNG\r\n\x1a\n", b""], ids=["log", "png", "empty"])
def test_a_file_that_is_no_archive_is_called_neither_kind_and_not_damaged(data: bytes) -> None:
    with pytest.raises(ScenarioFileError, match=r"theirs\.log: this is neither a \.docx nor an \.odt file") as caught:
        read_docx(data, name="theirs.log", lang="en")
    assert caught.value.kind == "not-docx"


def test_parts_that_nest_without_end_are_refused_without_running_out_of_stack() -> None:
    with pytest.raises(ScenarioFileError) as caught:
        read_docx(_deep_xml(), name="theirs.docx", lang="en")
    assert caught.value.kind == "too-deep"


def test_an_address_in_the_words_is_no_harm() -> None:
    held = {"word/document.xml": PLAIN, RELATIONS: ELSEWHERE % "hyperlink"}
    assert read_docx(zipped(held), name="theirs.docx", lang="en").paper.title == "T"


@pytest.mark.parametrize("inside", ["<a/>" * 400_000, "<a " + " ".join(f'b{n}="{n}"' for n in range(400_000)) + "/>"])
def test_marks_and_attributes_are_counted_over_all_parts(inside: str) -> None:
    sent = zipped({"word/document.xml": PLAIN, **{f"word/_rels/{n}.rels": f"<r>{inside}</r>" for n in range(3)}})
    with pytest.raises(ScenarioFileError) as caught:
        read_docx(sent, name="theirs.docx", lang="en")
    assert caught.value.kind == "too-many-marks"


def test_a_remark_within_remarks_without_end_is_read_once() -> None:
    words = "<w:p>" * 100_000 + run("why?") + "</w:p>" * 100_000
    said = f'<w:comments><w:comment w:id="1">{words}</w:comment></w:comments>'
    marks = paragraph('<w:commentRangeStart w:id="1"/>', run("T"), '<w:commentRangeEnd w:id="1"/>')
    assert [remark.words for remark in read_docx(docx(marks, comments=said), name="a", lang="en").remarks] == ["why?"]


def test_damaged_files_are_read_or_refused_never_anything_else() -> None:
    whole = write_docx(read_paper("# T\n\n## 1. A\n\nOn [[A: one | B: two]].", "en"))
    draw = random.Random(1996)
    for _ in range(400):
        broken = bytearray(whole)
        for _ in range(draw.randrange(1, 4)):
            broken[draw.randrange(len(broken))] = draw.randrange(256)
        try:
            read_docx(bytes(broken[: draw.choice((len(broken), draw.randrange(len(broken))))]), name="a", lang="en")
        except ScenarioFileError as error:
            assert str(error)


def test_blanks_and_remarks_without_end_do_not_make_reading_slow() -> None:
    blanks = paragraph(run(" " * 400_000 + "x"))
    marks = "".join(f'<w:commentRangeStart w:id="{n}"/>{run("y")}' for n in range(4_000))
    said = "<w:comments>" + "".join(f'<w:comment w:id="{n}"/>' for n in range(4_000)) + "</w:comments>"
    long = paragraph(run("1. " + "same " * 200_000), inserted("same", "Amal"))
    read = read_docx(docx(paragraph(run("T")), blanks, paragraph(marks), long, comments=said), name="a", lang="en")
    assert [proposal.number for proposal in read.proposals] == ["1"]
    assert len(read.remarks) == 4_000


def test_every_kind_of_refusal_of_documents_is_in_the_how_to_page_and_no_other() -> None:
    root = Path(__file__).resolve().parents[4]
    page = (root / "docs" / "how-to" / "texts-in-files.md").read_text(encoding="utf-8")
    rows = page.partition("| kind | the file |")[2].partition("## ")[0]
    source = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("documents", "docx", "odt")
        for path in (root / "src/goodoffices/formats" / folder).rglob("*.py")
    )
    raised = re.findall(r'(?:(?<!Mark\()kind=|_refuse\(\s*name,\s*|_wrong\(\s*name,\s*)"([a-z-]+)"', source)
    assert set(re.findall(r"`([a-z-]+)`", rows)) == set(raised)


def test_alternatives_within_alternatives_without_end_are_counted_once_each() -> None:
    begun, ended = "<mc:AlternateContent><mc:Choice>" * 20_000, "</mc:Choice></mc:AlternateContent>" * 20_000
    marked = f"<w:hdr>{begun}{inserted('x', 'Amal')}{ended}</w:hdr>"
    read = read_docx(docx(paragraph(run("T")), paragraph(run("1. On.")), header1=marked), name="a", lang="en")
    assert (read.n_marks, [one.words for one in read.unplaced]) == (1, ["x"])
