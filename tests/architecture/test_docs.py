"""The documentation: tutorials run, generated pages are up to date, every command of the terminal is described."""

from __future__ import annotations

import doctest
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import reference_pages
from goodoffices.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
WITH_EXAMPLES = sorted(path for path in DOCS.rglob("*.md") if ">>> " in path.read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda path: path.stem)
def test_a_page_with_examples_runs_as_it_stands(path: Path) -> None:
    failed, tried = doctest.testfile(str(path), module_relative=False, optionflags=doctest.REPORT_NDIFF)
    assert tried > 5
    assert failed == 0


def test_r50_every_command_act_and_refusal_has_its_reference_page() -> None:
    for path, text in reference_pages.pages().items():
        written = DOCS / "reference" / path
        assert written.is_file(), f"{written} is missing; run python tools/reference_pages.py"
        assert written.read_text(encoding="utf-8") == text, f"{written} is out of date; run tools/reference_pages.py"


@pytest.mark.slow
def test_every_command_of_the_terminal_is_in_the_reference() -> None:
    page = (DOCS / "reference" / "command-line.md").read_text(encoding="utf-8")
    with main.make_context("goodoffices", ["check"]) as context:
        for name in main.list_commands(context):
            command = main.get_command(context, name)
            assert command is not None
            subcommands = getattr(command, "commands", {})
            for shown in [f"goodoffices {name} {sub}" for sub in subcommands] or [f"goodoffices {name}"]:
                assert shown in page, f"docs/reference/command-line.md does not mention {shown!r}"


def test_links_between_pages_lead_somewhere() -> None:
    for page in DOCS.rglob("*.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page} links to {target}, which does not exist"


def test_the_first_page_leads_to_every_page() -> None:
    first = (DOCS / "README.md").read_text(encoding="utf-8")
    pages = [
        path for folder in ("explanation", "how-to", "tutorial", "reference") for path in (DOCS / folder).glob("*.md")
    ]
    assert [path for path in pages if f"({path.relative_to(DOCS).as_posix()}" not in first] == []


def test_no_page_says_that_something_is_still_to_come() -> None:
    for path in HAND_WRITTEN:
        if path.name != "CHANGELOG.md" and "decisions" not in path.parts:
            found = re.findall(
                r"(?:not|nowhere) exist yet|(?:is|are) still to come|in a later version", path.read_text("utf-8")
            )
            assert found == [], f"{path} speaks of what does not exist; say what can be done instead"


OLD_WORDS = re.compile(r"\b(doors?|nought|mend(?:ed|s)?|tongues?|whoever|thereof|wherein)\b", re.IGNORECASE)
HAND_WRITTEN = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *(path for path in sorted(DOCS.rglob("*.md")) if "reference" not in path.parts),
]


@pytest.mark.parametrize("path", HAND_WRITTEN, ids=lambda path: path.stem)
def test_a_page_uses_the_words_of_the_glossary(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [f"{n}: {line.strip()}" for n, line in enumerate(lines, start=1) if OLD_WORDS.search(line)]
    assert not found, f"{path} uses a word that docs/glossary.md replaces: {found}"


NOT_YET = re.compile(
    r"\b(?:to come\)|coming soon|not (?:built|written) yet|will (?:later )?be (?:added|built)\b)", re.IGNORECASE
)


@pytest.mark.parametrize("path", HAND_WRITTEN, ids=lambda path: path.stem)
def test_a_page_promises_nothing_that_is_still_to_be_built(path: Path) -> None:
    if path.name == "CHANGELOG.md" or "decisions" in path.parts:
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [f"{n}: {line.strip()}" for n, line in enumerate(lines, start=1) if NOT_YET.search(line)]
    assert not found, f"{path} speaks of what is not there: {found}"


def test_the_tree_on_the_page_of_the_architecture_is_the_tree_of_the_sources() -> None:
    page = (DOCS / "explanation" / "how-it-is-built.md").read_text(encoding="utf-8")
    tree = page[page.index("src/goodoffices/") : page.index("scenarios/")]
    named = re.findall(r"^  (\w+)/", tree, re.MULTILINE)
    rooms = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert set(named) == rooms
    for room in named:
        assert any(path.name != "__init__.py" for path in (SOURCE / room).rglob("*.py")), f"{room}/ is empty"


def _modules_with_examples() -> list[str]:
    source = ROOT / "src"
    found = [path for path in (source / "goodoffices").rglob("*.py") if ">>> " in path.read_text(encoding="utf-8")]
    return sorted(".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__") for path in found)


@pytest.mark.parametrize("name", _modules_with_examples())
def test_examples_in_docstrings_run(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert tried > 0
    assert failed == 0


SOURCE = ROOT / "src" / "goodoffices"
ROOMS = "|".join(sorted(path.name for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"))
# A user's files, such as record.db.key, begin like a room and end in these.
NAMED = re.compile(rf"`((?:{ROOMS})(?:(?:/\w+)+\.py|(?:\.\w+){{2,}}))(?<!\.key)(?<!\.json)`")


def _exists(name: str) -> bool:
    """Say whether a module stands where a page says, and defines what the page names in it."""
    if name.endswith(".py"):
        return (SOURCE / name).is_file()
    *way, last = name.split(".")
    module = SOURCE.joinpath(*way).with_suffix(".py")
    if module.is_file():
        return (
            re.search(rf"^(?:def|class) {last}\b|^{last}\b.* = ", module.read_text("utf-8"), re.MULTILINE) is not None
        )
    return SOURCE.joinpath(*way, f"{last}.py").is_file() or SOURCE.joinpath(*way, last).is_dir()


def test_modules_and_functions_that_pages_name_are_there() -> None:
    pages = [ROOT / "README.md", *DOCS.rglob("*.md")]
    named = [(page.name, name) for page in pages for name in NAMED.findall(page.read_text(encoding="utf-8"))]
    assert len(named) > 40
    assert [(page, name) for page, name in named if not _exists(name)] == []


@pytest.mark.nightly
def test_the_documentation_becomes_pages_without_a_warning() -> None:
    pytest.importorskip("zensical", reason="the generator of the pages is not installed: make docs installs it")
    made = subprocess.run([sys.executable, "tools/docs_site.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr[-2000:]
    assert int(made.stdout.split()[0]) > 200
