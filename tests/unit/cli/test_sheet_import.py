"""`goodoffices import`: the same spreadsheet twice adds nothing; a changed one is shown before it is taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from goodoffices.cli.main import main
from goodoffices.service.open_record import open_record
from goodoffices.talks.base.enums import Kind
from own_talks_files import ROWS, Book, book, changed
from spreadsheet_files import xlsx
from terminal import bad, good

RECORD = "goodoffices-data/river-valley-talks/record.db"
PEOPLE = ("--person", "Amal", "--second", "Boris")


@pytest.fixture(autouse=True)
def _begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    good("new", "--from", put(book()))


def put(made: Book) -> str:
    Path("valley.xlsx").write_bytes(xlsx(made))
    return "valley.xlsx"


def length() -> int:
    room = open_record(RECORD, kind=Kind.EXERCISE, write=False)
    n = len(room.acts())
    room.close()
    return n


def test_the_same_spreadsheet_adds_nothing() -> None:
    before = length()
    shown = good("import", RECORD, put(book()), "--take")
    assert shown.startswith("Nothing is new. Nothing was changed.")
    assert "Stays as it is" not in shown
    assert length() == before


def test_nor_does_it_with_its_rows_in_another_order() -> None:
    turned = book(**{name: list(reversed(rows)) for name, rows in ROWS.items()})
    assert "Nothing is new" in good("import", RECORD, put(turned), "--take")


MORE: Book = book(
    Actors=[*ROWS["Actors"], {"Name": "Eastmark", "Other names": "Истмарк", "What it is": "state", "Part of": "UN",
                              "Invented": "yes"}],
    Seats=[*ROWS["Seats"], {"Seat": "East", "For": "Eastmark", "Roles": "guarantor", "On whose word": "B. Clerk",
                            "How papers reach it": "on screen", "Invented": "yes"}],
    Issues=[*ROWS["Issues"], {"Issue": "Fish", "Question": "Who fishes?", "Option 1": "All", "Option 2": "Nobody",
                              "Order matters": "no", "Invented": "yes"}],
    Positions=[*ROWS["Positions"], {"Actor": "Eastmark", "Issue": "Fish", "Option": "1", "Said on": "2026-02-01",
                                    "Said to": "the public", "Source": "Bulletin 5", "Strength": "own word",
                                    "Invented": "yes"}],
    Sources=[*ROWS["Sources"], {"Short name": "Bulletin 5", "Outlet": "The Valley Bulletin", "Day": "2026-02-01",
                                "Invented": "yes"}],
    Commitments=[{**ROWS["Commitments"][0], "Due": "2026-03-01"}, {"Who": "Eastmark", "What": "Pay for the boat.",
                 "Promised by itself": "yes", "State": "open", "Source": "Bulletin 5", "Invented": "yes"}],
)  # fmt: skip


def test_what_would_change_is_shown_and_nothing_is_changed() -> None:
    before = length()
    shown = good("import", RECORD, put(MORE), "--dry-run")
    assert "9 new, 0 changed" in shown
    for line in (
        "Actor: Eastmark",
        "Seat: east",
        "Issue: Who fishes?",
        "Source: Bulletin 5",
        "due 2026-03-01: This seat may not",
    ):
        assert line in shown
    assert "In the record and not in the spreadsheet" in shown
    assert "Commitment: Send a boat." in shown
    assert "To take these changes, give --take" in good("import", RECORD, put(MORE))
    assert length() == before


@pytest.mark.slow
def test_changes_are_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    good("act", RECORD, "--seat", "secretariat", "SeatPerson", "person=Boris")
    own = ("record", "passphrase", RECORD, "--seat", "secretariat", "--person", "Boris")
    good(*own, typed="three green kettles\n")
    assert Path("goodoffices-data/access.db").is_file()
    assert "not the passphrase of Boris" in bad("import", RECORD, put(MORE), "--take", *PEOPLE, typed="no\n")
    monkeypatch.setenv("GOODOFFICES_SECOND_PASSPHRASE", "three green kettles")
    shown = good("import", RECORD, put(MORE), "--take", *PEOPLE)
    assert "Taken: 9 of 9 changes." in shown, shown
    assert "Nothing is new" in good("import", RECORD, put(MORE), "--take", *PEOPLE)
    room = open_record(RECORD, kind=Kind.EXERCISE)
    known = room.view("secretariat").known
    room.close()
    assert "east" in known.seats
    assert known.actors["eastmark"].part_of == "united-nations"
    assert [role.actor for role in known.roles].count("eastmark") == 1


def test_a_seat_needs_a_second_person_and_the_rest_is_taken() -> None:
    shown = good("import", RECORD, put(MORE), "--take")
    assert "Taken: 8 of 9 changes." in shown
    assert "not taken: Seat: east. " in shown
    assert "1 new, 0 changed" in good("import", RECORD, put(MORE), "--dry-run")


def test_what_was_said_to_some_is_told_to_them_alone() -> None:
    said = {"Actor": "Valley Movement", "Issue": "Water", "Option": "1", "Said on": "2026-03-01",
            "Source": "told to me", "Strength": "own word", "Invented": "yes"}  # fmt: skip
    named = {"Option": "3", "Said to": "named seats", "Named seats": "Lake"}
    rows = [*ROWS["Positions"], {**said, "Said to": "me"}, {**said, **named}]
    shown = good("import", RECORD, put(book(Positions=rows)), "--take")
    assert "Taken: 3 of 3 changes." in shown, shown
    assert "Nothing is new" in good("import", RECORD, put(book(Positions=rows)), "--take")
    room = open_record(RECORD, kind=Kind.EXERCISE)
    words = {seat: [one.claim.value.words for one in room.view(seat).known.claims.values()] for seat in room.seats()}
    room.close()
    lake = next(seat for seat in words if seat not in ("northland", "valley", "un", "secretariat"))
    assert "The United Nations" in words[lake]
    assert "The United Nations" not in words["northland"]
    assert "Northland" in words["secretariat"]
    assert "Northland" not in words[lake]


def test_an_actor_under_another_of_its_names_stays_one_actor() -> None:
    made = changed("Actors", 3, Name="UN", Other_names="United Nations; ONU")
    shown = good("import", RECORD, put(made), "--take")
    assert "0 new, 1 changed" in shown
    assert "also called ONU" in shown
    assert "Taken: 1 of 1" in shown


def test_what_cannot_be_changed_is_named() -> None:
    made = changed("Issues", 0, Question="Who else opens the sluice?")
    made["Start"][3][1] = "Lake talks"
    shown = good("import", RECORD, put(made), "--take")
    assert "an issue keeps its question and its options" in shown
    assert "The title stays as the talks began with it" in shown


def test_a_seat_without_the_power_enters_what_it_may() -> None:
    shown = good("import", RECORD, put(MORE), "--dry-run", "--seat", "northland")
    assert "This seat may not give NameActor" in shown
    assert "unknown seat" in bad("import", RECORD, put(MORE), "--seat", "nobody")


def test_a_spreadsheet_with_mistakes_changes_nothing() -> None:
    before = length()
    assert "Seats!B4" in bad("import", RECORD, put(changed("Seats", 0, For="Zzz")), "--take")
    assert length() == before


def test_a_person_on_a_terminal_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodoffices.cli.own_talks.sheet_import.is_terminal", lambda: True)
    result = CliRunner().invoke(main, ["import", RECORD, put(MORE)], input="n\n")
    assert "Take these 9 changes?" in result.output
    assert "Taken" not in result.output


def test_a_report_and_a_day_that_were_corrected_are_told_with_their_day() -> None:
    first = ROWS["Commitments"][0]
    other = {**first, "What happened": "One lane is open.", "When": "2026-01-30"}
    good("import", RECORD, put(book(Commitments=[other, *ROWS["Commitments"][1:]])), "--take")
    told = " ".join(good("commitments", RECORD, "--seat", "secretariat").split())
    assert "2026-01-30: “One lane is open.”" in told
    good("import", RECORD, put(book(Commitments=[{**other, "When": "2026-01-31"}, *ROWS["Commitments"][1:]])), "--take")
    told = " ".join(good("commitments", RECORD, "--seat", "secretariat").split())
    assert "2026-01-31: “One lane is open.”" in told
    assert "2026-01-30" not in told
