"""Files beside sealed files, of another form than they should have, are refused with a sentence that names the part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from terminal import bad, good

TOLD = {"record": "71" * 16, "kind": "live", "box_key": "5c" * 32, "seat": "north", "after": 0, "notices": []}
ONE = {"command": "WithdrawItem", "fields": {"item": "m1"}, "key": "k1"}


def back(folder: Path, told: Any, commands: Any) -> tuple[str, ...]:
    """Write the two files, and return the command that seals them."""
    private = folder / "private"
    if not private.exists():
        good("sealed", "key", private, folder / "public")
    for name, value in (("told", told), ("commands", commands)):
        (folder / name).write_text(json.dumps(value), encoding="utf-8")
    names = [str(folder / name) for name in ("commands", "private", "told", "out")]
    return ("sealed", "back", names[0], "--keys", names[1], "--from", names[2], "--out", names[3])


def test_the_files_as_they_should_be_are_sealed(tmp_path: Path) -> None:
    assert "Sealed 1 command of north" in good(*back(tmp_path, TOLD, [ONE]))


@pytest.mark.parametrize("part", ["record", "kind", "box_key", "seat"])
@pytest.mark.parametrize("value", [None, True, 7, "x", "٧٧", [], {"a": 1}, "missing"])
def test_what_sealed_open_printed_is_refused_if_a_part_is_another_thing(part: str, value: Any, tmp_path: Path) -> None:
    told = {key: kept for key, kept in TOLD.items() if key != part} | ({} if value == "missing" else {part: value})
    if part == "seat" and isinstance(value, str) and value != "missing":
        return  # any text may be the short name of a seat
    said = bad(*back(tmp_path, told, [ONE]))
    assert "told" in said and ("give what" in said or "it is live or exercise" in said)


@pytest.mark.parametrize("told", [None, [], "x", 7])
def test_what_sealed_open_printed_is_a_mapping(told: Any, tmp_path: Path) -> None:
    assert "give what `sealed open` printed" in bad(*back(tmp_path, told, [ONE]))


@pytest.mark.parametrize(
    "commands",
    [
        {}, "x", [7], [[]], [{"command": "WithdrawItem"}], [ONE | {"command": 7}], [ONE | {"command": ["a"]}],
        [ONE | {"key": None}], [ONE | {"key": []}], [ONE | {"fields": None}], [ONE | {"fields": [["item", "m1"]]}],
        [ONE | {"fields": {"item": True}}], [ONE | {"fields": {"item": 1}}], [ONE | {"fields": {"item": [1]}}],
        [ONE | {"fields": {"item": {"a": "b"}}}], [ONE | {"feilds": {}}],
    ],
)  # fmt: skip
def test_commands_of_another_form_are_refused(commands: Any, tmp_path: Path) -> None:
    said = bad(*back(tmp_path, TOLD, commands))
    assert "commands" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("record", [("zz", "live", "00"), ("00", "life", "00"), ("00", "live", "0")])
def test_a_record_is_named_as_sealed_out_printed_it(record: tuple[str, str, str], tmp_path: Path) -> None:
    good("sealed", "key", tmp_path / "private", tmp_path / "public")
    (tmp_path / "sealed").write_bytes(b"x")
    said = bad("sealed", "open", tmp_path / "sealed", "--keys", tmp_path / "private", "--record", *record)
    assert "--record has" in said


@pytest.mark.parametrize(
    ("old", "new"), [('"fields": {', '"fields": {}, "fields": {'), ('"item": ', '"item": "m9", "item": ')]
)
def test_a_key_that_is_written_twice_is_refused(old: str, new: str, tmp_path: Path) -> None:
    command = back(tmp_path, TOLD, [ONE])
    path = tmp_path / "commands"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert "is written twice; keep one of the two" in bad(*command)


def test_a_file_that_stops_being_json_is_refused_with_the_place(tmp_path: Path) -> None:
    command = back(tmp_path, TOLD, [ONE])
    (tmp_path / "commands").write_text('[\n {"command": "FileItem",}\n]', encoding="utf-8")
    said = bad(*command)
    assert "it stops being JSON in line 2, column" in said
    assert "give a list of commands" in said
