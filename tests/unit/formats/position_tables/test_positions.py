"""Readers of position files: what they understand, and what they say of what they do not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from goodoffices.errors import DatasetError, ForecastInputError
from goodoffices.forecast import cases_of, lineup_of
from goodoffices.formats.position_tables.detect import format_of, read_positions
from goodoffices.formats.position_tables.deu import COUNCIL_POWER
from goodoffices.position_table import PositionTable
from goodoffices.reports.forecast.lineup_from_view import placed_of

TIDY = "issue,actor,position,salience,capability\nwells,North,0,0.5,1\nwells,South,60,1,2\nroad,North,10,0.2,1\n"
KTAB = "Reform,test,2,1,\nActor,Description,Power,Pstn,Sal,\nA,first,10,30,40,\nB,second,20,60,50,\n"
DECIDE = "'#A'\t'A'\n'#A'\t'B'\n'#P'\t'toll'\n'#M'\t'toll'\t0.5\n'#M'\t'toll'\t7\n'#D'\t'A'\t'toll'\t3.0\t0.7\t1.0\n"
XML = (
    "<Scenario><Dimensions><dName>D</dName></Dimensions><Actors><Actor><name>A</name><capability>5</capability>"
    "<Position><dCoord></dCoord></Position><Salience><dSal>40</dSal></Salience></Actor></Actors></Scenario>"
)


def written(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_tidy_table_becomes_a_lineup_with_absent_actors_left_out(tmp_path: Path) -> None:
    lineup = lineup_of(read_positions(written(tmp_path, TIDY)))
    assert lineup.actors == ("North", "South")
    assert lineup.issues == ("wells", "road")
    assert lineup.only("road").actors == ("North",)


def test_ranges_sources_reference_scale_and_outcome_of_a_tidy_table(tmp_path: Path) -> None:
    text = (
        "actor,position,salience,capability,position_low,position_high,source,reference,outcome,scale_low,scale_high\n"
        "A,4,1,1,4,6,,4,8.8,4,10\nB,10,0.5,2,,,press,4,8.8,4,10\nB,7,0.5,2,,,ministry,4,8.8,4,10\n"
    )
    table = read_positions(written(tmp_path, text))
    [case] = cases_of(table)
    assert (case.issue, case.outcome, case.lineup.scale) == ("table", 8.8, ((4.0, 10.0),))
    assert {entry.column for entry in case.lineup.uncertain} == {"position"}
    assert len(case.lineup.uncertain) == 2


def test_the_programs_csv_and_xml_and_the_tab_separated_format(tmp_path: Path) -> None:
    assert lineup_of(read_positions(written(tmp_path, KTAB))).salience[:, 0].tolist() == [0.4, 0.5]
    assert lineup_of(read_positions(written(tmp_path, XML, "s.xml"))).position[0, 0] == 0.0
    assert lineup_of(read_positions(written(tmp_path, DECIDE))).scale == ((0.5, 7.0),)


@pytest.mark.parametrize(
    ("text", "name"), [(TIDY, "csv"), (KTAB, "ktab-csv"), (DECIDE, "decide"), (XML, "ktab-xml"), ("prnr;isnr;x", "deu")]
)
def test_the_format_is_told_by_the_first_lines(text: str, name: str) -> None:
    assert format_of(text) == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("actor,position\nA,1\n", "line 1, column 1: the column 'salience' is missing"),
        (TIDY.replace("60", "far"), "line 3, column 'position': 'far' is not a number"),
        (TIDY.replace("0.5", "50"), "line 2, column 'salience': 50 is not between 0 and 1; if 100 means full"),
        (TIDY.replace("60", ""), "line 3, column 'position': this cell is empty"),
        (TIDY.replace("1,2\n", "1,-2\n"), "line 3, column 'capability': -2 is below 0"),
        (TIDY.replace("1,2\n", "1,1e308\n"), "line 3, column 'capability': 1e308 is larger than 1e+15"),
        ("actor,position,salience,capability,scale_low,scale_high\nA,5,1,1,5,5\n", "'scale_high': the scale runs"),
        ("actor,position,salience,capability,scale_low\nA,5,1,1,-1e308\n", "column 'scale_low': -1e308 is larger"),
        (TIDY + "wells,North,5,1,1\n", "'North' on issue 'wells' is in 2 rows"),
        (TIDY.splitlines()[0] + "\n", "there is no row"),
        (TIDY + "x,y,1,1,1,9\n", "line 5, column 11: 6 cells under 5 columns"),
        (KTAB.replace("test,2", "test,3"), "3 actors are announced, but 2 lines follow"),
        (KTAB.replace("30", "x"), "line 3, column 'position of Pstn': 'x' is not a number"),
        (DECIDE.replace("'#D'\t'A'", "'#D'\t'C'"), "'C' is not an actor of this file; known: A, B"),
        (DECIDE.replace("\t7\n", "\t0.5\n"), "'toll' has 1 scale points"),
        ("<Scenario><A></Scenario>", "this is not XML"),
        ("actor,position,salience,capability,outcome\nA,1,1,1,5\nB,1,1,1,6\n", "line 3, column 'outcome': '6'"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ForecastInputError) as caught:
        lineup_of(read_positions(written(tmp_path, text)))
    assert words in str(caught.value)


def test_a_missing_file_and_a_table_that_is_not_deu(tmp_path: Path) -> None:
    with pytest.raises(ForecastInputError, match="no such file"):
        read_positions(tmp_path / "absent.csv")
    with pytest.raises(DatasetError, match="are missing; this is not the wide table"):
        read_positions(written(tmp_path, "prnr;isnr;x\n1;2;3\n"))


def deu_text(*rows: dict[str, str], end: str = "\n") -> str:
    """Return a wide table as DEU writes it, with the cells given and all others blank."""
    codes = ("com", "ep", *COUNCIL_POWER)
    header = ["prnr", "isnr", "intro", "finact", "rp", "out", *(f"{c}{code}" for code in codes for c in "ps")]
    return end.join(";".join(line) for line in (header, *([row.get(name, "") for name in header] for row in rows)))


def test_issues_of_two_proposals_with_the_same_number_are_told_apart(tmp_path: Path) -> None:
    row = {"isnr": "1", "pcom": "10", "scom": "50", "pde": "90", "sde": "100", "pfr": "999", "sfr": "50", "out": "40"}
    text = deu_text({"prnr": "7", **row}, {"prnr": "8", **row}, {"prnr": "8", **row, "isnr": "2"}, end="\r\n")
    table = read_positions(written(tmp_path, "\ufeff" + text))
    assert [(issue.name, issue.cluster, issue.outcome) for issue in table.issues] == [
        ("7/1", "7", 40.0), ("8/1", "8", 40.0), ("2", "8", 40.0),
    ]  # fmt: skip
    assert {row.actor for row in table.rows} == {"com", "de"}


def test_a_row_of_the_wide_table_that_ends_early_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    text = deu_text({"prnr": "7", "isnr": "1", "pcom": "10", "scom": "50", "pep": "20", "sep": "50"})
    head, row = text.splitlines()
    table = read_positions(written(tmp_path, f"{head}\n{row.rstrip(';')}\n8;2\n"))
    assert [issue.name for issue in table.issues] == ["1"]


def test_an_outcome_off_the_scale_is_refused_with_its_line(tmp_path: Path) -> None:
    text = "issue,actor,position,salience,capability,outcome\nw,A,1,1,1,120\n"
    with pytest.raises(DatasetError, match="line 2: the outcome 120"):
        cases_of(read_positions(written(tmp_path, text)))


def test_a_dimension_whose_heading_is_missing_is_named_in_a_note(tmp_path: Path) -> None:
    text = "Reform,test,2,2\nActor,Description,Power,Toll Position,Toll Salience{}\nA,one,1,2,3,4,5\nB,two,1,2,3,4,5\n"
    bare = read_positions(written(tmp_path, text.format("")))
    assert bare.notes == ("a dimension has no heading; it is called 'issue 2' here",)
    named = read_positions(written(tmp_path, text.format(",Rate Position,Rate Salience")))
    assert [issue.name for issue in named.issues] == ["Toll", "Rate"]
    assert named.notes == ()


def test_comments_and_titles_of_exchange_files_change_nothing(tmp_path: Path) -> None:
    lines = ["#A\tN\tNorth", "#A\tS\tSouth", "#P\twells\tWells", "#M\twells\t0\tlow", "#M\twells\t100\thigh"]
    lines += ["#D\tN\twells\t10\t0.5\t1", "#D\tS\twells\t90\t0.5\t1"]
    plain = read_positions(written(tmp_path, "\n".join(lines)))
    for comment in ("#/\tmade by hand", "#O\tA title", "'#/'\t'#A'", "#/", "#O it's open"):
        for at in range(len(lines) + 1):
            table = read_positions(written(tmp_path, "\n".join([*lines[:at], comment, *lines[at:]])))
            assert format_of("\n".join([comment, *lines])) == "decide"
            assert [(r.actor, r.position, r.salience) for r in table.rows] == [
                (r.actor, r.position, r.salience) for r in plain.rows
            ]
            assert [(i.name, i.scale) for i in table.issues] == [(i.name, i.scale) for i in plain.issues]
    with pytest.raises(ForecastInputError, match="'#X' is not a kind of line of this format"):
        read_positions(written(tmp_path, "\n".join([*lines, "#X\tsomething"])))
    with pytest.raises(ForecastInputError, match="a #A line has the actor; it has 0"):
        read_positions(written(tmp_path, "\n".join([*lines, "#A"])))


def test_columns_that_are_not_read_are_said(tmp_path: Path) -> None:
    table = read_positions(written(tmp_path, TIDY.replace("capability", "capability,remarks").replace("\nw", "\nw")))
    assert "columns that are not read: remarks" in table.notes
    semicolons = read_positions(written(tmp_path, TIDY.replace(",", ";")))
    assert semicolons.notes == ("read as UTF-8 with semicolons between cells",)
    alike = read_positions(written(tmp_path, TIDY.replace("road,North", "road,N\u043erth")))
    assert alike.notes == ("'North' and 'N\u043erth' look alike, but are different names",)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("</Actors>", "</Actors><Actrs/>", "not read, since the format does not have it: <Actrs> in <Scenario>"),
        ("<name>", "stray <name>", "'stray' in <Actor>"),
        ("<capability>", "<power>7</power><capability>", "<power> in <Actor>"),
        ("<capability>", '<capability unit="divisions">', "unit='divisions' in <capability>"),
        ("<Actors>", "<ModelParameters>loose<A><B>7</B></A></ModelParameters><Actors>", "<B> in <A>"),
        ("<Actors>", "<ModelParameters>loose<A>7</A></ModelParameters><Actors>", "'loose' in <ModelParameters>"),
    ],
)
def test_what_of_the_programs_xml_is_not_read_is_said(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert read_positions(written(tmp_path, XML, "s.xml")).notes == ()
    [note] = read_positions(written(tmp_path, XML.replace(old, new, 1), "s.xml")).notes
    assert said in note


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<name>A</name>", "", "has no name"),
        ("<capability>5</capability>", "", "actor 'A' has 0 <capability>; write it once"),
        ("<capability>5</capability>", "<capability>5</capability>" * 2, "actor 'A' has 2 <capability>"),
        ("<dName>D</dName>", "<dName></dName>", "a dimension has no name"),
    ],
)
def test_an_actor_of_the_programs_xml_has_each_part_once(old: str, new: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ForecastInputError, match=said):
        read_positions(written(tmp_path, XML.replace(old, new, 1), "s.xml"))


@pytest.mark.parametrize("declared", ["UTF-2", "latin-1", "utf-16"])
def test_the_encoding_that_xml_declares_does_not_change_how_utf_8_is_read(declared: str, tmp_path: Path) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>' + XML.replace("<name>A<", "<name>É<")
    assert read_positions(written(tmp_path, text, "s.xml")).rows[0].actor == "É"


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Actor,Description,Power,Sal,Pstn", "here stands the position, but the header says 'Sal'"),
        ("Description,Actor,Power,Pstn,Sal", "here stands the actor, but the header says 'Description'"),
        ("Actor,Description,War Position,Power,Sal", "here stands the influence, but the header says 'War Position'"),
        ("Actor,Description,Power,War Position,Tax Salience", "it stands beside 'War Position', another dimension"),
    ],
)
def test_columns_of_the_programs_csv_stand_where_its_header_says(header: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ForecastInputError, match=said):
        read_positions(written(tmp_path, KTAB.replace("Actor,Description,Power,Pstn,Sal,", header)))


def test_rows_that_end_early_are_said(tmp_path: Path) -> None:
    longer = TIDY.replace("capability\n", "capability,source\n").replace("0.5,1", "0.5,1,desk")
    [note] = read_positions(written(tmp_path, longer)).notes
    assert note == "rows with fewer cells than there are columns; the rest counts as empty: line 3, line 4"


def test_actors_and_issues_without_data_are_said_and_cells_too_many_too(tmp_path: Path) -> None:
    text = DECIDE.replace("'#P'", "'#A'\t'C'\n'#P'\t'tax'\n'#M'\t'tax'\t0\n'#M'\t'tax'\t1\n'#P'", 1)
    notes = read_positions(written(tmp_path, text.replace("1.0\n", "1.0\tmore\n"))).notes
    assert notes == (
        "actors without a line #D, left out: B, C",
        "issues without a line #D: tax",
        "lines with more than 6 cells, of which the rest is not read: line 10",
    )


def wide(**cells: str) -> str:
    """Return a wide table of two issues; ``cells`` are of the first."""
    codes = ("com", "ep", *COUNCIL_POWER)
    head = ["prnr", "isnr", "intro", "finact", "rp", "out", *(f"{side}{code}" for code in codes for side in "ps")]
    first = {name: "50" for name in head} | {"prnr": "p", "isnr": "i1", "finact": "01-02-06", "intro": ""} | cells
    second = first | {name: "" for name in head[4:]} | {"isnr": "i2"} | {"pcom": "20", "scom": "30"}
    return "\n".join(";".join(row) for row in (head, first.values(), second.values())) + "\n"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, None),
        ({"pcom": "999"}, None),
        ({"pcom": "150"}, "numbers outside 0 to 100 other than 999, read as missing (1): pcom in line 2"),
        ({"out": "-5"}, "numbers outside 0 to 100 other than 999, read as missing (1): out in line 2"),
        ({"pfr": ""}, "actors with a salience whose position is blank and not 999, left out (1): fr in line 2"),
        ({"sfr": ""}, "actors with a position but without a salience, left out (1): fr in line 2"),
        ({"finact": "2006"}, "issues without the year of adoption, counted as 2007 (2): line 2, line 3"),
    ],
)
def test_what_of_the_wide_table_is_not_in_the_forecast_is_said(
    cells: dict[str, str], said: str | None, tmp_path: Path
) -> None:
    assert read_positions(written(tmp_path, wide(**cells))).notes == (() if said is None else (said,))


def test_issues_of_the_wide_table_on_which_nobody_takes_part_are_said(tmp_path: Path) -> None:
    text = wide().replace(";20;30;", ";;;")
    [note] = read_positions(written(tmp_path, text)).notes
    assert note == "issues on which no actor has both position and salience, left out (1): line 3"


HEAD = "issue,actor,position,salience,capability"


def positions_in(tmp_path: Path, text: str, name: str = "p.csv") -> PositionTable:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return read_positions(path)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_lines_end_in_every_way(tmp_path: Path, end: str) -> None:
    table = positions_in(tmp_path, end.join([HEAD, "wells,North,10,0.5,1", "wells,South,90,0.5,2"]))
    assert [row.actor for row in table.rows] == ["North", "South"]


def test_an_empty_cell_of_issues_is_refused_and_is_no_issue_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(ForecastInputError, match=r"line 3, column 'issue': this cell is empty; name the issue"):
        positions_in(tmp_path, f"{HEAD}\nwells,North,10,0.5,1\n,South,90,0.5,2\n")


def test_a_table_without_a_column_of_issues_says_that_it_is_taken_as_one(tmp_path: Path) -> None:
    table = positions_in(tmp_path, "actor,position,salience,capability\nNorth,10,0.5,1\n")
    assert [row.issue for row in table.rows] == ["p"]
    assert "no column 'issue': all rows are taken as one, named as the file" in table.notes


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ("10,20,30", "line 2, column 'position': 10 is not between position_low and position_high"),
        ("40,20,30", "line 2, column 'position': 40 is not between position_low and position_high"),
        ("25,30,20", "line 2, column 'position': 25 is not between position_low and position_high"),
    ],
)
def test_a_position_outside_its_own_range_is_refused_with_its_place(tmp_path: Path, cells: str, why: str) -> None:
    head = "issue,actor,position,position_low,position_high,salience,capability"
    with pytest.raises(ForecastInputError, match=why):
        positions_in(tmp_path, f"{head}\nwells,North,{cells},0.5,1\n")


@pytest.mark.parametrize("text", ["wells,North,10,0.5,1\nwells,South,90,0.5,2\n", "<html><table></table></html>"])
def test_a_table_without_headings_is_told_that_columns_are_missing(tmp_path: Path, text: str) -> None:
    with pytest.raises(ForecastInputError, match="the column 'actor' is missing"):
        positions_in(tmp_path, text)


def test_a_control_character_of_a_terminal_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ForecastInputError, match=r"control character U\+009B"):
        positions_in(tmp_path, f"{HEAD}\nwells,No\x9brth,10,0.5,1\n")


@pytest.mark.parametrize(("columns", "cells", "assumed"), [("", "", True), (",scale_low,scale_high", ",0,5", False)])
def test_a_scale_that_nobody_states_is_said_to_be_assumed(
    tmp_path: Path, columns: str, cells: str, assumed: bool
) -> None:
    table = positions_in(tmp_path, f"{HEAD}{columns}\nwells,North,1,0.5,1{cells}\nwells,South,5,0.5,1{cells}\n")
    assert [issue.is_scale_assumed for issue in table.issues] == [assumed]
    placed = placed_of(table)
    assert [issue.is_scale_assumed for issue in placed.issues] == [assumed]
    assert bool(placed.assumptions) is assumed


def test_a_sheet_without_a_name_is_read(tmp_path: Path) -> None:
    odf = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(f'xmlns:{name}="{odf}{name}:1.0"' for name in ("office", "table", "text"))
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in line.split(",")
        )
        + "</table:table-row>"
        for line in (HEAD, "wells,North,10,0.5,1")
    )
    sheet = f'<table:table table:name="">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
    table = read_positions(path)
    assert [row.actor for row in table.rows] == ["North"]
    assert "read as the sheet 'without a name'" in table.notes


@pytest.mark.parametrize("hide", ["row", "column", "filter", "none"])
def test_hidden_rows_and_columns_are_read_and_that_is_said(tmp_path: Path, hide: str) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for at, line in enumerate((HEAD.split(","), ["wells", "North", 10, 0.5, 1], ["wells", "South", 90, 0.5, 1])):
        sheet.write_row(at, 0, line)
    if hide == "filter":
        sheet.autofilter(0, 0, 2, 4)
        sheet.filter_column_list(1, ["North"])
    if hide in ("row", "filter"):
        sheet.set_row(2, None, None, {"hidden": True})
    if hide == "column":
        sheet.set_column(4, 4, None, None, {"hidden": True})
    book.close()
    table = read_positions(path)
    assert [row.actor for row in table.rows] == ["North", "South"]
    assert ("hidden rows and columns of the sheet are read too" in table.notes) is (hide != "none")


@pytest.mark.parametrize("mark", ["struck", "struck in part", "comment", "hidden sheet", "none"])
def test_struck_words_comments_and_hidden_sheets_are_said(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    cover, sheet = book.add_worksheet("Cover"), book.add_worksheet("Positions")
    if mark == "hidden sheet":
        cover.write(0, 0, "Draft")
        cover.hide()
    sheet.activate()
    sheet.set_first_sheet()
    struck = book.add_format({"font_strikeout": True})
    for at, line in enumerate((HEAD.split(","), ["wells", "North", 10, 0.5, 1], ["wells", "South", 90, 0.5, 1])):
        sheet.write_row(at, 0, line, struck if mark == "struck" and at == 2 else None)
    if mark == "struck in part":
        sheet.write_rich_string(2, 1, "Sou", struck, "th")
    if mark == "comment":
        sheet.write_comment(2, 1, "Not sure.")
    book.close()
    notes = [note for note in read_positions(path).notes if "struck" in note or "comments" in note or "hidden" in note]
    expected = {
        "struck": ["words that are struck out are read like all others"],
        "struck in part": ["words that are struck out are read like all others"],
        "comment": ["comments on cells are not read"],
        "hidden sheet": ["hidden sheets are not read: 'Cover'"],
    }
    assert notes == expected.get(mark, [])
