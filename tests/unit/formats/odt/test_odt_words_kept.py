"""OpenDocument texts of other programs: no word and no tracked change is lost, and what is hidden stays so."""

from __future__ import annotations

import io
import zipfile

import pytest

from goodoffices.formats.docx.reader import DocxReading
from goodoffices.formats.odt.reader import read_odt
from goodoffices.talks.documents.diff import flat

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    [
        *(
            f'xmlns:{short}="{_ODF}{name}:1.0"'
            for short, name in {
                "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing",
                "form": "form",
            }.items()
        ),
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"',
        f'xmlns:fo="{_ODF}xsl-fo-compatible:1.0"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        f'xmlns:svg="{_ODF}svg-compatible:1.0"',
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
    ]
)  # fmt: skip
MATH = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mfrac><mn>2</mn><mn>3</mn></mfrac>'
    '<annotation encoding="StarMath 5.0">{2 over 3}</annotation></semantics></math>'
)


def read(body: str, *, changes: str = "", header: str = "", styles: str = "", **objects: str) -> DocxReading:
    made = io.BytesIO()
    tracked = f"<text:tracked-changes>{changes}</text:tracked-changes>"
    content = f"<office:body><office:text>{tracked}<text:p>Title</text:p>{body}</office:text></office:body>"
    page = f'<style:master-page style:name="S"><style:header>{header}</style:header></style:master-page>'
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        automatic = f"<office:automatic-styles>{styles}</office:automatic-styles>"
        packed.writestr(
            "content.xml", f"<office:document-content {_SPACES}>{automatic}{content}</office:document-content>"
        )
        master = f"<office:master-styles>{page}</office:master-styles>"
        packed.writestr("styles.xml", f"<office:document-styles {_SPACES}>{master}</office:document-styles>")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        for name, text in objects.items():
            packed.writestr(f"{name}/content.xml", text)
    return read_odt(made.getvalue(), name="a.odt", lang="en")


def line(inside: str) -> str:
    return f"<text:p>1. We {inside}agree.</text:p><text:p>2. It ends.</text:p>"


def region(kind: str, content: str = "", author: str = "Amal") -> str:
    said = f"<office:change-info><dc:creator>{author}</dc:creator></office:change-info>"
    return f'<text:changed-region text:id="c"><text:{kind}>{said}{content}</text:{kind}></text:changed-region>'


def numbers(reading: DocxReading) -> list[tuple[str, str]]:
    return [(clause.number, flat(clause.pieces)) for clause in reading.paper.clauses]


START, END = '<text:change-start text:change-id="c"/>', '<text:change-end text:change-id="c"/>'
POINT = '<text:change text:change-id="c"/>'
PICTURE = "<draw:frame><draw:image/></draw:frame>"


@pytest.mark.parametrize(
    ("inside", "changes"),
    [
        (f"{START}{PICTURE}{END}", region("insertion")),
        (f"{START}{END}", region("insertion")),
        (POINT, region("deletion", f"<text:p>{PICTURE}</text:p>")),
        (POINT, region("deletion")),
        (POINT, region("deletion", "<text:p><office:annotation><text:p>Why?</text:p></office:annotation></text:p>")),
        (
            f"<draw:frame><draw:text-box><text:p>{START}{PICTURE}{END}</text:p></draw:text-box></draw:frame>",
            region("format-change"),
        ),
        (f"{START}{END}", region("format-change")),
    ],
)
def test_a_tracked_change_without_words_is_counted_and_placed_in_its_clause(inside: str, changes: str) -> None:
    reading = read(line(inside), changes=changes)
    assert reading.n_marks == 1
    assert [(one.author, one.place) for one in reading.unplaced] == [("Amal", "in clause 1")]


def test_a_tracked_change_that_the_text_never_names_keeps_its_words() -> None:
    [one] = read(line(""), changes=region("deletion", "<text:p>lost words</text:p>")).unplaced
    assert (one.author, one.words, one.place) == ("Amal", "lost words", "beside the text")


def test_tracked_changes_of_headers_and_tables_are_counted() -> None:
    header = (
        f"<text:tracked-changes>{region('insertion')}</text:tracked-changes><text:p>Draft {START}never{END}</text:p>"
    )
    reading = read(line(""), header=header)
    assert (reading.n_marks, [one.words for one in reading.unplaced]) == (1, ["Draft", "never"])
    table = (
        "<table:table><table:tracked-changes><table:deletion><office:change-info><dc:creator>Amal</dc:creator>"
        "</office:change-info></table:deletion></table:tracked-changes></table:table>"
    )
    assert read(line("") + table).n_marks == 1


def test_a_change_that_is_named_and_not_described_is_said() -> None:
    assert any("does not describe: 1" in note for note in read(line(f"{START}never {END}")).notes)


def test_the_author_is_found_where_older_programs_write_it() -> None:
    older = (
        '<text:changed-region text:id="c"><text:insertion><office:change-info office:chg-author="Old"/>'
        "</text:insertion></text:changed-region>"
    )
    [proposal] = read(line(f"{START}all {END}"), changes=older).proposals
    assert (proposal.author, proposal.words) == ("Old", "We all agree.")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<text:section text:display="none"><text:p>2. Secret.</text:p></text:section>', "2. Secret."),
        ('<text:section text:is-hidden="true"><text:p>2. Secret.</text:p></text:section>', "2. Secret."),
        ('<text:p><text:hidden-paragraph text:is-hidden="true"/>2. Secret.</text:p>', "2. Secret."),
        ('<text:p><text:hidden-text text:is-hidden="true" text:string-value="Secret."/></text:p>', "Secret."),
    ],
)
def test_what_is_hidden_is_named_as_hidden_and_is_no_part_of_the_text(body: str, words: str) -> None:
    reading = read(f"<text:p>1. We agree.</text:p>{body}<text:p>3. It ends.</text:p>")
    assert numbers(reading) == [("1", "We agree."), ("3", "It ends.")]
    [hidden] = reading.unplaced
    assert (hidden.what, hidden.words) == ("hidden words", words)


@pytest.mark.parametrize(
    ("inside", "objects", "words"),
    [
        ('<draw:frame><draw:object xlink:href="./Object"/></draw:frame>', {"Object": MATH}, "{2 over 3}"),
        (f"<draw:frame><draw:object>{MATH}</draw:object></draw:frame>", {}, "{2 over 3}"),
        ('<draw:frame><draw:object xlink:href="./Object/"/></draw:frame>', {"Object": "<a><p>Inner</p></a>"}, "Inner"),
        ("<text:script>alert()</text:script>", {}, "alert()"),
    ],
)
def test_words_of_formulas_objects_and_scripts_are_named_with_their_clause(
    inside: str, objects: dict[str, str], words: str
) -> None:
    reading = read(line(inside), **objects)
    assert [(one.place, one.words) for one in reading.unplaced] == [("in clause 1", words)]
    assert not any("not understood" in note for note in reading.notes)


def test_the_parts_of_a_form_are_named_with_what_they_show() -> None:
    box = '<form:checkbox form:id="c1" form:label="North accepts" form:current-state="checked"/>'
    form = f"<office:forms><form:form>{box}</form:form></office:forms>"
    [one] = read(line('<draw:control draw:control="c1"/>') + form).unplaced
    assert (one.place, one.words) == ("in clause 1", "☒ North accepts")


@pytest.mark.parametrize("named", ["", '<style:style style:name="P" style:family="paragraph"/>'])
def test_what_the_default_style_hides_is_hidden(named: str) -> None:
    letters = '<style:text-properties text:display="none"/>'
    usual = f'<style:default-style style:family="paragraph">{letters}</style:default-style>'
    style = ' text:style-name="P"' if named else ""
    body = f"<text:p{style}>1. We agree.</text:p>"
    reading = read(body, styles=usual + named)
    assert not reading.paper.clauses
    assert any(one.what == "hidden words" and "We agree." in one.words for one in reading.unplaced)


def test_a_list_that_begins_again_at_a_number_counts_from_there() -> None:
    style = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-suffix="." '
        'style:num-format="1"/></text:list-style>'
    )
    items = (
        f"<text:list-item{start}><text:p>{words}</text:p></text:list-item>"
        for start, words in (("", "One."), (' text:start-value="5"', "Five."), ("", "Six."))
    )
    body = f'<text:list text:style-name="L">{"".join(items)}</text:list>'
    assert numbers(read(body, styles=style)) == [("1", "One."), ("5", "Five."), ("6", "Six.")]


def test_lines_of_a_table_of_contents_are_no_clauses() -> None:
    contents = (
        "<text:table-of-content><text:index-body><text:p>1. Scope 2</text:p></text:index-body></text:table-of-content>"
    )
    reading = read(contents + line(""))
    assert [number for number, _ in numbers(reading)] == ["1", "2"]
    assert [one.words for one in reading.unplaced] == ["1. Scope 2"]


def test_a_section_that_is_linked_to_another_file_is_said() -> None:
    linked = '<text:section><text:section-source xlink:href="b.odt"/><text:p>3. Kept.</text:p></text:section>'
    assert any("linked to another file" in note for note in read(line("") + linked).notes)


@pytest.mark.parametrize(
    ("position", "words"),
    [("super 58%", "10⁶"), ("33% 58%", "10⁶"), ("sub 58%", "10₆"), ("-33% 58%", "10₆"), ("0% 100%", "106")],
)
def test_a_raised_or_lowered_figure_stays_apart_from_the_number_before_it(position: str, words: str) -> None:
    styles = (
        '<style:style style:name="T1" style:family="text">'
        f'<style:text-properties style:text-position="{position}"/></style:style>'
    )
    reading = read(line('pay 10<text:span text:style-name="T1">6</text:span> and '), styles=styles)
    assert flat(reading.paper.clauses[0].pieces) == f"We pay {words} and agree."


@pytest.mark.parametrize(
    ("kind", "inside", "words"),
    [
        ("CHECKBOX", '<field:param field:name="Checkbox_Checked" field:value="true"/>', "☒"),
        ("CHECKBOX", '<field:param field:name="Checkbox_Checked" field:value="false"/>', "☐"),
        (
            "DROPDOWN",
            '<field:param field:name="Dropdown_ListEntry" field:value="May"/>'
            '<field:param field:name="Dropdown_ListEntry" field:value="June"/>'
            '<field:param field:name="Dropdown_Selected" field:value="1"/>',
            "June",
        ),
    ],
)
def test_an_old_form_field_is_read_as_it_is_shown(kind: str, inside: str, words: str) -> None:
    mark = f'<field:fieldmark field:type="vnd.oasis.opendocument.field.FORM{kind}">{inside}</field:fieldmark> '
    assert flat(read(line(mark)).paper.clauses[0].pieces) == f"We {words} agree."


def test_white_letters_and_coloured_underlined_ones_are_named_with_their_clause() -> None:
    style = '<style:style style:name="{}" style:family="text"><style:text-properties {}/></style:style>'
    styles = style.format("T1", 'fo:color="#ffffff"')
    styles += style.format("T2", 'fo:color="#ff0000" style:text-underline-style="solid"')
    span = '<text:span text:style-name="{}">{}</text:span> '
    notes = read(line(span.format("T1", "never") + span.format("T2", "always")), styles=styles).notes
    assert "White letters are read like all others, in clause 1: “never”." in notes
    hand = "Coloured, underlined letters may be a change marked by hand. They are read like all others, in clause 1"
    assert f"{hand}: “always”." in notes


def test_a_remark_and_a_note_in_deleted_words_are_no_words_of_the_clause() -> None:
    remark = "<office:annotation><dc:creator>N</dc:creator><text:p>Why?</text:p></office:annotation>"
    note = '<text:note text:note-class="footnote"><text:note-body><text:p>See B.</text:p></text:note-body></text:note>'
    frame = "<draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box></draw:frame>"
    reading = read(
        line('<text:change text:change-id="c"/>'),
        changes=region("deletion", f"<text:p>never {remark}{note}{frame}</text:p>"),
    )
    assert flat(reading.paper.clauses[0].pieces) == "We never agree."
    assert [p.words for p in reading.proposals] == ["We agree."]
    assert [(r.number, r.words) for r in reading.remarks] == [("1", "Why?")]
    assert {one.words for one in reading.unplaced} >= {"See B.", "Boxed."}


def test_what_an_author_says_of_a_change_is_a_remark_at_its_place() -> None:
    said = region("insertion").replace("</office:change-info>", "<text:p>We insist.</text:p></office:change-info>")
    start, end = (f'<text:change-{what} text:change-id="c"/>' for what in ("start", "end"))
    placed, lost = read(line(f"{start}all {end}"), changes=said), read(line(""), changes=said)
    assert [(r.number, r.author, r.words) for r in placed.remarks] == [("1", "Amal", "We insist.")]
    assert [(r.number, r.author, r.words) for r in lost.remarks] == [("", "Amal", "We insist.")]


LIST = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-suffix="." '
    'style:num-format="1"/></text:list-style>'
)


def items(*words: str, more: str = "") -> str:
    inside = "".join(f"<text:list-item><text:p>{one}</text:p></text:list-item>" for one in words)
    return f'<text:list text:style-name="L"{more}>{inside}</text:list>'


@pytest.mark.parametrize(
    ("body", "content", "expected"),
    [
        # A deleted item before a paragraph that is in no list, and one after which the item's own end is left.
        (items("One.") + f"<text:p>{POINT}Plain.</text:p>", items("Two.") + "<text:p/>", ["One.", "Two.\n\nPlain."]),
        (items("One.", POINT), items("Two.") + "<text:p>Plain.</text:p>", ["One.", "Two.\n\nPlain."]),
        (items("One.", f"{POINT}Three."), items("Two.", ""), ["One.", "Two.", "Three."]),
        # Only the end of a paragraph was deleted: the item after it goes on in the paragraph that is in no list.
        (items("One.") + f"<text:p>Plain.{POINT}Two.</text:p>", "<text:p/>" + items(""), ["One.\n\nPlain.", "Two."]),
        (items(f"One.{POINT}", "Three."), items("", "Two."), ["One.", "Two.", "Three."]),
    ],
)
def test_deleted_paragraphs_keep_the_list_that_they_stood_in(body: str, content: str, expected: list[str]) -> None:
    reading = read(body, changes=region("deletion", content), styles=LIST)
    assert [(c.number, flat(c.pieces)) for c in reading.paper.clauses] == [
        (str(k), words) for k, words in enumerate(expected, start=1)
    ]


def test_descriptions_of_pictures_and_unfilled_fields_are_named() -> None:
    picture = "<draw:frame><svg:title>Map</svg:title><svg:desc>The line</svg:desc></draw:frame>"
    empty = '<loext:content-control loext:showing-place-holder="true">Choose </loext:content-control>'
    reading = read(line(picture + empty))
    assert [(one.place, one.words) for one in reading.unplaced] == [("in clause 1", "Map The line")]
    assert any("An empty field" in note and "in clause 1: “Choose”" in note for note in reading.notes)


@pytest.mark.parametrize("font", ["Symbol", "Symbol1"])
def test_a_symbol_is_what_its_font_shows(font: str) -> None:
    style = (
        '<style:style style:name="S" style:family="text">'
        f'<style:text-properties style:font-name="{font}"/></style:style>'
    )
    reading = read(line('<text:span text:style-name="S">\uf0b3</text:span> 10 km '), styles=style)
    assert flat(reading.paper.clauses[0].pieces) == "We ≥ 10 km agree."


@pytest.mark.slow
def test_a_deletion_that_is_named_again_is_read_once_and_that_is_said() -> None:
    long = region("deletion", f"<text:p>{'<text:span>w</text:span>' * 500}</text:p>")
    reading = read(line(POINT * 5_000), changes=long)
    assert flat(reading.paper.clauses[0].pieces) == f"We {'w' * 500}agree."
    assert "Deletions that the file names at several places: 4999. Each is read at the first." in reading.notes


@pytest.mark.parametrize(("fixed", "told"), [("", True), (' text:fixed="true"', False)])
def test_a_date_that_is_not_fixed_is_told(fixed: str, *, told: bool) -> None:
    reading = read(line(f"<text:date{fixed}>3 May 2017</text:date> "))
    assert flat(reading.paper.clauses[0].pieces) == "We 3 May 2017 agree."
    assert any("drawn anew" in note and "in clause 1: “3 May 2017”" in note for note in reading.notes) is told
