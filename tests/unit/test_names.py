"""Names: what is the same, what only looks the same, on every way in."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from formats_helpers import checked, kinds
from goodoffices.formats.event_tables.reader import read_events
from goodoffices.formats.position_tables.detect import read_positions
from goodoffices.names import comparable, easily_confused, look_alikes, visible
from terminal import bad, good

UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad\u2060"
names = st.text(st.characters(categories=("L", "N", "M"), codec="utf-8"), min_size=1, max_size=8)


@given(names, st.sampled_from(UNSEEN), st.integers(0, 8))
def test_a_name_is_the_same_however_composed_and_whatever_nobody_sees(name: str, mark: str, at: int) -> None:
    for form in ("NFC", "NFD"):
        written = unicodedata.normalize(form, name)
        assert comparable(f" {written[:at]}{mark}{written[at:]} ") == comparable(name)
    assert comparable(comparable(name)) == comparable(name)
    assert mark not in visible(f"{name}{mark}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("North", "N\u043erth"),
        ("\u0421hair", "Chair"),
        ("\u0391lpha", "Alpha"),
        ("\u0643\u0631\u062f", "\u06a9\u0631\u062f"),
        ("Al-Nusra", "Al\u2011Nusra"),
        ("Qur'an", "Qur\u2019an"),
        ("\u062d\u0632\u0628", "\u062d\u0640\u0632\u0628"),
        ("\u062d\u0632\u0628", "\u062d\u0650\u0632\u0628"),
    ],
)
def test_look_alikes_of_different_scripts_are_pointed_out(one: str, other: str) -> None:
    assert comparable(one) != comparable(other)
    assert look_alikes([one, "x", other]) == [(one, other)]


@pytest.mark.parametrize(("one", "other"), [("North", "north"), ("a", "b"), ("O", "0"), ("North", "North\u200b")])
def test_names_of_one_script_or_that_are_the_same_are_not(one: str, other: str) -> None:
    assert look_alikes([one, other]) == []


@pytest.mark.parametrize(
    ("one", "other"), [("North", "north"), ("N\u043erth", "NORTH"), ("\u0627\u0645\u0629", "\u0623\u0645\u0647")]
)
def test_names_typed_in_a_table_that_are_easily_confused_are_told(one: str, other: str, tmp_path: Path) -> None:
    assert easily_confused([one, "x", other]) == [(one, other)]
    positions, ledger = tmp_path / "positions.csv", tmp_path / "ledger.csv"
    rows = "".join(f"w,{name},10,0.5,1\n" for name in (one, other))
    positions.write_text(f"issue,actor,position,salience,capability\n{rows}", encoding="utf-8")
    days = "".join(f"2017-01-0{day},{name},3,K\n" for day, name in ((1, one), (2, other)))
    ledger.write_text(f"date,area,count,ledger\n{days}", encoding="utf-8")
    for notes in (read_positions(positions).notes, read_events(ledger).notes):
        assert any(one in note and other in note and "look alike" in note for note in map(str, notes))


def test_a_talks_file_with_two_look_alike_actors_says_so(tmp_path: Path) -> None:
    text = (
        "actors:\n  one: {kind: party, names: {en: North}}\n  two: {kind: party, names: {en: N\u043erth, ru: Sever}}\n"
        "seats:\n  one: {actor: one, roles: [party]}\n"
    )
    report = checked(tmp_path, text)
    assert kinds(report) == []
    [note] = [entry for entry in report.entries if entry.kind == "look-alike"]
    assert (note.line, note.grade.value) == (3, "note")


@pytest.mark.slow
def test_invisible_marks_in_arguments_and_rule_files_do_not_make_another_name(tmp_path: Path) -> None:
    told = good("decide", "explain", "good-friday-1998", "--rule", "rule-34\u200b", "--accepts", "uup\u200f,\u2066sdlp")
    assert "Participants accepting: 2 of 10" in told
    assert good("settle", "astana-2017", "--seat", "analyst\u200b").startswith("EXERCISE")
    path = tmp_path / "rule.yaml"
    path.write_text(
        "rule: {rule: unanimity}\neligible: [Ze\u0301ro, b]\naccepts: [Z\u00e9ro, b\u200b]\n", encoding="utf-8"
    )
    assert "Seats accepting: 2 of 2" in good("decide", "explain", path)
    path.write_text("rule: {rule: unanimity}\neligible: [a, b]\naccepts: [\u0430]\n", encoding="utf-8")
    assert "unknown participant" in bad("decide", "explain", path)
