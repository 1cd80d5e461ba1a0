"""Our files and tracked changes, opened and saved by a word processor as .docx and .odt, in three languages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docx_files import deleted, docx, ended, inserted, listed, numbering, paragraph, run
from goodoffices.formats.docx.reader import DocxReading, read_docx
from goodoffices.formats.docx.writer import Look, Note, write_docx
from goodoffices.formats.odt.reader import read_text_file
from goodoffices.talks.documents.markdown import read_paper
from unit.formats.docx.test_docx import LINE, PAPERS
from unit.formats.odt.test_odt import converted, shown

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="no word processor is installed here"),
]
SAID = {
    "en": ("Cease-fire", "It begins on ", "30 December", "1 January", "New clause.", "Why?", "Three states watch."),
    "ar": (
        "وقف إطلاق النار",
        "يبدأ في ",
        "٣٠ كانون الأول",
        "١ كانون الثاني",
        "بند جديد.",
        "لماذا؟",
        "تراقبه ثلاث دول.",
    ),
    "fa": ("آتش‌بس", "آغاز می‌شود در ", "۳۰ دسامبر", "۱ ژانویه", "بند تازه.", "چرا؟", "سه دولت پایش می‌کنند."),
}


def changed_by_two(lang: str) -> bytes:
    """Return a text with changes inside changes, a new and a struck clause, a remark, and labels drawn by a list."""
    title, begins, old, new, added, why, watch = SAID[lang]
    on = f'<w:commentRangeStart w:id="4"/>{run(watch)}<w:commentRangeEnd w:id="4"/>'
    nested = f'<w:ins w:id="1" w:author="Amal">{run(new)}{deleted(f" {old}", "Boris")}{run(f" {new}")}</w:ins>'
    return docx(
        paragraph(run(title)),
        paragraph(run(begins), deleted(old, "Amal"), inserted(new, "Amal"), run("."), frame=listed(1)),
        paragraph(inserted(added, "Boris"), frame=listed(1) + ended("ins", "Boris")),
        paragraph(on, '<w:r><w:commentReference w:id="4"/></w:r>', frame=listed(1)),
        paragraph(deleted(watch, "Boris"), frame=listed(1) + ended("del", "Boris")),
        paragraph(run(begins), nested, run("."), frame=listed(1)),
        numbering=numbering(("Article %1",)),
        comments=f'<w:comments><w:comment w:id="4" w:author="N">{paragraph(run(why))}</w:comment></w:comments>',
    )


def meaning(read: DocxReading) -> tuple[object, ...]:
    remarks = sorted((one.number, one.words, one.on) for one in read.remarks)
    return read.paper, shown(read), remarks


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_nothing_is_lost_whatever_the_language(ending: str, tmp_path: Path) -> None:
    for lang, text in PAPERS.items():
        ours = write_docx(
            read_paper(text, lang), look=Look.MARKED, lines=[LINE], notes=[Note(clause="cl1", words=SAID[lang][5])]
        )
        (tmp_path / f"{lang}-ours.docx").write_bytes(ours)
        (tmp_path / f"{lang}-changed.docx").write_bytes(changed_by_two(lang))
    saved = converted(tmp_path, ending, *sorted(tmp_path.glob("*.docx")))
    for lang, text in PAPERS.items():
        back = read_text_file((saved / f"{lang}-ours.{ending}").read_bytes(), name=lang)
        assert back.paper == read_paper(text, lang)
        assert [(one.clause, one.words) for one in back.remarks] == [("cl1", SAID[lang][5])]
        assert LINE in " ".join(back.said(names=True))
        before = read_docx(changed_by_two(lang), name="a", lang=lang)
        after = read_text_file((saved / f"{lang}-changed.{ending}").read_bytes(), name="a", lang=lang)
        assert len(shown(before)) >= 5
        assert meaning(after) == meaning(before)
        assert after.said(names=True) == before.said(names=True)
