"""Words that the style of a table hides or strikes are pointed out, and letters that a file turns round."""

from __future__ import annotations

import pytest

from docx_files import docx, paragraph, run
from goodoffices.formats.docx.reader import read_docx

_TABLE = '<w:tbl><w:tblPr><w:tblStyle w:val="{}"/></w:tblPr><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>'


def _style(inside: str) -> str:
    return (
        f'<w:styles><w:style w:type="table" w:styleId="Plain"/><w:style w:type="table" w:styleId="Under">{inside}'
        '</w:style><w:style w:type="table" w:styleId="Own"><w:basedOn w:val="Under"/></w:style></w:styles>'
    )


def _notes(style: str, inside: str) -> list[str]:
    table = _TABLE.format(style, paragraph(run("ten days")))
    data = docx(paragraph(run("T")), paragraph(run("1. It ends after")), table, styles=_style(inside))
    return [note for note in read_docx(data, name="a.docx", lang="en").notes if "style of a table" in note]


@pytest.mark.parametrize(
    "inside",
    ["<w:rPr><w:vanish/></w:rPr>", "<w:rPr><w:strike/></w:rPr>",
     '<w:tblStylePr w:type="firstRow"><w:rPr><w:dstrike/></w:rPr></w:tblStylePr>'],
)  # fmt: skip
def test_words_that_the_style_of_a_table_hides_or_strikes_are_named(inside: str) -> None:
    table = _TABLE.format("Own", paragraph(run("ten days")))
    read = read_docx(
        docx(paragraph(run("T")), paragraph(run("1. It ends after")), table, styles=_style(inside)),
        name="a.docx",
        lang="en",
    )
    [said] = [note for note in read.notes if "style of a table" in note]
    assert "clause 1" in said and "“ten days”" in said
    plain = _TABLE.format("Plain", paragraph(run("ten days")))
    read = read_docx(
        docx(paragraph(run("T")), paragraph(run("1. It ends after")), plain, styles=_style(inside)),
        name="a.docx",
        lang="en",
    )
    assert not any("style of a table" in note for note in read.notes)


@pytest.mark.parametrize(
    ("way", "words", "is_said"),
    [
        ("rtl", "abc", True),
        ("ltr", "abc", False),
        ("ltr", "سلام", True),
        ("rtl", "سلام", False),
        ("rtl", "12", True),
        ("rtl", "1", False),
    ],
)
def test_letters_that_a_file_turns_round_are_named(way: str, words: str, is_said: bool) -> None:
    turned = f'<w:bdo w:val="{way}">{run(words)}</w:bdo>'
    read = read_docx(docx(paragraph(run("T")), paragraph(run("1. A "), turned)), name="a.docx", lang="en")
    assert any("turns round" in note for note in read.notes) is is_said
