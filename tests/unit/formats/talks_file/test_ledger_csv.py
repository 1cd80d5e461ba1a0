"""Tables of ledgers' days: what is not stated stays so, and parts that do not add up are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from formats_helpers import ACTORS, ROOT, checked, kinds
from goodoffices.formats.talks_file.reader import check, check_command, read_talks
from spreadsheet_files import Sheets, ods, xlsx

HEADER = "day,n_days,ledger,governorate,count,confirmed_by_other,explained_by_other,total_as_stated,source,note\n"
LEDGERS = ACTORS + (
    "areas: {hama: {names: {en: Hama, ar: حماة}}, homs: {names: {en: Homs}}}\n"
    "ledgers:\n  n: {keeper: north, days_from: days.csv}\n  s: {keeper: south, title: Theirs, days_from: days.csv}\n"
)


def with_table(folder: Path, rows: str, talks: str = LEDGERS) -> Path:
    (folder / "days.csv").write_text(HEADER + rows, encoding="utf-8")
    (folder / "talks.yaml").write_text(talks, encoding="utf-8")
    return folder


def test_rows_become_days_per_ledger_and_what_is_not_stated_is_none(tmp_path: Path) -> None:
    rows = (
        "2017-01-22,1,North,Hama,1,,,2,A,\n"
        "2017-01-22,1,North,حماة,1,,,2,A,\n"
        "2017-01-22,1,theirs,,0,0,,0,B,none at all\n"
        "2017-01-23,7,south,Homs,3,1,2,,B,\n"
    ).replace("حماة", "Homs")
    talks = read_talks(with_table(tmp_path, rows))
    north, south = talks.ledgers
    [day] = north.days
    assert (day.counts, day.total, day.confirmed, day.explained) == ((("hama", 1), ("homs", 1)), 2, None, None)
    none, week = south.days
    assert (none.counts, none.total, none.confirmed, none.note) == ((("", 0),), 0, 0, "none at all")
    assert (week.n_days, week.total, week.confirmed, week.explained) == (7, None, 1, 2)
    assert week.day == date(2017, 1, 23)


def test_areas_are_known_by_any_of_their_names(tmp_path: Path) -> None:
    talks = read_talks(with_table(tmp_path, "2017-01-22,1,North,حماة,1,,,,A,\n"))
    assert talks.ledgers[0].days[0].counts == (("hama", 1),)


def test_parts_that_do_not_add_to_the_total_are_refused_with_both_numbers(tmp_path: Path) -> None:
    rows = "2017-03-16,7,North,Hama,50,,,82,A,\n2017-03-16,7,North,Homs,43,,,82,A,\n"
    [problem] = check(with_table(tmp_path, rows)).refusals
    assert (problem.kind, Path(problem.place.file).name, problem.place.line, problem.place.column) == (
        "parts-differ-from-total", "days.csv", 2, len("2017-03-16,7,North,Hama,50,,,") + 1,
    )  # fmt: skip
    assert "add up to 93, but the stated total is 82" in problem.why
    assert "kept_as_stated: [2017-03-16]" in problem.remedy


def test_a_day_whose_outlet_prints_both_is_kept_with_both_and_a_note(tmp_path: Path) -> None:
    rows = "2017-03-16,7,North,Hama,93,,,82,A,\n"
    talks = LEDGERS.replace("keeper: north,", "keeper: north, kept_as_stated: [2017-03-16],")
    folder = with_table(tmp_path, rows, talks)
    report = check(folder)
    assert [(e.grade, e.kind) for e in report.entries] == [("note", "parts-differ-from-total")]
    [day] = read_talks(folder).ledgers[0].days
    assert (day.counts, day.total) == ((("hama", 93),), 82)


@pytest.mark.parametrize(
    ("row", "kind", "column"),
    [
        ("2017-1-22,1,North,Hama,1,,,1,A,", "not-a-date", 1),
        ("2017-02-30,1,North,Hama,1,,,1,A,", "not-a-date", 1),
        ("2017-01-22,0,North,Hama,1,,,1,A,", "not-a-number", 12),
        ("2017-01-22,1,Nort,Hama,1,,,1,A,", "unknown-reference", 14),
        ("2017-01-22,1,North,Hamma,1,,,1,A,", "unknown-reference", 20),
        ("2017-01-22,1,North,Hama,,,,1,A,", "not-a-number", 25),
        ("2017-01-22,1,North,Hama,one,,,1,A,", "not-a-number", 25),
        ("2017-01-22,1,North,Hama,1,-1,,1,A,", "not-a-number", 27),
        ("2017-01-22,1,North,Hama,1,,,9999999999,A,", "not-a-number", 29),
        ("2017-01-22,1,North,Hama,1,,,1,A", "table-cells", 1),
        ("2017-01-22,1,North,Hama,1,,,1,A,,", "table-cells", 1),
        ('2017-01-22,1,North,Hama,1,,,1,"A,', "table-cells", 1),
    ],
)
def test_a_wrong_cell_is_refused_where_it_stands(tmp_path: Path, row: str, kind: str, column: int) -> None:
    [problem] = check(with_table(tmp_path, row + "\n")).refusals
    assert (problem.kind, problem.place.line, problem.place.column) == (kind, 2, column)


ROWS = "2017-01-22,1,North,Hama,12,3,,20,A,said late\n2017-01-22,1,North,Homs,8,3,,20,A,said late\n"


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(",", ";"),
        lambda text: text.replace(",", "\t"),
        lambda text: text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        lambda text: text.replace("Hama", "Ha\u200bma").replace("North", "North\u200f"),
        lambda text: "\ufeff" + text,
        lambda text: "\n".join(",".join(reversed(line.split(","))) for line in text.splitlines()),
    ],
)
def test_a_ledger_saved_in_another_form_says_the_same(tmp_path: Path, changed: Callable[[str], str]) -> None:
    folder = with_table(tmp_path, ROWS)
    plain = read_talks(folder).ledgers[0].days
    (folder / "days.csv").write_bytes(changed(HEADER + ROWS).encode())
    assert read_talks(folder).ledgers[0].days == plain


@pytest.mark.parametrize(("name", "write"), [("days.xlsx", xlsx), ("days.ods", ods)])
def test_a_ledger_may_be_a_spreadsheet_and_is_refused_by_its_cell(
    tmp_path: Path, name: str, write: Callable[[Sheets], bytes]
) -> None:
    plain = read_talks(with_table(tmp_path, ROWS)).ledgers[0].days
    folder = with_table(tmp_path, "", LEDGERS.replace("days.csv", name))
    cells: list[list[str | float | None]] = [
        [float(cell) if cell.isdecimal() else cell or None for cell in line.split(",")]
        for line in (HEADER + ROWS).splitlines()
    ]
    (folder / name).write_bytes(write({"Days": cells}))
    assert read_talks(folder).ledgers[0].days == plain
    cells[2][3] = "Homms"
    (folder / name).write_bytes(write({"Days": cells}))
    [problem] = [entry for entry in check(folder).refusals if entry.kind == "unknown-reference"]
    assert str(problem.place).endswith(f"{name}, sheet 'Days', cell D3")
    assert problem.nearest == "homs"


def test_the_nearest_ledger_or_area_is_offered(tmp_path: Path) -> None:
    rows = "2017-01-22,1,Nort,Hama,1,,,1,A,\n2017-01-22,1,North,Hamma,1,,,1,A,\n"
    assert [p.nearest for p in check(with_table(tmp_path, rows)).refusals] == ["north", "hama"]


def test_rows_of_one_day_agree_on_what_is_stated_once(tmp_path: Path) -> None:
    rows = "2017-01-22,1,North,Hama,1,,,2,A,\n2017-01-22,1,North,Homs,1,,,3,A,\n"
    assert kinds(check(with_table(tmp_path, rows))) == ["rows-differ"]
    rows = "2017-01-22,1,North,Hama,1,,,2,A,\n2017-01-22,1,North,Hama,1,,,2,A,\n"
    assert kinds(check(with_table(tmp_path, rows))) == ["named-twice"]


def test_other_columns_are_refused(tmp_path: Path) -> None:
    folder = with_table(tmp_path, "")
    (folder / "days.csv").write_text("day,count\n2017-01-22,1\n", encoding="utf-8")
    assert kinds(check(folder)) == ["table-columns"]


def test_a_table_that_is_not_there_is_refused_where_it_is_named(tmp_path: Path) -> None:
    report = checked(tmp_path, LEDGERS)
    assert [(e.kind, e.place.line, e.place.column) for e in report.refusals] == [
        ("not-there", 6, len("  n: {keeper: north, days_from: ") + 1)
    ]


def test_the_table_of_the_scenario_is_the_shared_one_byte_for_byte(shared: Path) -> None:
    ours = ROOT / "scenarios" / "astana-2017" / "dual_ledgers.csv"
    assert ours.read_bytes() == (shared / "ceasefire" / "dual_ledgers.csv").read_bytes()


def test_the_faulty_twin_is_refused_with_file_line_value_and_remedy(shared: Path, tmp_path: Path) -> None:
    for path in (ROOT / "scenarios" / "astana-2017").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    faulty = (shared / "ceasefire" / "dual_ledgers_faulty.csv").read_bytes()
    (tmp_path / "dual_ledgers.csv").write_bytes(faulty)
    text, code = check_command([tmp_path])
    assert code == 2
    [line] = [line for line in text.splitlines() if "(note)" not in line]
    first_of_turkey = next(n for n, row in enumerate(faulty.decode().splitlines(), start=1) if ",Turkey," in row)
    assert line.startswith(f"{tmp_path / 'dual_ledgers.csv'}:{first_of_turkey}:")
    assert "for Turkey on 2017-03-16 the parts add up to 93, but the stated total is 82" in line
    assert "kept_as_stated: [2017-03-16]" in line
