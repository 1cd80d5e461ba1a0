"""`goodoffices template` and `goodoffices new`: own talks from the terminal, without writing a file by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from goodoffices.cli.main import main
from goodoffices.cli.own_talks import new_talks
from goodoffices.formats.talks_sheets.problems import SENTENCES
from goodoffices.record.keys import Passphrase
from goodoffices.service.data_folder import kept_records
from goodoffices.service.open_record import open_record
from goodoffices.talks.base.enums import Kind
from own_talks_files import book, changed
from spreadsheet_files import ods, xlsx
from terminal import bad, good

VALLEY = ("--title", "River valley talks", "--zone", "Europe/Zurich", "--language", "en", "--exercise")
SEATS = ("--seat", "Northland; party", "--seat", "Valley Movement", "--seat", "United Nations: facilitator, host")


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_empty_spreadsheet_is_written_once() -> None:
    good("template")
    assert Path("talks.xlsx").read_bytes().startswith(b"PK")
    assert "is there already" in bad("template")
    good("template", "--force")
    assert "does not end in .xlsx" in bad("template", "talks.ods")


def test_talks_begin_from_options() -> None:
    shown = good("new", *VALLEY, *SEATS, "--begins", "2026-12-07", "--session", "Opening; plenary; 10:00")
    assert "goodoffices-data/river-valley-talks/record.db" in shown
    assert "A seat of the secretariat was added" in shown
    assert "goodoffices serve" in shown
    [kept] = kept_records(Path("goodoffices-data"))
    assert (kept.title, kept.kind) == ("River valley talks", Kind.EXERCISE)
    room = open_record(kept.where, kind=Kind.EXERCISE)
    known = room.view("secretariat").known
    room.close()
    assert list(known.seats) == ["northland", "valley-movement", "united-nations", "secretariat"]
    [session] = known.sessions.values()
    assert session.starts_at is not None
    assert session.starts_at.isoformat() == "2026-12-07T09:00:00+00:00"


@pytest.mark.parametrize("pack", [xlsx, ods])
def test_talks_begin_from_a_spreadsheet(pack: object) -> None:
    Path(f"valley.{pack.__name__}").write_bytes(pack(book()))  # type: ignore[attr-defined, operator]
    shown = good("new", "--from", f"valley.{pack.__name__}")  # type: ignore[attr-defined]
    assert "Actors 5, Seats 4, Issues 2, Positions 3, Sources 1, Commitments 2" in shown
    assert "goodoffices serve" in shown


def test_an_option_counts_before_the_spreadsheet() -> None:
    Path("valley.xlsx").write_bytes(xlsx(book()))
    assert "'Lake talks'" in good("new", "--from", "valley.xlsx", "--title", "Lake talks")
    assert "give one of the two" in bad("new", "--from", "valley.xlsx", "--seat", "Northland")


def test_a_spreadsheet_with_mistakes_changes_nothing() -> None:
    Path("valley.xlsx").write_bytes(xlsx(changed("Seats", 0, For="Zzz", Roles="wizard")))
    shown = bad("new", "--from", "valley.xlsx")
    assert "Seats!B4" in shown
    assert "Seats!C4" in shown
    assert not Path("goodoffices-data").exists()


def test_a_spreadsheet_is_checked_before_talks_begin() -> None:
    Path("good.xlsx").write_bytes(xlsx(book()))
    Path("bad.ods").write_bytes(ods(changed("Seats", 0, For="Zzz")))
    assert "no mistakes found" in good("check", "good.xlsx")
    assert "Seats!B4" in bad("check", "good.xlsx", "bad.ods")
    assert "astana-2017" in bad("check", "bad.ods", "astana-2017")
    assert "without --json" in bad("check", "good.xlsx", "--json")
    assert "nobody.xlsx" in bad("check", "nobody.xlsx")


def test_talks_of_the_same_title_are_not_begun_twice() -> None:
    good("new", *VALLEY, *SEATS)
    assert "give these another title" in bad("new", *VALLEY, *SEATS)
    assert len(kept_records(Path("goodoffices-data"))) == 1


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((*VALLEY[2:], *SEATS), "no-title"),
        (("--title", "x" * 81, *VALLEY[2:], *SEATS), "long-title"),
        (("--title", "V", *VALLEY[4:], *SEATS), "no-zone"),
        (("--title", "V", "--zone", "Europe/Zurihc", *VALLEY[4:], *SEATS), "near-zone"),
        (("--title", "V", "--zone", "UTC", "--exercise", *SEATS), "no-language"),
        ((*VALLEY[:4], "--language", "English!", "--exercise", *SEATS), "language"),
        ((*VALLEY[:6], *SEATS), "no-kind"),
        ((*VALLEY, "--seat", "Alone"), "two-seats"),
        ((*VALLEY, *SEATS, "--seat", "Lake; wizard"), "list-word"),
        ((*VALLEY, *SEATS, "--seat", "Lake; observr"), "list-near-word"),
        ((*VALLEY, *SEATS, "--seat", "northland"), "listed-again"),
        ((*VALLEY, *SEATS, "--seat", "; party"), "no-name"),
        ((*VALLEY, *SEATS, "--seat", "x" * 201), "long-name"),
        ((*VALLEY, *(word for n in range(201) for word in ("--seat", f"Seat {n}"))), "many-seats"),
        ((*VALLEY, *SEATS, "--begins", "03/04/2026"), "two-days"),
        ((*VALLEY, *SEATS, "--begins", "soon"), "day"),
        ((*VALLEY, *SEATS, "--session", "Opening; loud"), "session-format"),
        ((*VALLEY, *SEATS, "--session", "Opening; plenary; noon"), "session-hour"),
        ((*VALLEY, *SEATS, "--session", "Opening; plenary; 10:00"), "no-day"),
    ],
)
def test_what_is_missing_or_cannot_be_so_is_told(options: tuple[str, ...], code: str) -> None:
    shown = bad("new", *options)
    assert SENTENCES[code].partition("}")[2].partition("{")[0].strip() in shown or SENTENCES[code] in shown
    assert not Path("goodoffices-data").exists()


def test_names_that_look_alike_are_pointed_out_and_kept_apart() -> None:
    shown = good("new", *VALLEY, *SEATS, "--seat", "Nоrthland; observer")
    assert "“Nоrthland” looks like “Northland”" in shown


def test_an_hour_needs_a_title() -> None:
    from goodoffices.formats.talks_sheets.begin_form import BeginForm, own_talks_of

    _, problems = own_talks_of(BeginForm(session_hour="10:00"))
    assert "no-session-title" in [one.code for one in problems]


@pytest.mark.slow
def test_a_live_record_has_a_passphrase_and_no_key_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOODOFFICES_PASSPHRASE", "four words of the valley")
    shown = good("new", *VALLEY[:6], "--live", *SEATS)
    assert "passphrase" in shown
    assert "four words" not in shown
    [kept] = kept_records(Path("goodoffices-data"))
    assert (kept.kind, kept.title) == (Kind.LIVE, "river-valley-talks")
    assert not Path(f"{kept.where}.key").exists()
    open_record(kept.where, kind=Kind.LIVE, key=Passphrase(words="four words of the valley")).close()


def test_a_live_record_takes_nothing_invented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOODOFFICES_PASSPHRASE", "four words of the valley")
    Path("valley.xlsx").write_bytes(xlsx(book()))
    assert "a live record has none" in bad("new", "--from", "valley.xlsx", "--live")


def test_on_a_terminal_what_is_missing_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_talks, "is_terminal", lambda: True)
    answers = ["River valley talks", "Europe/Zurich", "en, ar", "exercise", "Northland", "UN; facilitator", "",
               "First round", "2026-12-07", "Opening; plenary; 10:00"]  # fmt: skip
    result = CliRunner().invoke(main, ["new"], input="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    [kept] = kept_records(Path("goodoffices-data"))
    assert kept.title == "River valley talks"


def test_no_terminal_and_no_options_name_everything_that_is_missing() -> None:
    shown = bad("new")
    for code in ("no-title", "no-zone", "no-language", "no-kind", "two-seats"):
        assert SENTENCES[code] in shown


def test_a_folder_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be" in bad("new", *VALLEY, *SEATS, "--data", tmp_path / "file")


def test_what_a_seat_knows_is_written_as_a_talks_file_that_begins_the_same_talks() -> None:
    Path("valley.xlsx").write_bytes(xlsx(book()))
    good("new", "--from", "valley.xlsx")
    record = "goodoffices-data/river-valley-talks/record.db"
    good("act", record, "--seat", "northland", "FileItem", "words=Open the sluice")
    shown = good("view", "talks-file", record, "--seat", "northland", "--to", "own.yaml")
    assert "papers and messages: 1" in shown
    assert "Open the sluice" not in Path("own.yaml").read_text(encoding="utf-8")
    good("check", "own.yaml")
    assert "is there already" in bad("view", "talks-file", record, "--seat", "northland", "--to", "own.yaml")
    # What was said to the secretariat alone is in its file only.
    good("view", "talks-file", record, "--seat", "secretariat", "--to", "all.yaml")
    assert "In spring" in _claims("all.yaml")
    assert "In spring" not in _claims("own.yaml")


def _claims(path: str) -> str:
    return Path(path).read_text(encoding="utf-8").partition("claims:")[2].partition("agenda:")[0]
