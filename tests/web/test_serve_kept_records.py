"""`goodoffices serve` with the name of a record that is kept, and without a name."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest

from goodoffices.service.data_folder import kept_records
from serving import refused, served
from terminal import good

pytestmark = pytest.mark.slow
TALKS = (
    "new",
    "--title",
    "River valley talks",
    "--zone",
    "UTC",
    "--language",
    "en",
    "--seat",
    "North",
    "--seat",
    "South",
)


def test_own_talks_are_served_by_the_name_of_their_folder(tmp_path: Path) -> None:
    good(*TALKS, "--exercise", "--data", tmp_path)
    with served(tmp_path, talks="river-valley-talks") as desk:
        assert any("Start page" in line for line in desk.lines)
        with urllib.request.urlopen(f"{desk.origin}/start") as answer:
            assert answer.status == 200
    assert [kept.name for kept in kept_records(tmp_path)] == ["river-valley-talks"]


def test_live_talks_are_not_opened_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOODOFFICES_PASSPHRASE", "four words of the valley")
    good(*TALKS, "--live", "--data", tmp_path)
    assert "unlock it on the page" in refused("river-valley-talks", "--data", str(tmp_path), "--port", "0")


def test_without_a_name_the_list_is_served_and_the_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    with served(folder, talks="") as desk:
        assert any("The list of your records" in line for line in desk.lines)
        assert folder.stat().st_mode & 0o077 == 0
        assert (folder / "access.db").stat().st_mode & 0o077 == 0
        assert (folder / "desk.log").stat().st_mode & 0o077 == 0
