"""Parts of a file under other names, elsewhere, in the strict form, and threads of remarks."""

from __future__ import annotations

import io
import zipfile

import pytest

from docx_files import docx, inserted, paragraph, related, run, zipped
from goodoffices.formats.docx.reader import DocxReading, read_docx
from goodoffices.talks.documents.diff import flat

TITLE = paragraph(run("Agreement on wells"))


def read(*paragraphs: str, **parts: str) -> DocxReading:
    return read_docx(docx(TITLE, *paragraphs, **parts), name="a.docx", lang="en")


def one(reading: DocxReading) -> str:
    return flat(reading.paper.clauses[0].pieces)


def part(name: str, data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.read(f"word/{name}.xml").decode()


def body(*paragraphs: str) -> str:
    return part("document", docx(*paragraphs))


@pytest.mark.parametrize("target", ["word/document2.xml", "/word/document2.xml", "texts/main.xml"])
def test_the_main_part_is_found_by_its_relation(target: str) -> None:
    path = target.lstrip("/")
    folder, _, file = path.rpartition("/")
    comment = f'<w:comment w:id="4">{paragraph(run("Why?"))}</w:comment>'
    remark = part("comments", docx(TITLE, comments=f"<w:comments>{comment}</w:comments>"))
    data = zipped(
        {
            "_rels/.rels": related(("officeDocument", target, "")),
            path: body(TITLE, paragraph(run("1. On."))),
            f"{folder}/_rels/{file}.rels": related(("comments", "said/what.xml", "")),
            f"{folder}/said/what.xml": remark,
        }
    )
    reading = read_docx(data, name="a", lang="en")
    assert (reading.paper.title, one(reading)) == ("Agreement on wells", "On.")
    assert [remark.words for remark in reading.remarks] == ["Why?"]


@pytest.mark.parametrize(
    ("kind", "said"), [("attachedTemplate", "a template"), ("image", "a picture"), ("oleObject", "an object")]
)
def test_what_lies_elsewhere_is_named_and_never_fetched(kind: str, said: str) -> None:
    more = ' TargetMode="External"'
    data = zipped(
        {
            "word/document.xml": body(TITLE, paragraph(run("1. On."))),
            "word/_rels/settings.xml.rels": related((kind, "file:///C:/none.dotx", more)),
        }
    )
    reading = read_docx(data, name="a", lang="en")
    assert one(reading) == "On."
    assert any(note.lower().startswith(said) and "It was not fetched." in note for note in reading.notes)


def test_the_strict_form_of_the_format_is_read() -> None:
    strict = body(TITLE, paragraph(run("1. On."), inserted(" Off.", "N"))).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    reading = read_docx(zipped({"word/document.xml": strict}), name="a", lang="en")
    assert [p.words for p in reading.proposals] == ["On. Off."]


def test_answers_to_remarks_and_resolved_remarks_are_marked_so() -> None:
    def comment(number: int, words: str) -> str:
        return f'<w:comment w:id="{number}" w:author="N"><w:p w14:paraId="P{number}">{run(words)}</w:p></w:comment>'

    entries = '<w15:commentEx w15:paraId="P1" w15:done="1"/><w15:commentEx w15:paraId="P2" w15:paraIdParent="P1"/>'
    marks = "".join(f'<w:r><w:commentReference w:id="{n}"/></w:r>' for n in (1, 2, 3))
    reading = read(
        paragraph(run("1. On."), marks),
        comments=f"<w:comments>{comment(1, 'Why?')}{comment(2, 'So.')}{comment(3, 'Hm.')}</w:comments>",
        commentsExtended=f"<w15:commentsEx>{entries}</w15:commentsEx>",
    )
    assert [(r.words, r.answers, r.is_resolved) for r in reading.remarks] == [
        ("Why?", None, True),
        ("So.", 0, True),
        ("Hm.", None, False),
    ]
    assert reading.notes == ()


def test_a_remark_on_inserted_words_stands_at_their_clause() -> None:
    said = f'<w:comments><w:comment w:id="4" w:author="N">{paragraph(run("Why?"))}</w:comment></w:comments>'
    marked = f'<w:commentRangeStart w:id="4"/>{inserted("not ", "N")}<w:commentRangeEnd w:id="4"/>'
    [remark] = read(paragraph(run("1. It shall "), marked, run("hold.")), comments=said).remarks
    assert (remark.number, remark.on) == ("1", "not")
