"""`goodoffices rehearse` as a person types it; bad input gets an answer or one sentence."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from terminal import bad, good

pytestmark = pytest.mark.slow


@pytest.fixture
def negolog(tmp_path: Path) -> Path:
    """A NegoLog folder of our own: two parties, two issues."""
    folder = tmp_path / "negolog"
    folder.mkdir()
    for letter, worths in {"A": (1.0, 0.5, 0.0), "B": (0.0, 0.7, 1.0)}.items():
        issues = {
            "well": dict(zip(("ours", "shared", "theirs"), worths, strict=True)),
            "road": {"open": 1.0, "closed": 0.0},
        }
        profile = {"reservationValue": 0.2, "issueWeights": {"well": 0.6, "road": 0.4}, "issues": issues}
        (folder / f"profile{letter}.json").write_text(json.dumps(profile), encoding="utf-8")
    return folder


def test_the_question_on_astana_is_answered_in_words_first(tmp_path: Path) -> None:
    plot = tmp_path / "answer.png"
    text = good("rehearse", "astana-2017", "--runs", 60, "--strategy", "linear+combi(1)", "--plot", plot)
    lines = text.splitlines()
    assert lines[0] == "Astana, January 2017: rehearsal, not forecast"
    assert lines[2] == "Rehearsal, not forecast: this is what follows from what is assumed."
    assert "Invented" in lines[3]
    assert text.index("Through intermediaries") < text.index("What came out") < text.index("What is assumed")
    assert "delay: 0 to 3, most likely 1 (invented" in text
    assert "only these may see" in text
    assert plot.stat().st_size > 10_000


def test_a_scenario_of_another_program_is_rehearsed(negolog: Path) -> None:
    found = json.loads(good("rehearse", negolog, "--runs", 20, "--vary", "delay=1:3", "--json", "--quiet"))
    assert [cell["cell"] for cell in found["cells"]] == ["direct", "proximity"]
    assert found["finished"] == 20
    text = good(
        "rehearse", negolog, "--runs", 5, "--format", "direct", "--protocol", "alternating", "--protocol",
        "all-propose", "--protocol", "single-text", "--strategy", "profileA=micro", "--turns", 12,
    )  # fmt: skip
    assert "face to face (all-propose)" in text
    assert "face to face (single-text mutate)" in text or "single-text" in text


def test_more_settlements_than_a_number_holds_are_rehearsed_on_a_single_text(tmp_path: Path) -> None:
    folder = tmp_path / "large"
    folder.mkdir()
    issues = {f"i{at}": dict(zip("abcdefgh", (at + 1, 2, 3, 4, 5, 6, 7, 8), strict=True)) for at in range(30)}
    for letter in "AB":
        profile = {"reservationValue": 0.0, "issueWeights": dict.fromkeys(issues, 1 / 30), "issues": issues}
        (folder / f"profile{letter}.json").write_text(json.dumps(profile), encoding="utf-8")
    assert "single-text" in bad("rehearse", folder, "--runs", 2)
    text = good("rehearse", folder, "--runs", 2, "--turns", 40, "--protocol", "single-text", "--format", "direct")
    assert "100.0%" in text


def test_results_are_kept_shown_exported_and_replayed(negolog: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    printed = good("rehearse", negolog, "--runs", 10, "--out", out)
    assert good("rehearse", "show", out).strip() == printed.strip()
    good("rehearse", "export", out, tmp_path / "runs.csv")
    assert (tmp_path / "runs.csv").read_text(encoding="utf-8").count("\n") == 21
    replayed = good("rehearse", "replay", negolog, "--runs", 10, "--run", 4)
    assert replayed.startswith("direct, run 4\nturn   0  profileA: propose")
    assert "proximity, run 4" in replayed
    assert "holds no report" in bad("rehearse", "show", negolog)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are closed in on Linux only")
def test_a_negotiator_from_a_file_plays_in_a_process_of_its_own(negolog: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(
        "class Mine:\n"
        "    def begin(self, own, table):\n        self.own = own\n        return 0\n"
        "    def move(self, state, seen, draws):\n"
        "        if seen.standing and self.own.worth_of(seen.standing.settlement) > 0.3:\n"
        "            return state, Accept()\n        return state, Hold()\n",
        encoding="utf-8",
    )
    text = good("rehearse", negolog, "--runs", 2, "--turns", 40, "--negotiator", f"profileB={file}:Mine")
    assert "100.0%" in text
    assert "a negotiator from a file runs in a process of its own" in text
    assert "does not say whose" in bad("rehearse", negolog, "--negotiator", f"{file}:Mine")


def test_a_tournament_ranks_strategies(negolog: Path, tmp_path: Path) -> None:
    text = good(
        "rehearse", "tournament", negolog, "--strategy", "boulware", "--strategy", "conceder", "--turns", 20,
        "--out", tmp_path / "matches.csv",
    )  # fmt: skip
    assert text.startswith("negotiations: 4")
    assert text.index("boulware") < text.index("conceder")
    assert (tmp_path / "matches.csv").read_text(encoding="utf-8").count("\n") == 5
    assert "meets nobody" in bad("rehearse", "tournament", negolog, "--strategy", "boulware", "--no-self-play")


def test_everything_that_can_be_named_is_listed() -> None:
    text = good("rehearse", "list")
    for name in ("boulware", "single-text", "shuttle", "mutate", "devaluation", "Faratin"):
        assert name in text
    assert "shuttle" not in good("rehearse", "list", "mediators")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "directly"], "Did you mean 'direct'"),
        (["--protocol", "alternate"], "Did you mean 'alternating'"),
        (["--strategy", "boulwar"], "Did you mean 'boulware'"),
        (["--strategy", "C=linear"], "unknown party 'C'"),
        (["--vary", "dely=1"], "Did you mean 'delay'"),
        (["--vary", "loss=2"], "give numbers from 0 to 1"),
        (["--form", "aloud"], "unknown form"),
        (["--seat", "analyst"], "leave out --seat"),
        (["--protocol", "single-text", "--mediator", "mutat"], "Did you mean 'mutate'"),
        (["--cluster", "tcp://127.0.0.1:9", "--runs", "2"], "Dask"),
    ],
)
def test_what_cannot_be_rehearsed_is_refused_in_one_sentence(negolog: Path, words: list[str], said: str) -> None:
    output = bad("rehearse", negolog, *words)
    if "--cluster" in words and "no Dask scheduler answers" in output:
        return
    assert said in output
    assert len([line for line in output.splitlines() if line.startswith("Error")]) == 1


def test_astana_without_a_common_intermediary_says_who_accepts_whom(tmp_path: Path) -> None:
    file = tmp_path / "only-iran.yaml"
    file.write_text("parties: [syria-government, opposition-delegation]\nintermediaries: [iran]\n", encoding="utf-8")
    output = bad("rehearse", "astana-2017", "--assume", file)
    assert "Government of Syria accepts Iran" in output
    assert "delegation of the armed opposition accepts nobody" in output


def test_a_seat_without_assessments_is_told_so() -> None:
    assert "sees no estimates of what" in bad("rehearse", "astana-2017", "--seat", "government", "--runs", 2)


def test_ctrl_c_keeps_what_is_finished_and_the_same_command_goes_on(negolog: Path, tmp_path: Path) -> None:
    command = [
        sys.executable, "-c", "from goodoffices.cli import main; main()", "rehearse", str(negolog), "--runs", "500",
        "--strategy", "micro", "--turns", "60", "--out", str(tmp_path / "out"),
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ), text=True)
    chunks = tmp_path / "out" / "chunks"
    while process.poll() is None and not (chunks.is_dir() and any(chunks.glob("*.npy"))):
        pass
    process.send_signal(signal.SIGINT)
    printed, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Interrupted: " in printed
    assert "the same command goes on" in said
    kept = sorted(path.name for path in chunks.glob("*.npy"))
    assert kept
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Interrupted" not in done.stdout
    assert set(kept) <= {path.name for path in chunks.glob("*.npy")}
