"""Numbers before clauses: typed or drawn, in any figures, repeated or not."""

from __future__ import annotations

import pytest

from docx_files import docx, ended, inserted, listed, numbering, paragraph, run
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.reader import DocxReading, read_docx
from goodoffices.talks.documents.diff import flat

TITLE = paragraph(run("Agreement on wells"))


def read(*paragraphs: str, **parts: str) -> DocxReading:
    return read_docx(docx(TITLE, *paragraphs, **parts), name="a.docx", lang="en")


def one(reading: DocxReading) -> str:
    return flat(reading.paper.clauses[0].pieces)


def numbers(reading: DocxReading) -> list[tuple[str, str]]:
    return [(c.number, flat(c.pieces) or c.heading) for c in reading.paper.clauses]


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ("Article %1", ["1", "2"]),
        ("upperRoman:Article %1 –", ["I", "II"]),
        ("hindiNumbers:المادة %1", ["١", "٢"]),
        ("hindiNumbers:%1-", ["١", "٢"]),
        ("%1)", ["1", "2"]),
        ("§ %1", ["1", "2"]),
        ("upperRoman:%1.", ["I", "II"]),
    ],
)
def test_numbers_that_the_word_processor_draws_are_clauses_whatever_is_drawn_around_them(
    drawn: str, expected: list[str]
) -> None:
    reading = read(
        paragraph(run("One."), frame=listed(1)), paragraph(run("Two."), frame=listed(1)), numbering=numbering((drawn,))
    )
    assert numbers(reading) == list(zip(expected, ["One.", "Two."], strict=True))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("Article 1", "One.", "Article 2", "Two."), ["1", "2"]),
        (("ARTICLE I", "One.", "ARTICLE II", "Two."), ["I", "II"]),
        (("المادة الأولى", "One.", "المادة الثانية:", "Two."), ["1", "2"]),
        (("١- One.", "٢- Two."), ["١", "٢"]),
        (("۱. One.", "۲. Two."), ["۱", "۲"]),
        (("ماده ۱", "One.", "ماده ۲", "Two."), ["۱", "۲"]),
        (("I. One.", "II. Two."), ["I", "II"]),
        (("المادة (١)", "One.", "المادة (٢):", "Two."), ["١", "٢"]),
        (("أولاً: One.", "ثانيًا - Two."), ["1", "2"]),
        (("البند الأول: One.", "البند الثاني: Two."), ["1", "2"]),
        (("ماده واحده", "One.", "ماده دوم:", "Two."), ["1", "2"]),
        (("ARTICLE ONE", "One.", "Article Two.", "Two."), ["1", "2"]),
        (("Rule 1", "One.", "Paragraph 2:", "Two."), ["1", "2"]),
        (("6.) One.", "11A. Two."), ["6", "11A"]),
        (("1 – One.", "2/ Two."), ["1", "2"]),
        (("1.- One.", "Artículo 2º.- Two."), ["1", "2"]),
        (("المـــادة ١: One.", "المادّة ٢: Two."), ["١", "٢"]),
        (("A. One.", "B. Two."), ["A", "B"]),
    ],
)
def test_numbers_that_are_typed_are_clauses(typed: tuple[str, ...], expected: list[str]) -> None:
    reading = read(*(paragraph(run(text)) for text in typed))
    assert numbers(reading) == list(zip(expected, ["One.", "Two."], strict=True))


def test_a_sentence_that_begins_with_an_article_is_no_clause_of_its_own() -> None:
    reading = read(
        paragraph(run("1. On.")), paragraph(run("Article 5 shall apply.")), paragraph(run("I. Newton agrees."))
    )
    assert [c.number for c in reading.paper.clauses] == ["1"]
    assert "Article 5 shall apply." in one(reading)


def test_repeated_numbers_are_paths_under_their_article_and_that_is_said() -> None:
    texts = ("Article 1", "1. One.", "2. Two.", "Article 2", "1. Three.")
    reading = read(*(paragraph(run(text)) for text in texts))
    assert [c.number for c in reading.paper.clauses] == ["1", "1.1", "1.2", "2", "2.1"]
    assert any("1 is read as 2.1" in note for note in reading.notes)


def test_a_list_that_begins_again_without_an_article_is_told_apart_too() -> None:
    reading = read(*(paragraph(run(text)) for text in ("1. One.", "2. Two.", "1. Three.")))
    assert numbers(reading) == [("1", "One."), ("2", "Two."), ("1/2", "Three.")]


def test_the_same_number_in_other_figures_is_the_same_number() -> None:
    reading = read(*(paragraph(run(text)) for text in ("1. One.", "١. Two.")))
    assert len({c.number for c in reading.paper.clauses}) == 2
    assert any("is read as" in note for note in reading.notes)


def test_numbers_are_counted_without_what_others_inserted() -> None:
    more = listed(1) + ended("ins", "N")
    reading = read(
        paragraph(run("One."), frame=listed(1)),
        paragraph(inserted("New.", "N"), frame=more),
        paragraph(run("Two."), frame=listed(1)),
        numbering=numbering(("%1.",)),
    )
    assert numbers(reading) == [("1", "One."), ("2", "Two.")]
    assert [(p.change.value, p.number, p.words, p.follows) for p in reading.proposals] == [("added", "2", "New.", 0)]
    assert "Renumbered: clause 2 becomes 3 by N." in reading.said(names=True)


def test_paths_are_clauses_whether_typed_or_drawn_and_measures_are_not() -> None:
    typed = read(*(paragraph(run(text)) for text in ("1. One.", "1.1 Two.", "1.2 Three.", "2.5 km away.", "2. Four.")))
    assert [c.number for c in typed.paper.clauses] == ["1", "1.1", "1.2", "2"]
    drawn = read(
        *(paragraph(run("Words."), frame=listed(1, level)) for level in (0, 1, 1, 0)),
        numbering=numbering(("%1.", "%1.%2")),
    )
    assert [c.number for c in drawn.paper.clauses] == ["1", "1.1", "1.2", "2"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("المادة ١: T", "١-١ A.", "١-٢ B.", "١٠-٢٠ كم", "المادة ٢: U", "٢-١ C."), ["١", "١.١", "١.٢", "٢", "٢.١"]),
        (("ماده ۱- T", "۱-۱- A.", "۱-۲- B.", "ماده ۲ـ U", "۲-۱- C."), ["۱", "۱.۱", "۱.۲", "۲", "۲.۱"]),
        (("I. T", "I.1 A.", "I.2 B.", "II. U", "II.1 C."), ["I", "I.1", "I.2", "II", "II.1"]),
    ],
)
def test_a_nested_number_is_one_number_and_keeps_out_of_the_words(typed: tuple[str, ...], expected: list[str]) -> None:
    reading = read(*(paragraph(run(text)) for text in typed))
    assert [c.number for c in reading.paper.clauses] == expected
    assert [flat(c.pieces)[:2] for c in reading.paper.clauses] == ["T", "A.", "B.", "U", "C."]


def test_parts_with_letters_stand_above_their_numbers_and_smaller_items_do_not() -> None:
    parts = read(*(paragraph(run(text)) for text in ("A. Zones", "1. On.", "2. Off.", "B. Prisoners", "1. Home.")))
    assert [c.number for c in parts.paper.clauses] == ["A", "A.1", "A.2", "B", "B.1"]
    items = read(*(paragraph(run(text)) for text in ("1. On:", "A. by day;", "B. by night.", "2. Off.", "10 – 20 km.")))
    assert numbers(items) == [("1", "On:\n\nA. by day;\n\nB. by night."), ("2", "Off.\n\n10 – 20 km.")]
    assert [c.number for c in read(paragraph(run("A. Newton agrees.")), paragraph(run("1. On."))).paper.clauses] == [
        "0",
        "1",
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("Article 2", "1. A.", "ANNEX I", "1. B.", "Annex A shall apply."), ["2", "2.1", "Annex-I", "Annex-I.1"]),
        (("المادة ٢: أ", "١. A.", "الملحق الأول: B", "١. C."), ["٢", "٢.١", "الملحق-1", "الملحق-1.١"]),
        (
            ("1. A.", "[Annex 1]", "1. B.", "Schedule: C", "1. D."),
            ["1", "Annex-1", "Annex-1.1", "Schedule", "Schedule.1"],
        ),
    ],
)
def test_points_of_an_annex_do_not_belong_to_the_last_article(typed: tuple[str, ...], expected: list[str]) -> None:
    assert [c.number for c in read(*(paragraph(run(text)) for text in typed)).paper.clauses] == expected


def _field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


CONTENTS = "<w:r><w:instrText> TOC \\h </w:instrText></w:r>"
GALLERY = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'


@pytest.mark.parametrize("in_gallery", [True, False])
@pytest.mark.parametrize("after", ["", "1. On."])
def test_lines_of_a_table_of_contents_are_no_clauses_in_any_style(after: str, *, in_gallery: bool) -> None:
    first = paragraph(_field("begin"), CONTENTS, _field("separate"), run("1. On 2"))
    link = paragraph(
        f'<w:hyperlink w:anchor="a">{_field("begin")}{_field("separate")}{run("2. Off 3")}{_field("end")}</w:hyperlink>'
    )
    if in_gallery:
        lines = f"<w:sdt>{GALLERY}<w:sdtContent>{paragraph(run('1. On 2'))}{link}</w:sdtContent></w:sdt>"
        lines += paragraph(run(after)) if after else ""
    else:
        lines = first + link + paragraph(_field("end"), run(after))
    reading = read(lines, *([] if after else [paragraph(run("1. On."))]), paragraph(run("2. Off.")))
    assert numbers(reading) == [("1", "On."), ("2", "Off.")]
    told = " ".join(one.words for one in reading.unplaced if "table of contents" in one.what)
    assert "On 2" in told and "Off 3" in told


@pytest.mark.slow
def test_many_open_fields_are_read_in_a_moment() -> None:
    many = _field("begin") * 5_000 + _field("separate") * 5_000
    reading = read(paragraph(run("1. On."), many, *[run("a")] * 2_000, _field("end") * 5_000))
    assert [c.number for c in reading.paper.clauses] == ["1"]


def test_a_path_under_a_roman_number_is_drawn_as_one_number() -> None:
    drawn = read(
        *(paragraph(run("Words."), frame=listed(1, level)) for level in (0, 1, 1, 0)),
        numbering=numbering(("upperRoman:%1.", "%1.%2")),
    )
    assert [c.number for c in drawn.paper.clauses] == ["I", "I.1", "I.2", "II"]


def test_a_heading_on_the_next_line_of_its_paragraph_ends_the_number() -> None:
    line = "<w:r><w:br/></w:r>"
    reading = read(paragraph(run("Article 5"), line, run("Prisoners"), line, run("All go home.")))
    assert numbers(reading) == [("5", "Prisoners\nAll go home.")]


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("Article 1 bis.", "1bis"),
        ("1 ter.", "1ter"),
        ("1bis)", "1bis"),
        ("Article II bis –", "IIbis"),
        ("Article 1er –", "1"),
        ("Article premier:", "1"),
        ("Art. 4.", "4"),
        ("Artikel 4.", "4"),
        ("المادة ٢ مكرر:", "٢مكرر"),
        ("المادة الحادية عشرة:", "11"),
        ("المادة الثانية والعشرون:", "22"),
        ("المادة العاشرة:", "10"),
        ("المادة الثلاثون:", "30"),
        ("البند الثاني عشر:", "12"),
        ("المادة ١٠ مكرراً:", "١٠مكررا"),
        ("ماده ۱۰ مکرر-", "۱۰مکرر"),
    ],
)
def test_clauses_put_between_others_and_numbers_in_words_are_clauses(label: str, number: str) -> None:
    reading = read_docx(
        docx(paragraph(run("Title")), paragraph(run("7. First.")), paragraph(run(f"{label} Second."))),
        name="a",
        lang="en",
    )
    assert [(c.number, c.pieces) for c in reading.paper.clauses] == [("7", ("First.",)), (number, ("Second.",))]


def test_an_inserted_article_bis_is_an_added_clause_and_changes_no_other() -> None:
    new = paragraph(inserted("Article 1 bis. Nobody sells.", "Amal"), frame=ended("ins", "Amal"))
    data = docx(
        paragraph(run("Title")), paragraph(run("Article 1. We agree.")), new, paragraph(run("Article 2. Ends."))
    )
    [change] = read_docx(data, name="a", lang="en").proposals
    assert (change.change.value, change.number, change.words) == ("added", "1bis", "Nobody sells.")


@pytest.mark.parametrize(
    ("restart", "expected"), [("", ["1.1", "1.2", "2.1"]), ('<w:lvlRestart w:val="0"/>', ["1.1", "1.2", "2.3"])]
)
def test_a_level_that_never_begins_again_counts_on(restart: str, expected: list[str]) -> None:
    declared = numbering(("%1.", "%1.%2")).replace(
        '<w:lvl w:ilvl="1"><w:start w:val="1"/>', f'<w:lvl w:ilvl="1"><w:start w:val="1"/>{restart}'
    )
    levels = (0, 1, 1, 0, 1)
    paragraphs = [paragraph(run(f"Words {k}."), frame=listed(1, level)) for k, level in enumerate(levels)]
    found = [number for number, _ in numbers(read(*paragraphs, numbering=declared))]
    assert [number for number in found if "." in number] == expected


HEADINGS = (
    '<w:styles><w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="Article"/><w:basedOn w:val="H"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="off"><w:name w:val="Plain"/><w:basedOn w:val="H"/>'
    '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="body"><w:name w:val="Body"/>'
    '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style></w:styles>'
)
"""Styles of headings, one that rests on them, and two that have the level of body text."""


@pytest.mark.parametrize(
    ("style", "frame", "heading"),
    [
        ("H", "", True),
        ("own", "", True),
        ("", '<w:outlineLvl w:val="0"/>', True),
        ("off", '<w:outlineLvl w:val="1"/>', True),
        ("off", "", False),
        ("body", "", False),
        ("", '<w:outlineLvl w:val="9"/>', False),
        ("H", '<w:outlineLvl w:val="9"/>', False),
    ],
)
def test_a_paragraph_is_a_heading_by_its_level_its_style_or_what_the_style_rests_on(
    style: str, frame: str, *, heading: bool
) -> None:
    reading = read(paragraph(run("1. On.")), paragraph(run("Prisoners"), style=style, frame=frame), styles=HEADINGS)
    assert (reading.paper.clauses[-1].heading == "Prisoners") is heading


@pytest.mark.parametrize("tracked", [False, True])
def test_a_heading_under_a_bare_number_is_that_of_the_number(*, tracked: bool) -> None:
    scope = inserted("Scope", "N") if tracked else run("Scope")
    more = ended("ins", "N") if tracked else ""
    reading = read(
        *(paragraph(run(text), style="H") for text in ("Article 1",)),
        paragraph(scope, style="H", frame=more),
        paragraph(run("On.")),
        *(paragraph(run(text), style="H") for text in ("Article 2", "Prisoners", "Exceptions")),
        styles=HEADINGS,
    )
    shown = [(c.number, c.heading) for c in reading.paper.clauses]
    assert shown == [("1", "" if tracked else "Scope"), ("2", "Prisoners"), ("3", "Exceptions")]
    assert [(p.number, p.heading) for p in reading.proposals] == ([("1", "Scope")] if tracked else [])
    assert not reading.unplaced


@pytest.mark.parametrize(("now", "before", "made"), [("own", "body", "a heading"), ("body", "H", "body text")])
def test_a_tracked_style_that_makes_or_ends_a_heading_is_told_with_its_words(now: str, before: str, made: str) -> None:
    change = f'<w:pPrChange w:id="1" w:author="N"><w:pPr><w:pStyle w:val="{before}"/></w:pPr></w:pPrChange>'
    reading = read(paragraph(run("1. On.")), paragraph(run("Prisoners"), style=now, frame=change), styles=HEADINGS)
    assert any(f"makes {made} of words" in note and "“Prisoners”" in note for note in reading.said(names=True))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("[1. A.]", "2. B."), ["[1.] A.", "2. B."]),
        (("[١. A. ]", "2. B."), ["[١.] A.", "2. B."]),
        (("[Article 1. A [x | y].]", "2. B."), ["[1.] A [A: x | B: y].", "2. B."]),
        (("[1. A] or B.", "2. B."), ["1. [A: A] or B.", "2. B."]),
        (("[1. A.", "more]", "2. B."), ["[1.] A.\n\nmore", "2. B."]),
        (("1. O.", "[2. A.", "3. B.]", "4. C."), ["1. O.", "[2.] A.", "[3.] B.", "4. C."]),
    ],
)
def test_a_bracket_that_begins_before_a_number_ends_where_it_is_closed(
    typed: tuple[str, ...], expected: list[str]
) -> None:
    reading = read(*(paragraph(run(text)) for text in typed))
    shown = [f"[{c.number}.]" if c.open_number else f"{c.number}." for c in reading.paper.clauses]
    assert [f"{n} {flat(c.pieces)}" for n, c in zip(shown, reading.paper.clauses, strict=True)] == expected
    assert any("runs from clause 2 to the end of clause 3" in note for note in reading.notes) is (len(expected) == 4)


def test_a_heading_in_brackets_keeps_no_bracket_in_its_words() -> None:
    frame = '<w:outlineLvl w:val="0"/>'
    [clause] = read(paragraph(run("[Article 2. Prisoners]"), frame=frame), paragraph(run("A."))).paper.clauses
    assert (clause.number, clause.open_number, clause.heading) == ("2", True, "Prisoners")


def test_a_bracket_that_nothing_closes_is_refused_and_one_that_nothing_opens_is_told() -> None:
    with pytest.raises(ScenarioFileError, match=r"clause 1: the bracket that begins “.A.” is not closed"):
        read(paragraph(run("[1. A.")), paragraph(run("2. B.")))
    reading = read(paragraph(run("1. A.] B.")))
    assert one(reading) == "A.] B."
    assert "Clause 1: a ] without a [ before it is kept as a character." in reading.notes
