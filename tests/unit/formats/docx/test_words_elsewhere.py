"""Words that a file keeps elsewhere than in its texts: none of them vanishes, and none changes its meaning."""

from __future__ import annotations

import pytest

from docx_files import docx, inserted, paragraph, run
from goodoffices.formats.docx.reader import DocxReading, read_docx
from goodoffices.talks.documents.markdown import write_paper

VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
LETTERS = f'<w:pict><v:shape {VML}><v:textpath string="NOT AGREED"/></v:shape></w:pict>'


def read(*pieces: str, **parts: str) -> DocxReading:
    data = docx(paragraph(run("Title")), paragraph(run("1. We "), *pieces, run(" agree.")), **parts)
    return read_docx(data, name="a.docx", lang="en")


def field(*, form: str = "", asks: str = "", shows: str = "") -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
    asked = f"<w:r><w:instrText>{asks}</w:instrText></w:r>"
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return begin + asked + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + shows + end


def body(reading: DocxReading) -> str:
    return " ".join(write_paper(reading.paper).split("## 1.")[1].replace("\\|", "|").split())


def formula(*pieces: str) -> str:
    return f"<m:oMath {M}>{''.join(pieces)}</m:oMath>"


def letter(words: str) -> str:
    return f"<m:e><m:r><m:t>{words}</m:t></m:r></m:e>"


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        (f"<w:r>{LETTERS}</w:r>", "NOT AGREED"),
        (field(asks=' QUOTE "do not" '), 'QUOTE "do not"'),
        (field(asks=r" EQ \f(2,3) "), r"EQ \f(2,3)"),
        ('<w:fldSimple w:instr=" EQ 2 "/>', "EQ 2"),
        ("<w:r><w:yearLong/></w:r>", "today"),
        ("<w:r><w:t>a</w:t></w:r>stray", "stray"),
        ("<w:r><w:t>a<w:b/>stray</w:t></w:r>", "stray"),
    ],
)
def test_words_that_are_no_text_of_the_file_are_named_with_their_clause(piece: str, words: str) -> None:
    assert any(one.place == "in clause 1" and one.words == words for one in read(piece).unplaced)


@pytest.mark.parametrize("asks", [" PAGE ", ' XE "index" ', " TOC ", ' SET x "y" '])
def test_fields_that_show_nothing_are_not_said_to_be_lost(asks: str) -> None:
    assert not read(field(asks=asks)).unplaced


def test_a_field_that_shows_something_is_read_as_what_it_shows() -> None:
    reading = read(field(asks=" REF a ", shows=run("both")))
    assert body(reading) == "We both agree." and not reading.unplaced


@pytest.mark.parametrize("shown", ["both", ""])
def test_what_a_field_shows_inside_the_code_of_another_is_an_order_and_no_text(shown: str) -> None:
    side = field(asks=" MERGEFIELD side ", shows=run("North"))
    reading = read(
        field(asks=f' IF </w:instrText></w:r>{side}<w:r><w:instrText> = "North" "both" ""', shows=shown and run(shown))
    )
    assert body(reading) == " ".join(f"We {shown} agree.".split())
    told = {(one.what, one.words) for one in reading.unplaced}
    assert ("words in the code of a field", "North") in told
    assert any("without a result" in what for what, _ in told) is (not shown)


def test_what_follows_a_field_that_never_ends_is_text() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a </w:instrText></w:r>'
    assert body(read(begin, run("both"))) == "We both agree."


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="North"/><w:listEntry w:val="South"/></w:ddList>', "South"),
        ('<w:ddList><w:listEntry w:val="North"/><w:listEntry w:val="South"/></w:ddList>', "North"),
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "☒"),
        ('<w:checkBox><w:default w:val="0"/></w:checkBox>', "☐"),
    ],
)
def test_the_choice_in_an_old_form_is_part_of_the_line(form: str, shown: str) -> None:
    reading = read(field(form=f"<w:ffData>{form}</w:ffData>", asks=" FORMTEXT "))
    assert body(reading) == f"We {shown} agree."


def test_letters_drawn_across_a_page_and_the_names_in_a_chart_are_named() -> None:
    header = f"<w:hdr><w:p><w:r>{LETTERS}</w:r></w:p></w:hdr>"
    name = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    chart = f'<c:chartSpace xmlns:c="{name}"><c:v>Zone B</c:v></c:chartSpace>'
    reading = read(header9=header, chart1=chart)
    assert {one.words for one in reading.unplaced} == {"NOT AGREED", "Zone B"}


@pytest.mark.parametrize(
    ("font", "number", "shown"),
    [
        ("Symbol", 0xB3, "≥"),
        ("Wingdings", 0xFE, "☑"),
        ("Wingdings", 0x21, "□"),
        ("Webdings", 0x61, "□"),
        ("Own", 0x21, "\uf021"),
    ],
)
def test_a_symbol_among_the_words_is_what_its_font_shows_in_the_text_and_beside_it(
    font: str, number: int, shown: str
) -> None:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    typed, sign = run(chr(0xF000 + number), fonts), f'<w:r><w:sym w:font="{font}" w:char="F0{number:02X}"/></w:r>'
    note = f'<w:footnotes><w:footnote w:id="1"><w:p>{typed}</w:p></w:footnote></w:footnotes>'
    reading = read(typed, '<w:r><w:footnoteReference w:id="1"/></w:r>', footnotes=note)
    assert body(reading) == f"We {shown} agree."
    assert [one.words for one in reading.unplaced] == [shown]
    if font != "Own":
        assert body(read(sign)) == f"We {shown} agree."


def test_line_ends_inside_words_are_blanks_and_no_paragraphs() -> None:
    assert body(read("<w:r><w:t>all\n\n  ## 9. of\tus</w:t></w:r>")) == "We all \\#\\# 9. of us agree."


@pytest.mark.parametrize("piece", ["<w:noBreakHyphen/>", '<w:sym w:font="Symbol" w:char="F0B3"/>', "<w:tab/>"])
def test_a_tracked_sign_that_a_change_shows_is_not_called_unplaced_too(piece: str) -> None:
    reading = read(f'<w:ins w:id="1" w:author="N"><w:r>{piece}</w:r></w:ins>', inserted("x", "N"))
    assert reading.n_marks == 2 and len(reading.proposals) == 1 and not reading.unplaced


def test_words_of_diagrams_newer_charts_and_descriptions_are_named_once() -> None:
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    said = f'<a:p xmlns:a="{a}"><a:r><a:t>Cease-fire first</a:t></a:r></a:p>'
    diagram = f'<d:dataModel xmlns:d="urn:d"><d:pt><d:t><a:bodyPr xmlns:a="{a}"/>{said}</d:t></d:pt></d:dataModel>'
    drawn = f'<s:drawing xmlns:s="http://schemas.microsoft.com/office/drawing/2008/diagram">{said}</s:drawing>'
    newer = "http://schemas.microsoft.com/office/drawing/2014/chartex"
    chart = f'<x:chartSpace xmlns:x="{newer}"><x:lvl><x:pt idx="0">Zone B</x:pt></x:lvl><x:v>Days</x:v></x:chartSpace>'
    place = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    map_ = f'<wp:inline xmlns:wp="{place}"><wp:docPr id="1" name="Picture 3" title="Map" descr="The line"/></wp:inline>'
    reading = read(f"<w:r><w:drawing>{map_}</w:drawing></w:r>", data1=diagram, drawing1=drawn, chartEx1=chart)
    assert [(one.what, one.words, one.count) for one in reading.unplaced] == [
        ("words in the description of a picture", "Map The line", 1),
        ("words in a diagram", "Cease-fire first", 1),
        ("words in a chart", "Zone B Days", 1),
    ]


@pytest.mark.parametrize(
    ("piece", "look"),
    [
        (
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>",
            "An empty field",
        ),
        (run("Click here", '<w:sz w:val="2"/>'), "Tiny letters"),
        (field(asks=r" DATE \@ yyyy ", shows=run("Click here")), "A date that is drawn anew"),
        (f'<w:fldSimple w:instr=" SAVEDATE ">{run("Click here")}</w:fldSimple>', "A date that is drawn anew"),
        (run("Click here", '<w:color w:val="FFFFFF"/>'), "White letters"),
    ],
)
def test_words_that_nobody_wrote_or_nobody_sees_are_pointed_out(piece: str, look: str) -> None:
    reading = read(piece)
    assert body(reading) == "We Click here agree."
    assert any(note.startswith(look) and "in clause 1: “Click here”" in note for note in reading.notes)


def test_edits_that_stand_against_each_other_are_tracked_changes() -> None:
    def edit(kind: str, words: str) -> str:
        return f'<w14:{kind} {W14} w:author="Amal">{run(words)}</w14:{kind}>'

    reading = read(edit("conflictDel", "never"), edit("conflictIns", "always"))
    assert (body(reading), reading.n_marks) == ("We never agree.", 2)
    assert [(p.author, p.words) for p in reading.proposals] == [("Amal", "We always agree.")]


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        (['<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>', letter("a"), "</m:nary>"], "∑ a"),
        (["<m:nary>", letter("a"), "</m:nary>"], "∫ a"),
        (['<m:d><m:dPr><m:begChr m:val="|"/><m:endChr m:val="|"/></m:dPr>', letter("a"), "</m:d>"], "|a|"),
        (["<m:d>", letter("a"), letter("b"), "</m:d>"], "(a|b)"),
        (["<m:m><m:mr>", letter("a"), letter("b"), "</m:mr></m:m>"], "(a, b; )"),
        (["<m:eqArr>", letter("a"), letter("b"), "</m:eqArr>"], "a; b"),
    ],
)
def test_the_signs_of_a_formula_that_are_no_text_are_written(pieces: list[str], line: str) -> None:
    assert body(read(formula(*pieces))) == f"We {line} agree."


@pytest.mark.parametrize("where", ["docDefaults", "default style"])
def test_what_the_usual_style_hides_is_named_as_hidden(where: str) -> None:
    letters = "<w:rPr><w:vanish/></w:rPr>"
    usual = '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>'
    inside = (
        f"<w:docDefaults><w:rPrDefault>{letters}</w:rPrDefault></w:docDefaults>"
        if where == "docDefaults"
        else f"{usual}{letters}</w:style>"
    )
    reading = read(styles=f"<w:styles>{inside}</w:styles>")
    assert not reading.paper.clauses
    assert any("hidden words" in one.what and "agree" in one.words for one in reading.unplaced)


def test_lines_of_a_table_of_contents_are_named_and_are_no_clauses() -> None:
    lines = (
        f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{run(line)}</w:p>' for line in ("1. Scope 2", "2. Duration 3")
    )
    data = docx(paragraph(run("Title")), *lines, paragraph(run("1. We agree.")), paragraph(run("2. It ends.")))
    reading = read_docx(data, name="a.docx", lang="en")
    assert [clause.number for clause in reading.paper.clauses] == ["1", "2"]
    assert [one.words for one in reading.unplaced] == ["1. Scope 2 2. Duration 3"]
