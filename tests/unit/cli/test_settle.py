"""`goodoffices settle`, `convert` and `formats` as a person types them; bad input gets an answer or one sentence."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from goodoffices.cli.convert import LOSSES
from goodoffices.cli.terminal.progress_line import Waiting
from goodoffices.formats.scenarios.detect import DIALECTS, read_scenario
from goodoffices.formats.scenarios.writer import WRITERS
from settlement_talks import SEATS_WITHOUT, astana_without_assessments, talks_of, wells
from terminal import bad, good, run

pytestmark = pytest.mark.slow


@pytest.fixture
def negolog(tmp_path: Path) -> Path:
    """A NegoLog folder of our own: two parties, two issues."""
    folder = tmp_path / "negolog"
    folder.mkdir()
    for letter, worths in {"A": (1.0, 0.5, 0.0), "B": (0.0, 0.7, 1.0)}.items():
        profile = {
            "reservationValue": 0.2,
            "issueWeights": {"well": 0.6, "road": 0.4},
            "issues": {
                "well": dict(zip(("ours", "shared", "theirs"), worths, strict=True)),
                "road": {"open": 1.0, "closed": 0.0},
            },
        }
        (folder / f"profile{letter}.json").write_text(json.dumps(profile), encoding="utf-8")
    return folder


def test_a_mediator_reads_the_answer_in_words_first() -> None:
    text = good("settle", "astana-2017", "--seat", "analyst")
    assert text.index("What could all sign?") < text.index("What blocks it?") < text.index("THE FIGURES BEHIND IT")
    assert "EXERCISE" in text
    assert "Invented" in text
    assert "The guarantors together" in text
    assert "95 %" in text
    for slug in ("syria-government", "iran-status", "maps-first"):
        assert slug not in text


@pytest.mark.parametrize("seat", SEATS_WITHOUT)
def test_a_seat_without_assessments_gets_one_sentence_and_nothing_else(seat: str) -> None:
    output = bad("settle", "astana-2017", "--seat", seat)
    assert output.count("\n") == 1
    assert "sees no estimates of what" in output
    for more in (["unblock"], ["robust"]):
        assert bad("settle", *more, "astana-2017", "--seat", seat) == output


def test_what_other_seats_get_is_the_same_with_and_without_assessments(tmp_path: Path) -> None:
    without = astana_without_assessments(tmp_path / "astana-2017")
    for seat in SEATS_WITHOUT:
        for words in (["brief"], ["settle"]):
            more = ["--settlement"] if words == ["brief"] else []
            one = run(*words, "astana-2017", "--seat", seat, *more)
            other = run(*words, without, "--seat", seat, *more)
            assert (one.exit_code, one.stdout, one.stderr) == (other.exit_code, other.stdout, other.stderr)


def test_the_brief_gets_the_section_only_when_asked_and_only_where_assessments_are_seen() -> None:
    plain = good("brief", "astana-2017", "--seat", "analyst")
    asked = good("brief", "astana-2017", "--seat", "analyst", "--settlement")
    assert asked.startswith(plain.rstrip("\n"))
    assert "WHAT COULD ALL SIGN?" in asked
    assert "Invented" in asked[len(plain) :]
    assert good("brief", "astana-2017", "--seat", "russia") == good(
        "brief", "astana-2017", "--seat", "russia", "--settlement"
    )


def test_a_record_answers_as_its_talks_file_does(tmp_path: Path) -> None:
    path, record = wells(tmp_path / "wells"), tmp_path / "wells.record"
    good("record", "new", record, "--talks", path, "--exercise")
    assert good("settle", record, "--seat", "desk") == good("settle", path, "--seat", "desk")
    assert "The north sees no estimates of what" in bad("settle", record, "--seat", "north")


def test_json_has_exactly_the_documented_parts_and_is_verified(tmp_path: Path) -> None:
    path = wells(tmp_path)
    text = good("settle", path, "--json", "--frontier", "--count")
    found = json.loads(text)
    assert list(found) == ["bargain", "frontier", "solutions", "zone", "seconds", "warnings"]
    assert set(found["bargain"]) == {"parties", "issues", "settlements"}
    assert set(found["solutions"]) == {"nash", "egalitarian", "leximin", "kalai_smorodinsky", "utilitarian"}
    for solution in found["solutions"].values():
        assert set(solution) == {"status", "value", "settlements", "gains", "bound", "definition"}
    assert found["zone"] == {"count": 3, "exact": True}
    result = tmp_path / "result.json"
    result.write_text(text, encoding="utf-8")
    assert "stands" in good("settle", "verify", result, path)
    found["zone"]["count"] = 4
    result.write_text(json.dumps(found), encoding="utf-8")
    assert "does not stand" in good("settle", "verify", result, path, code=1)


def test_json_of_invented_figures_says_so() -> None:
    found = json.loads(good("settle", "astana-2017", "--json", "--solution", "nash"))
    assert any("Invented" in line for line in found["warnings"])


def test_the_smallest_opening_and_the_odds_have_commands_of_their_own(tmp_path: Path) -> None:
    path = wells(tmp_path, ({"low": 40, "mode": 55, "high": 70}, 45), ("theirs",))
    text = " ".join(good("settle", "unblock", path).split())
    assert "The north signs for 5 of its points less than it now needs" in text
    assert "lifts its red line" in text
    likely = good("settle", "robust", path, "--worlds", "1000", "--seed", "3")
    assert "1,000 worlds, seed 3" in likely
    assert likely == good("settle", "robust", path, "--worlds", "1000", "--seed", "3")
    can_sign = good("settle", "robust", wells(tmp_path / "b", ({"low": 1, "high": 60}, 9)), "--seed", "3")
    assert "the settlement below" in " ".join(can_sign.split())
    assert "The settlement chosen" in can_sign


@pytest.mark.parametrize("name", ["all", "nash", "kalai-smorodinsky", "least-difference"])
def test_each_sense_of_best_says_its_definition(tmp_path: Path, name: str) -> None:
    text = good("settle", wells(tmp_path), "--solution", name, "--frontier")
    assert "Best in which sense" in text
    assert "proven" in text
    assert "The frontier: 2 outcomes" in text


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_picture_is_written(tmp_path: Path, negolog: Path, ending: str) -> None:
    for number, words in enumerate((["settle", wells(tmp_path)], ["settle", negolog],
                                    ["settle", "robust", wells(tmp_path, ({"low": 1, "high": 60}, 9))])):  # fmt: skip
        picture = tmp_path / f"{number}.{ending}"
        good(*words, "--plot", picture)
        assert picture.stat().st_size > 5_000
    assert "does not end in .png, .svg or .pdf" in bad("settle", negolog, "--plot", tmp_path / "picture.nonsense")


def test_scenarios_of_other_programs_are_settled_and_verified(tmp_path: Path, negolog: Path) -> None:
    text = " ".join(good("settle", negolog, "--count", "--frontier").split())
    assert "of the 6 combinations (counted exactly)" in text
    assert "From this file alone" in text
    assert "The frontier: " in text
    assert "No change is needed" in good("settle", "unblock", negolog)
    assert "state every figure as certain" in good("settle", "robust", negolog)
    result = tmp_path / "result.json"
    result.write_text(good("settle", negolog, "--json"), encoding="utf-8")
    assert "stands" in good("settle", "verify", result, negolog)
    assert "has no seats" in bad("settle", negolog, "--seat", "analyst")


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, "\udcff"])
def test_a_result_that_is_none_is_one_sentence(tmp_path: Path, negolog: Path, text: str) -> None:
    result = tmp_path / "result.json"
    result.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert "give what `settle --json` printed" in bad("settle", "verify", result, negolog)


def point(party: str, worth: Any, **more: Any) -> dict[str, Any]:
    return {"party": party, "issue": "well", "worth": worth, **more}


EQUAL = {"ours": 1, "shared": 1, "theirs": 1}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([point("north", EQUAL)], "3 of the 3 combinations"),
        ([point("north", {"ours": 0, "shared": 0, "theirs": 0})], "3 of the 3 combinations"),
        ([point("north", EQUAL), {"party": "north", "reservation_value": 2}], "On these assessments, nothing:"),
        ([point("north", EQUAL, red_lines=["ours", "shared", "theirs"])], "On these assessments, nothing:"),
        ([point("north", ["ours", "theirs"])], "anywhere in the order"),
    ],
    ids=["all equal", "no points", "reservation above the ideal", "everything a red line", "part of an order"],
)
def test_odd_assessments_get_an_answer(tmp_path: Path, given: list[dict[str, Any]], words: str) -> None:
    path = talks_of(tmp_path, {"well": ["ours", "shared", "theirs"]}, given, ("north",))
    if words == "anywhere in the order":
        assert "missing" in bad("settle", path) or "ranking" in bad("settle", path)
        return
    text = " ".join(good("settle", path).split())
    assert words in text
    good("settle", "unblock", path)
    good("settle", "robust", path)
    good("settle", path, "--json", "--frontier", "--count")


@pytest.mark.parametrize("worth", ['{"ours": NaN}', '{"ours": 1e999}', '{"ours": "much"}', '["ours", "ours"]', "{}"])
def test_worth_that_is_no_number_or_contradicts_itself_is_refused_with_its_place(tmp_path: Path, worth: str) -> None:
    path = talks_of(tmp_path, {"well": ["ours", "shared"]}, [point("north", "HERE")], ("north",))
    path.write_text(path.read_text().replace('"HERE"', worth), encoding="utf-8")
    assert "talks.yaml:1:" in bad("settle", path)


def test_talks_without_assessments_or_agenda_get_a_sentence(tmp_path: Path) -> None:
    assert "sees no estimates of what" in bad(
        "settle", talks_of(tmp_path, {"road": ["open", "closed"]}, [], ("north",))
    )


def test_twenty_six_parties_get_an_answer(tmp_path: Path) -> None:
    parties = tuple(f"p{n}" for n in range(26))
    given = [
        entry
        for n, party in enumerate(parties)
        for entry in (
            point(party, {"ours": n % 3, "shared": 1, "theirs": 2}),
            {"party": party, "reservation_value": {"low": 0, "mode": 1, "high": 3}},
        )
    ]
    path = talks_of(tmp_path, {"well": ["ours", "shared", "theirs"]}, given, parties)
    assert "all 26 parties could sign" in " ".join(good("settle", path).split())
    given[-1] = {"party": "p25", "reservation_value": 9}
    path = talks_of(tmp_path, {"well": ["ours", "shared", "theirs"]}, given, parties)
    assert "At the likeliest values assessed, nothing:" in good("settle", path)


def test_a_bargain_of_more_settlements_than_atoms_gets_an_answer(tmp_path: Path) -> None:
    issues = {f"i{n}": [f"o{k}" for k in range(10)] for n in range(100)}
    given = [
        {"party": party, "issue": issue, "worth": {option: (k if party == "north" else 9 - k) for k, option in
                                                   enumerate(options)}}
        for party in ("north", "south") for issue, options in issues.items()
    ]  # fmt: skip
    text = " ".join(good("settle", talks_of(tmp_path, issues, given, ("north", "south"))).split())
    assert "both parties could sign" in text


@pytest.mark.parametrize("content", ["", "\x00\x01", "<html></html>", "a: [", "{}"])
def test_a_file_that_is_no_scenario_is_one_sentence(tmp_path: Path, content: str) -> None:
    for name in ("talks.yaml", "profile.json", "some.xml", "none.txt"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        assert bad("settle", path).startswith("Error: ")
        path.unlink()
    assert bad("settle", tmp_path)
    assert "no such file or scenario" in bad("settle", "no-such-talks")
    assert "PATH: a talks file" in bad("settle")
    assert "no-such" in bad("settle", "astana-2017", "--seat", "no-such")


def test_a_scenario_is_converted_and_says_the_same(tmp_path: Path, negolog: Path) -> None:
    for to in ("negmas", "geniusweb-json", "genius", "negolog"):
        target = tmp_path / f"to-{to}"
        result = run("convert", negolog, target, "--to", to)
        assert result.exit_code in (0, 2), result.output
        if result.exit_code == 0:
            one, other = read_scenario(negolog).bargain, read_scenario(target).bargain
            assert (one.issues, one.worth, one.reservation_value) == (
                other.issues, other.worth, other.reservation_value,
            )  # fmt: skip
        else:
            assert "would change worth" in result.output
            assert not target.exists()
            assert "approximate-reservation" in good("convert", negolog, target, "--to", to, "--lossy", code=1)


def titles(text: str) -> list[str]:
    """The questions, sections and tables of an answer, in their order."""
    named = re.findall(r"^(?:[A-Z][a-z].*\?|Caveat:)|^[A-Z][^\n]*(?=\n(?:=|  ))", text, flags=re.MULTILINE)
    return [re.split(r"(?<=\?) ", one)[0] for one in named]


@pytest.mark.parametrize("words", [[], ["--frontier", "--count"]], ids=["short", "frontier"])
def test_a_scenario_and_the_talks_made_of_it_are_shown_in_the_same_sections(
    tmp_path: Path, negolog: Path, words: list[str]
) -> None:
    good("convert", negolog, tmp_path / "talks", "--to", "talks")
    file = good("settle", negolog, *words, "--solution", "all")
    talks = good("settle", tmp_path / "talks", "--seat", "analyst", *words, "--solution", "all")
    assert "What could all sign?" in titles(file)
    assert "What it is worth to each" in titles(file)
    assert titles(file)[1:] == titles(talks)[-len(titles(file)) + 1 :]
    for verb in ("unblock", "robust"):
        file, talks = (good("settle", verb, path) for path in (negolog, tmp_path / "talks"))
        assert titles(file)[1:] == titles(talks)[-len(titles(file)) + 1 :]


def many_issues(folder: Path, n: int) -> Path:
    """A NegoLog folder of two parties who want opposite things on ``n`` issues of ten options."""
    folder.mkdir()
    options = [f"o{k}" for k in range(10)]
    for letter in "AB":
        worth = {option: (k if letter == "A" else 9 - k) / 9 for k, option in enumerate(options)}
        profile = {
            "reservationValue": 0.0,
            "issueWeights": {f"i{at}": 1 / n for at in range(n)},
            "issues": {f"i{at}": worth for at in range(n)},
        }
        (folder / f"profile{letter}.json").write_text(json.dumps(profile), encoding="utf-8")
    return folder


def test_a_huge_scenario_is_counted_only_when_asked(tmp_path: Path) -> None:
    path = many_issues(tmp_path / "huge", 20)
    text = " ".join(good("settle", path, "--solution", "egalitarian").split())
    assert "some of the 1e+20 combinations (not counted" in text
    assert "Options of each issue" not in text
    assert "not counted" not in good("settle", path, "--solution", "egalitarian", "--count")
    assert "No change is needed" in good("settle", "unblock", path)


def test_converting_never_replaces_unasked_nor_what_it_reads(tmp_path: Path, negolog: Path) -> None:
    target = tmp_path / "made"
    good("convert", negolog, target, "--to", "negmas")
    assert "exists already" in bad("convert", negolog, target, "--to", "negmas")
    good("convert", negolog, target, "--to", "negmas", "--force")
    for place in (negolog, tmp_path):
        assert "is the source or contains it" in bad("convert", negolog, place, "--to", "negmas", "--force")
    assert (negolog / "profileA.json").is_file()
    assert "Made the folder" in run("convert", negolog, tmp_path / "a" / "b", "--to", "negmas").stderr
    (tmp_path / "file").write_text("")
    assert "is a file" in bad("convert", negolog, tmp_path / "file", "--to", "negmas", "--force")
    assert "goodoffices settle" in bad("convert", "astana-2017", target, "--to", "negmas")


def test_the_list_of_formats_names_every_reader_and_writer() -> None:
    text = good("formats")
    assert all(name in text for name in DIALECTS)
    rows = json.loads(good("formats", "--json"))
    assert {row["format"] for row in rows if row["written"]} == set(WRITERS) == set(LOSSES)


def test_waiting_tells_of_the_work_and_asks_it_to_end(capsys: pytest.CaptureFixture[str]) -> None:
    told = Waiting()
    told("searching", 0.25)
    told.tell()
    assert "searching 25%" in capsys.readouterr().err
    told.interrupt(signal.SIGINT, None)
    assert told.is_stopped
    with pytest.raises(KeyboardInterrupt):
        told.interrupt(signal.SIGINT, None)


def test_whoever_waits_for_a_kernel_is_told_that_it_compiles(capsys: pytest.CaptureFixture[str]) -> None:
    from numba.core.compiler_lock import global_compiler_lock

    told = Waiting()
    told("merging issues", 0.25)
    with global_compiler_lock:
        ticker = threading.Thread(target=told.tell)
        ticker.start()
        ticker.join()
    told.tell()
    assert capsys.readouterr().err.startswith("getting ready (only the first time on this machine")


def test_the_first_answer_on_a_small_bargain_needs_nothing_compiled() -> None:
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from goodoffices.cli.main import main\n"
        "done = CliRunner().invoke(main, ['settle', 'astana-2017', '--seat', 'analyst'])\n"
        "assert done.exit_code == 0, done.output\n"
        "print('numba' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_interrupted_work_ends_with_the_best_so_far(tmp_path: Path) -> None:
    """Interrupt at the first progress told: the answer is bounded, and the exit code says that it was interrupted."""
    issues = {f"i{n}": ["a", "b", "c"] for n in range(20)}
    parties = tuple(f"p{n}" for n in range(9))
    given = [
        {"party": party, "issue": issue, "worth": {o: (7 * k + 5 * n + 3 * m * k) % 17 for k, o in enumerate("abc")}}
        for n, party in enumerate(parties) for m, issue in enumerate(issues)
    ]  # fmt: skip
    path = talks_of(tmp_path, issues, given, parties)
    code = (
        "import os, signal, sys\n"
        "from goodoffices.cli import main\n"
        "from goodoffices.cli.terminal.progress_line import Waiting\n"
        "told = Waiting.__call__\n"
        "def first(self, what, share):\n"
        "    told(self, what, share)\n"
        "    if not self.is_stopped: os.kill(os.getpid(), signal.SIGINT)\n"
        "Waiting.__call__ = first\n"
        "main(sys.argv[1:])\n"
    )
    words = [sys.executable, "-c", code, "settle", str(path), "--solution", "nash", "--json"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode == 130, done.stderr
    assert json.loads(done.stdout)["solutions"]["nash"]["settlements"]
