"""Words in every kind of container, and every kind of tracked mark: in the text, in a change, or named."""

from __future__ import annotations

import pytest

from docx_files import deleted, docx, ended, inserted, paragraph, run
from goodoffices.formats.docx.reader import DocxReading, read_docx
from goodoffices.talks.documents.diff import flat
from goodoffices.talks.documents.document import Bracket, Variant

TITLE = paragraph(run("Agreement on wells"))
LAST = paragraph(run("2. Area A."))
BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p>{}</w:p>'
    "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>"
)


def read(*paragraphs: str, **parts: str) -> DocxReading:
    return read_docx(docx(TITLE, *paragraphs, **parts), name="a.docx", lang="en")


def clause(*runs: str) -> DocxReading:
    return read(paragraph(run("1. It shall "), *runs, run("enter into force.")), LAST)


def one(reading: DocxReading) -> str:
    return flat(reading.paper.clauses[0].pieces)


@pytest.mark.parametrize(
    "wrapped",
    [
        '<w:dir w:val="rtl">{}</w:dir>',
        '<w:bdo w:val="rtl">{}</w:bdo>',
        '<w:customXml w:element="e">{}</w:customXml>',
        '<w:smartTag w:element="e">{}</w:smartTag>',
        '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
        '<w:fldSimple w:instr="REF x">{}</w:fldSimple>',
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<mc:AlternateContent><mc:Choice Requires="wps">{}</mc:Choice></mc:AlternateContent>',
        "<w:newerThanWeAre>{}</w:newerThanWeAre>",
    ],
)
def test_words_are_read_in_whatever_they_are_wrapped(wrapped: str) -> None:
    assert one(clause(wrapped.format(run("not ")))) == "It shall not enter into force."
    tracked = clause(wrapped.format(inserted("not ", "N")))
    assert one(tracked) == "It shall enter into force."
    assert [p.words for p in tracked.proposals] == ["It shall not enter into force."]
    around = clause(f'<w:ins w:id="1" w:author="N">{wrapped.format(run("not "))}</w:ins>')
    assert [p.words for p in around.proposals] == ["It shall not enter into force."]


@pytest.mark.parametrize("odd", ["<w:r><w:tx>not </w:tx></w:r>", "<w:r>not </w:r>", "<w:newer>not </w:newer>"])
def test_words_in_an_element_that_holds_none_are_told(odd: str) -> None:
    reading = clause(odd)
    assert one(reading) == "It shall enter into force."
    assert any("clause 1" in note and "“not”" in note for note in reading.said(names=True)), reading.said(names=True)


def test_a_change_of_an_unknown_kind_is_told() -> None:
    reading = clause(f'<w:moveFromx w:id="7" w:author="Ann">{run("not ")}</w:moveFromx>')
    assert reading.n_marks == 1
    assert any("a change of an unknown kind by Ann" in note for note in reading.said(names=True))


def test_a_formula_stands_in_the_line() -> None:
    assert one(clause("<m:oMath><m:r><m:t>d=5 </m:t></m:r></m:oMath>")) == "It shall d=5 enter into force."


def test_a_fraction_is_written_in_one_line_and_that_is_said() -> None:
    half, read_ = "<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f>", "<m:r><m:t>{}</m:t></m:r>"
    reading = clause(f"<m:oMath>{half.format(read_.format('1'), read_.format('2'))}</m:oMath>", run(" "))
    assert one(reading) == "It shall (1)/(2) enter into force."
    assert "A formula is written in one line, as (1)/(2). Check it." in reading.notes


def test_a_struck_formula_is_a_change_of_its_author() -> None:
    reading = clause(f'<m:oMath><w:del w:id="1" w:author="N"><m:r><m:t>x</m:t></m:r></w:del></m:oMath>{run(" ")}')
    assert [(p.before, p.words) for p in reading.proposals] == [
        ("It shall x enter into force.", "It shall enter into force.")
    ]


@pytest.mark.parametrize(
    ("inside", "sentence"),
    [
        (BOX.format(run("We reserve.")), "Left out: words in a text box in clause 1: “We reserve.”."),
        (BOX.format(inserted("Ours.", "N")), "Not placed: an insertion in a text box by N in clause 1: “Ours.”."),
        (run("secret ", "<w:vanish/>"), "Left out: hidden words in clause 1: “secret”."),
        (run("old ", "<w:dstrike/>"), "Left out: words struck twice in clause 1: “old”."),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>aid</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>base </w:t></w:r></w:rubyBase>"
            "</w:ruby></w:r>",
            "Left out: words in a reading aid above the line in clause 1: “aid”.",
        ),
    ],
)  # fmt: skip
def test_what_is_beside_the_line_is_named_with_its_clause(inside: str, sentence: str) -> None:
    assert sentence in clause(inside).said(names=True)


def test_notes_and_headers_are_named_with_their_words() -> None:
    inside = f"<w:p>{run('Kept.')}{inserted('Ours.', 'N')}</w:p>"
    notes = f'<w:footnotes><w:footnote w:id="2">{inside}</w:footnote></w:footnotes>'
    reading = read(
        paragraph(run("1. On."), '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        LAST,
        footnotes=notes,
        header1=f"<w:hdr>{paragraph(run('Draft of Tuesday'))}</w:hdr>",
    )
    assert reading.n_marks == 1
    assert "Left out: words in a footnote in clause 1: “Kept.”." in reading.said(names=True)
    assert "Not placed: an insertion in a footnote by N in clause 1: “Ours.”." in reading.said(names=True)
    assert "Left out: words in a header beside the text: “Draft of Tuesday”." in reading.said(names=True)


def test_names_of_authors_are_said_only_where_they_may_be() -> None:
    reading = clause(BOX.format(inserted("We reserve.", "Colonel Haddad")))
    assert not any("Haddad" in sentence for sentence in reading.said(names=False))


def test_characters_of_a_font_of_symbols_are_shown() -> None:
    symbol = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
    assert one(clause(symbol.format("Symbol", "F0B3"), run(" "))) == "It shall ≥ enter into force."
    assert one(clause(symbol.format("Unheard Of", "F0B3"), run(" "))) == "It shall □ enter into force."


@pytest.mark.parametrize("mark", ["ins", "del"])
def test_a_row_that_is_tracked_as_a_whole_is_a_change(mark: str) -> None:
    row = f'<w:tr><w:trPr><w:{mark} w:id="1" w:author="N"/></w:trPr><w:tc>{paragraph(run("Fuel"))}</w:tc></w:tr>'
    reading = read(paragraph(run("1. Goods:")), f"<w:tbl>{row}</w:tbl>", LAST)
    [proposal] = reading.proposals
    assert {proposal.before, proposal.words} == {"Goods:", "Goods:\n\nFuel"}
    assert proposal.words == ("Goods:\n\nFuel" if mark == "ins" else "Goods:")
    assert reading.unplaced == ()


@pytest.mark.parametrize(
    ("now", "what"),
    [
        ("<w:strike/>", "a change of formatting that strikes out words"),
        ("<w:vanish/>", "a change of formatting that hides words"),
        ("<w:caps/>", "a change of formatting that puts words into capitals"),
        ("<w:b/>", "a change of formatting alone"),
    ],
)
def test_tracked_formatting_is_counted_and_named(now: str, what: str) -> None:
    change = f'{now}<w:rPrChange w:id="1" w:author="N"><w:rPr/></w:rPrChange>'
    reading = clause(run("never ", change))
    assert reading.n_marks == 1
    assert any(sentence.startswith(f"Not placed: {what} by N in clause 1") for sentence in reading.said(names=True))


def test_words_that_are_struck_by_hand_are_read_and_that_is_said() -> None:
    reading = clause(run("never ", "<w:strike/>"))
    assert one(reading) == "It shall never enter into force."
    assert any("“never” is struck out by hand" in note for note in reading.notes)


def test_words_that_the_same_author_added_and_took_back_are_named() -> None:
    twice = f'<w:ins w:id="1" w:author="N">{deleted("never ", "N")}</w:ins>'
    reading = clause(twice)
    assert reading.proposals == ()
    assert any("“never”" in sentence for sentence in reading.said(names=True))


def test_a_change_of_blanks_alone_is_named() -> None:
    reading = clause(inserted(" ", "N"))
    assert reading.proposals == ()
    assert "Not placed: an insertion by N in clause 1." in reading.said(names=True)


def test_each_of_two_authors_inside_each_other_keeps_the_wish() -> None:
    inner = f"{run('at once ')}{deleted('by day ', 'B')}{run('and ')}"
    reading = clause(f'<w:ins w:id="1" w:author="A">{inner}</w:ins>')
    assert [(p.author, p.words) for p in reading.proposals] == [
        ("A", "It shall at once by day and enter into force."),
        ("B", "It shall at once and enter into force."),
    ]
    assert "Shown together: words that another author inserted are changed by B in clause 1." in reading.said(
        names=True
    )
    assert not any(sentence.startswith("Not placed") for sentence in reading.said(names=True))


def test_who_inserts_words_that_another_adds_to_is_shown_without_the_addition() -> None:
    inner = f'{run("at once ")}<w:ins w:id="2" w:author="B">{run("never ")}</w:ins>'
    reading = clause(f'<w:ins w:id="1" w:author="A">{inner}</w:ins>')
    assert [(p.author, p.words) for p in reading.proposals] == [
        ("A", "It shall at once enter into force."),
        ("B", "It shall at once never enter into force."),
    ]
    assert not any(sentence.startswith("Not placed") for sentence in reading.said(names=True))


def test_words_in_a_clause_that_another_author_inserts_do_not_spoil_the_next_clause() -> None:
    added = paragraph(
        inserted("2. Ours", "A"), inserted(" and theirs", "B"), inserted(".", "A"), frame=ended("ins", "A")
    )
    reading = read(paragraph(run("1. On.")), added, paragraph(run("2. Area A.")))
    assert [(p.author, p.change.value, p.words) for p in reading.proposals] == [
        ("A", "added", "Ours."),
        ("B", "added", "Ours and theirs."),
    ]


def test_a_letter_in_a_bracket_that_a_change_breaks_does_not_stop_the_reading() -> None:
    reading = read(paragraph(run("1. On [30 December"), deleted("]", "N"), run(".")), LAST)
    assert [p.words for p in reading.proposals] == ["On \\[30 December."]
    assert any("breaks a bracket" in note for note in reading.notes)


def test_an_empty_bracket_is_kept_to_be_filled() -> None:
    reading = read(paragraph(run("1. Troops withdraw on [ ] December.")))
    assert reading.paper.clauses[0].pieces[1] == Bracket(variants=(Variant(pieces=("…",)),))
    assert reading.notes == ("Clause 1: an empty bracket is kept as […], to be filled.",)


def test_brackets_that_cannot_be_read_are_refused_with_their_clause() -> None:
    with pytest.raises(ValueError, match=r"a\.docx: clause 2: two variants of a bracket have the same text"):
        read(paragraph(run("1. On.")), paragraph(run("2. [A: x | B: x]")))
    with pytest.raises(ValueError, match=r"clause 2: the bracket that begins “\[in May” is not closed"):
        read(paragraph(run("1. On.")), paragraph(run("2. At [noon] or [in May")))
    with pytest.raises(ValueError, match=r"before the first clause: the bracket that begins “\[in May”"):
        read(paragraph(run("Or [in May")), paragraph(run("1. On.")))


UP, DOWN = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'


@pytest.mark.parametrize(
    ("words", "frame", "read_as"),
    [
        ("6", UP, "10⁶ "),
        ("-6", UP, "10⁻⁶ "),
        ("2", DOWN, "10₂ "),
        ("6", '<w:position w:val="8"/>', "10⁶ "),
        ("6", '<w:position w:val="-8"/>', "10₆ "),
        ("6", '<w:rStyle w:val="Up"/>', "10⁶ "),
        ("2y", UP, "10^(2y) "),
        ("٦", UP, "10^(٦) "),
        ("6", "<w:b/>", "106 "),
        ("6", '<w:position w:val="0"/>', "106 "),
    ],
)
def test_a_raised_or_lowered_figure_never_becomes_a_figure_of_the_number_before_it(
    words: str, frame: str, read_as: str
) -> None:
    styles = (
        f'<w:styles><w:style w:styleId="Base" w:type="character"><w:rPr>{UP}</w:rPr></w:style>'
        '<w:style w:styleId="Up" w:type="character"><w:basedOn w:val="Base"/></w:style></w:styles>'
    )
    reading = read(paragraph(run("1. Pay 10"), run(words, frame), run(" crowns.")), LAST, styles=styles)
    assert one(reading) == f"Pay {read_as}crowns."


def test_raised_letters_stay_on_the_line_and_are_named_with_their_clause() -> None:
    reading = clause(run("the 1"), run("st", UP), run(" day "))
    assert one(reading) == "It shall the 1st day enter into force."
    assert "Raised or lowered letters are read on the line in clause 1: “st”." in reading.notes


def test_white_letters_and_coloured_underlined_ones_are_read_and_named_with_their_clause() -> None:
    red = '<w:color w:val="FF0000"/><w:u w:val="single"/>'
    reading = clause(
        run("never ", '<w:color w:val="FFFFFF"/>'), run("always ", red), run("so ", '<w:u w:val="single"/>')
    )
    assert one(reading) == "It shall never always so enter into force."
    assert [note.rpartition(": ")[2] for note in reading.notes if "letters" in note] == ["“never”.", "“always”."]


def test_a_hidden_row_is_hidden_and_named() -> None:
    row = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{paragraph(run('Post 2'))}</w:tc></w:tr>"
    reading = read(paragraph(run("1. Posts:")), f"<w:tbl>{row}</w:tbl>", LAST)
    assert one(reading) == "Posts:"
    assert "Left out: hidden words in clause 1: “Post 2”." in reading.said(names=True)


def test_a_remark_over_two_clauses_keeps_their_words_apart() -> None:
    said = f'<w:comments><w:comment w:id="4" w:author="N">{paragraph(run("Both?"))}</w:comment></w:comments>'
    start, end = (f'<w:commentRange{what} w:id="4"/>' for what in ("Start", "End"))
    [remark] = read(paragraph(run("1. "), start, run("It ends.")), paragraph(run("2. A."), end), comments=said).remarks
    assert remark.on == "It ends. A."
