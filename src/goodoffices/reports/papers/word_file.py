"""A paper as a Word file, with real footnotes; in the reader's own template if one is given.

The file names no author, no date and no program. Of a template its look is kept: styles, page, headers, footers and
pictures; its properties are not, as they name who made it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from xml.sax.saxutils import escape

from goodoffices.data_class import dataclass
from goodoffices.formats.docx.paper_package import DocumentParts, packed
from goodoffices.languages import direction
from goodoffices.reports.papers.paper import Block, Grid, Heading, Look, Paper, Paragraph, Sentence, Spans

_LETTERS: Mapping[Look, str] = {
    Look.STRONG: "<w:b/><w:bCs/>",
    Look.STRONG_NAME: "<w:b/><w:bCs/>",
    Look.QUIET: '<w:color w:val="56616B"/>',
}
_MARKS = {False: "\u200e", True: "\u200f"}
"""Characters without width that say in which direction their neighbours run: from the left, from the right."""
_LATIN = re.compile("[A-Za-z]")
_CLOSED = re.compile(r"(?<=[A-Za-z0-9])([\])])")
_LINES_OF_CELL = '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="C8C8C8"/>'


def docx_of(paper: Paper, *, template: bytes | None = None) -> bytes:
    """Return a paper as a ``.docx`` file.

    Parameters
    ----------
    paper
        The paper.
    template
        A ``.docx`` file to write it into: in place of a paragraph ``{{text}}``, or else of all that it says.

    Raises
    ------
    ScenarioFileError
        If the template is not a ``.docx`` file, or has macros or parts that are stored elsewhere.
    """
    body = _Body(rtl=paper.direction == "rtl")
    body.paragraph("GoTitle", body.runs(paper.title))
    for row in paper.head:
        body.paragraph("GoLine", body.runs(row))
    for block in paper.blocks:
        body.block(block, paper)
    for row in paper.foot:
        body.paragraph("GoLine", body.runs(row))
    band = body.styled("GoBand", body.text(paper.band)) if paper.band else ""
    page = body.styled(
        "GoLine", body.text(f"{paper.page} ") + '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    )
    parts = DocumentParts(
        body="".join(body.made),
        footnotes=tuple(body.styled("GoNote", body.reference() + body.runs(row)) for row in paper.notes),
        header=band,
        footer=page,
        is_rtl=body.rtl,
    )
    return packed(parts, template)


@dataclass(slots=True)
class _Body:
    """The paragraphs made so far, and which footnotes have stood already."""

    rtl: bool
    made: list[str] = field(default_factory=list)
    noted: set[int] = field(default_factory=set)

    def paragraph(self, style: str, runs: str, more: str = "") -> None:
        self.made.append(self.styled(style, runs, more))

    def styled(self, style: str, runs: str, more: str = "") -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}{"<w:bidi/>" if self.rtl else ""}</w:pPr>{runs}</w:p>'

    def text(self, text: str, look: Look = Look.PLAIN, language: str = "") -> str:
        if not text:
            return ""
        is_rtl = direction(language) == "rtl" if language else self.rtl
        if not language and look in (Look.NAME, Look.STRONG_NAME):
            is_rtl = any("\u0590" <= letter <= "\u08ff" for letter in text)
        if is_rtl != self.rtl:
            # Word keeps no stretch apart by itself: one that runs the other way would join the next one behind it, and
            # its full stop or bracket would stand at its other end.
            mark = _MARKS[is_rtl]
            return _run(f"{mark}{text}{mark}", look, is_rtl=is_rtl) + _run(_MARKS[self.rtl], look, is_rtl=self.rtl)
        if is_rtl and look is not Look.PLAIN and _LATIN.search(text):
            # Names of outlets in Latin letters, with words between them: a bracket stays with the letters before it.
            text = _CLOSED.sub(lambda found: found[1] + _MARKS[False], text) + _MARKS[True]
        return _run(text, look, is_rtl=is_rtl)

    def runs(self, spans: Spans) -> str:
        return "".join(self.text(span.text, span.look, span.language) for span in spans)

    def reference(self) -> str:
        return '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>' + self.text(" ")

    def block(self, block: Block, paper: Paper) -> None:
        if isinstance(block, Heading):
            self.paragraph("GoHeading", self.text(block.text))
        elif isinstance(block, Grid):
            self.grid(block)
        else:
            self.prose(block)

    def prose(self, block: Paragraph) -> None:
        style, runs = "GoBody", ""
        if block.number is not None:
            style = "GoNumbered"
            runs = self.text(f"{block.number}.") + "<w:r><w:tab/></w:r>"
        if block.lead:
            runs += self.text(f"{block.lead} ", Look.STRONG)
        for k, sentence in enumerate(block.sentences):
            runs += (self.text(" ") if k else "") + self.sentence(sentence)
        self.paragraph(style, runs)
        for row in block.beside:
            self.paragraph("GoBeside", self.runs(row))

    def sentence(self, sentence: Sentence) -> str:
        runs = self.runs(sentence.spans)
        for k, n in enumerate(sentence.notes):
            runs += _raised("<w:t>,</w:t>") if k else ""
            runs += _raised(f"<w:t>{n}</w:t>" if n in self.noted else f'<w:footnoteReference w:id="{n}"/>')
            self.noted.add(n)
        return runs

    def grid(self, grid: Grid) -> None:
        bidi = "<w:bidiVisual/>" if self.rtl else ""
        rows = [self.row([self.text(column, Look.QUIET) for column in grid.columns], is_head=True)]
        rows += [self.row([self.runs(cell) for cell in row]) for row in grid.rows]
        width = 9600 // max(len(grid.columns), 1)
        columns = f'<w:gridCol w:w="{width}"/>' * len(grid.columns)
        self.made.append(
            f'<w:tbl><w:tblPr>{bidi}<w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )
        self.paragraph("GoLine", "")

    def row(self, cells: list[str], *, is_head: bool = False) -> str:
        head = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_head else "<w:trPr><w:cantSplit/></w:trPr>"
        made = (
            f"<w:tc><w:tcPr><w:tcBorders>{_LINES_OF_CELL}</w:tcBorders></w:tcPr>{self.styled('GoCell', cell)}</w:tc>"
            for cell in cells
        )
        return f"<w:tr>{head}{''.join(made)}</w:tr>"


def _run(text: str, look: Look, *, is_rtl: bool) -> str:
    frame = _LETTERS.get(look, "") + ("<w:rtl/>" if is_rtl else "")
    frame = f"<w:rPr>{frame}</w:rPr>" if frame else ""
    return f'<w:r>{frame}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _raised(inside: str) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>{inside}</w:r>'
