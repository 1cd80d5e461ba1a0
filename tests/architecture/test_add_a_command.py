"""The page on adding a command is true: it is applied to a copy of the package, and the new command then works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "how-to" / "add-a-command.md"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One block of the page: a new file, or lines that follow a line of a file that is there."""

    file: str
    kind: str
    text: str


def steps(page: str) -> list[Step]:
    """Return the blocks of the page in order, each with the file whose name stands above it in bold."""
    found = []
    for block in BLOCK.finditer(page):
        named = re.findall(r"\*\*`([^`]+)`\*\*", page[: block.start()])
        if named:
            found.append(Step(file=named[-1], kind=block.group(1), text=block.group(2)))
    return found


def apply(step: Step, root: Path) -> None:
    """Do what a block says; a line that is not there, or stands twice, fails."""
    path = root / step.file
    if step.kind == "python":
        assert not path.exists(), f"{step.file} is there already"
        path.write_text(step.text, encoding="utf-8")
        return
    above, *added = step.text.splitlines()
    assert above.startswith(" ")
    assert all(line.startswith("+") for line in added)
    text = path.read_text(encoding="utf-8")
    assert f"\n{above[1:]}\n" in text, f"{step.file} has no line {above[1:]!r}; the page is out of date"
    more = "".join(f"{line[1:]}\n" for line in added)
    path.write_text(text.replace(f"\n{above[1:]}\n", f"\n{above[1:]}\n{more}", 1), encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("copy")
    for folder in ("src", "tests", "tools", "scenarios"):
        # With what is compiled already: else the copy would compile modules and loops of its own.
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("fixtures", "browser"))
    shutil.copy(ROOT / "pyproject.toml", root)
    for step in steps(PAGE.read_text(encoding="utf-8")):
        apply(step, root)
    return root


def run(copy: Path, *arguments: str) -> str:
    paths = os.pathsep.join(str(copy / folder) for folder in ("src", "tests", "tools"))
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        # Compiled modules are kept in the copy: else each of a dozen starts compiles the whole package again.
        env=os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_page_names_at_most_five_places() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert len(re.findall(r"^## \d+\. ", page, re.MULTILINE)) <= 5
    places = {step.file if step.file.startswith("src") else "tests" for step in steps(page)}
    places = {re.sub(r"(talks/(?!state)\w+)/.*", r"\1", place) for place in places}
    assert len(places) <= 5, places


TERMINAL = """
import re, sys
from terminal import good, run

record = sys.argv[1]

def latest_session(seat):
    return re.findall(r'"session":"(s[0-9]+)"', good("view", "show", record, "--seat", seat, "--json"))[-1]

good("record", "new", record, "--talks", "astana-2017", "--exercise")
good("act", record, "PlanSession", "--seat", "un-envoy", "title=Morning", "format=plenary",
     "participants=un-envoy,government,usa")
good("act", record, "OpenSession", "--seat", "un-envoy", f"session={latest_session('un-envoy')}")
asked, observed = latest_session("government"), latest_session("usa")
good("act", record, "AskForBreak", "--seat", "government", f"session={asked}", "minutes=10")
assert "BreakAsked" in good("view", "show", record, "--seat", "usa", "--json")
refused = run("act", record, "AskForBreak", "--seat", "usa", f"session={observed}", "minutes=10")
assert refused.exit_code == 2, refused.output
"""


def test_the_new_command_works_in_the_terminal_and_is_refused_without_the_power(copy: Path, tmp_path: Path) -> None:
    run(copy, "-c", TERMINAL, str(tmp_path / "astana.record"))


def test_the_pages_own_test_passes(copy: Path) -> None:
    assert "1 passed" in run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/unit/talks/test_breaks.py")


OUTPUTS = """
import reference_pages
from goodoffices.reports.messages.act_sentences import told
from goodoffices.talks.state.slices import Notice

pages = {str(path): text for path, text in reference_pages.pages().items()}
assert "Ask everybody in an open session" in pages["commands/AskForBreak.md"]
assert "party" in pages["commands/AskForBreak.md"]
assert "## BreakAsked" in pages["acts.md"]
notice = Notice(
    n=1, kind="BreakAsked", at="2017-01-23T08:00Z", by="gov", face="all", data={"session": "s1", "minutes": 10}
)
assert told(notice).message.startswith("{by} asks for a break")
"""


def test_the_new_command_and_act_have_their_reference_pages_and_a_sentence(copy: Path) -> None:
    run(copy, "-c", OUTPUTS)


PAIRS = """
import random
from properties.worlds.cast import SEATS
from properties.worlds.outputs import compare_outputs
from properties.worlds.pairs import BEGINNINGS, run_pair
from properties.worlds.policy import check_audiences

seen = 0
for number in range(400):
    if seen and number >= 60:
        break  # the draws reach each of the many commands seldom
    draw = random.Random(number)
    steps = [tuple(draw.randrange(64) for _ in range(10)) for _ in range(40)]
    pair = run_pair(draw.choice(SEATS), steps, draw.randrange(BEGINNINGS))
    if not pair.stopped:
        compare_outputs(pair)
    for world in pair.worlds:
        check_audiences(world.talks.acts)
        seen += sum(act.kind == "BreakAsked" for act in world.talks.acts)
assert seen, "no pair of worlds asked for a break"
"""


def test_the_new_command_passes_the_two_world_test(copy: Path) -> None:
    run(copy, "-c", PAIRS)
