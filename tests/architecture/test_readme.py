"""The README and the terminal tutorial show what the program prints; the table of promises names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import console_blocks

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
TERMINAL = ROOT / "docs" / "tutorial" / "terminal.md"
PROMISES = ROOT / "docs" / "explanation" / "promises.md"
IMAGES = ROOT / "docs" / "images"
MOST_BYTES = 200_000


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", console_blocks.commands(README.read_text(encoding="utf-8")), ids=lambda command: command.line[:40]
)
def test_the_readme_shows_what_a_command_prints(
    command: console_blocks.Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    printed = console_blocks.run(command.line)
    assert command.agrees(printed), command.explain(printed)


def test_the_tutorial_of_the_terminal_runs_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = TERMINAL.read_text(encoding="utf-8")
    console_blocks.write_files(page, tmp_path)
    commands = console_blocks.commands(page)
    assert len(commands) > 10
    for command in commands:
        printed = console_blocks.run(command.line)
        assert command.agrees(printed), command.explain(printed)


def test_every_test_that_a_promise_names_exists() -> None:
    named = re.findall(r"`(tests/[^`]+)`", PROMISES.read_text(encoding="utf-8"))
    assert len(named) > 10
    missing = [path for path in named if not list(ROOT.glob(path.rstrip("/")))]
    assert not missing, f"docs/explanation/promises.md names {', '.join(missing)}, which does not exist"


def test_links_and_pictures_of_the_readme_and_the_changelog_exist() -> None:
    for page in (README, ROOT / "CHANGELOG.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (ROOT / target).exists(), f"{page.name} links to {target}, which does not exist"


def test_pictures_are_small() -> None:
    large = [path.name for path in IMAGES.iterdir() if path.stat().st_size > MOST_BYTES]
    assert not large, f"{', '.join(large)} in docs/images: larger than {MOST_BYTES} bytes; run make screenshots again"


def test_updating_a_page_replaces_a_line_that_is_no_longer_printed(tmp_path: Path) -> None:
    page = "```console\n$ goodoffices --version\nGood Offices, edition 0.1.0\n```\n"
    [command] = console_blocks.commands(page)
    assert "edition" in command.explain(console_blocks.run(command.line))
    after = console_blocks.update(page, tmp_path)
    assert "Good Offices, version " in after
    assert "edition" not in after
