"""`goodoffices forecast` as a person types it: an answer in words, or one sentence on what is wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from forecast_talks import placed_talks, points
from goodoffices.forecast import MODELS
from settlement_talks import SEATS_WITHOUT, astana_without_assessments
from terminal import good, run

pytestmark = pytest.mark.slow

HEAD = "actor,position,salience,capability"
SPREAD = {"north": 10, "south": 50, "host": 90}


def bad(*words: object) -> str:
    result = run(*words)
    assert result.exit_code == 2, result.output
    # Notes, such as one on a scale that was assumed, stand before it.
    [said] = [line for line in result.stderr.splitlines() if line.startswith(("Error: ", "Usage: "))]
    return said


def table(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "wells.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def cases(folder: Path, n: int = 12) -> Path:
    """A table of decisions with outcomes, two to a cluster."""
    lines = [
        f"case {k},cluster {k // 2},{actor},{(k * 13 + at * 37) % 101},{(at + 1) / 4},{at + 1},{(k * 29) % 101}"
        for k in range(n)
        for at, actor in enumerate("abcd")
    ]
    return table(folder, *lines, head="issue,cluster,actor,position,salience,capability,outcome")


def test_a_mediator_reads_the_answer_in_words_first() -> None:
    text = good("forecast", "astana-2017", "--seat", "analyst", "--issue", "monitoring")
    asked = [
        "What will probably come out?", "How far to trust it?", "How sure is that?", "Who weighs most?",
        "What would change it?", "What to find out next?", "Would those who must sign accept it?",
        "Which model is this?", "THE FIGURES BEHIND IT",
    ]  # fmt: skip
    places = [text.index(question) for question in asked]
    assert places == sorted(places)
    assert "EXERCISE" in text
    assert "Invented" in text
    [trust] = re.findall(r"How far to trust it\? (.*?\.)", " ".join(text.split()))
    assert "on peace talks" in trust
    assert len(trust.split()) <= 20
    assert "Who moves whom?" not in text
    assert "The guarantors together" in text
    for slug in ("syria-government", "joint-committee", "third-party"):
        assert slug not in text


def test_the_settlement_room_says_which_options_no_package_holds() -> None:
    found = json.loads(good("forecast", "astana-2017", "--issue", "monitoring", "--json"))
    assert {one["option"]: one["could_all_sign"] for one in found["options"]} == {
        "guarantors": True, "joint-committee": True, "third-party": False,
    }  # fmt: skip
    chance = {one["option"]: one["probability"] for one in found["options"]}
    assert found["forecast"]["probability_in_core"] == pytest.approx(chance["guarantors"] + chance["joint-committee"])
    assert found["invented"] is True
    assert found["compartments"] == ["analysis"]
    assert found["for"] == ["Analysts of the exercise"]


def test_all_issues_come_as_one_table_and_a_ranking_is_answered_too() -> None:
    text = " ".join(good("forecast", "astana-2017").split())
    assert "One table for the opening, then separate rooms" in text
    assert "form of result" in text
    assert "Left out, since nobody has said where anybody stands:" in text
    assert "detainees" not in text.split("Issue by issue")[1]
    assert "only the order is known" in " ".join(good("forecast", "astana-2017", "--issue", "result-form").split())


def test_several_issues_of_a_file_and_of_talks_are_shown_in_the_same_table(tmp_path: Path) -> None:
    rows = [f"{issue},{actor},{place},0.5,1" for issue in ("wells", "road") for actor, place in SPREAD.items()]
    path = table(tmp_path, *rows, head=f"issue,{HEAD}")
    for more in ([], ["--model", "mean", "--model", "compromise"]):
        file, talks = good("forecast", path, *more), good("forecast", "astana-2017", *more)
        assert "From this file alone" in file
        assert "Each issue for itself" in file
        for part in ("Issue by issue", "The lines on which points are counted"):
            assert part in file
            assert part in talks
        for text in (file, talks):
            assert ("compromise" in text and "mean" in text) == bool(more)
    assert "0 to 100, without options" in file


def test_what_would_change_it_is_never_asked_of_a_model_whose_point_can_go_against_an_actors_move() -> None:
    ask = ("forecast", "astana-2017", "--issue", "humanitarian-access")
    plain = json.loads(good(*ask, "--json"))
    compared = json.loads(good(*ask, "--json", "--model", "pce:markov-uniform"))
    assert compared["levers"] == plain["levers"]
    changes = compared["words"]["What would change it?"]
    assert changes.startswith("Asked of the model compromise: in pce:markov-uniform the point can move away")
    assert "can move away" not in str(plain["words"])
    refused = bad("forecast", "levers", "astana-2017", "--issue", "humanitarian-access", "--model", "ktab-smp")
    assert "can move away from an actor that comes closer" in refused
    assert "compromise" in refused


def test_who_moves_whom_is_said_of_a_model_with_moves_that_was_chosen() -> None:
    ask = ("forecast", "astana-2017", "--issue", "humanitarian-access", "--json")
    assert "Who moves whom?" not in json.loads(good(*ask))["words"]
    assert "turn by turn" in json.loads(good(*ask, "--model", "ktab-smp"))["words"]["Who moves whom?"]


@pytest.mark.parametrize("seat", SEATS_WITHOUT)
def test_a_seat_without_assessments_gets_one_sentence_and_nothing_else(seat: str) -> None:
    said = bad("forecast", "astana-2017", "--seat", seat, "--issue", "monitoring")
    assert "sees no estimates of where anybody stands" in said
    for verb in ("levers", "sensitivity"):
        assert bad("forecast", verb, "astana-2017", "--seat", seat, "--issue", "monitoring") == said


def test_what_other_seats_get_is_the_same_with_and_without_points(tmp_path: Path) -> None:
    without = astana_without_assessments(tmp_path / "astana-2017")
    for seat in SEATS_WITHOUT:
        for words in (["brief"], ["forecast"]):
            more = ["--forecast"] if words == ["brief"] else ["--issue", "monitoring"]
            one = run(*words, "astana-2017", "--seat", seat, *more)
            other = run(*words, without, "--seat", seat, *more)
            assert (one.exit_code, one.stdout, one.stderr) == (other.exit_code, other.stdout, other.stderr)


def test_the_brief_gets_the_section_only_when_asked_and_only_where_points_are_seen(tmp_path: Path) -> None:
    plain = good("brief", "astana-2017", "--seat", "analyst")
    page = tmp_path / "brief.html"
    asked = good("brief", "astana-2017", "--seat", "analyst", "--forecast", "--html", page)
    assert asked.startswith(plain.rstrip("\n"))
    assert "WHAT WILL PROBABLY COME OUT?" in asked
    assert "What will probably come out?" in page.read_text(encoding="utf-8")
    found = json.loads(good("brief", "astana-2017", "--forecast", "--json"))
    assert found["sections"][-1]["parts"][0]["columns"][:2] == ["issue", "probably nearest to"]
    assert good("brief", "astana-2017", "--seat", "russia") == good(
        "brief", "astana-2017", "--seat", "russia", "--forecast"
    )


def test_a_record_answers_as_its_talks_file_does(tmp_path: Path) -> None:
    path, record = placed_talks(tmp_path / "wells", points(SPREAD)), tmp_path / "wells.record"
    good("record", "new", record, "--talks", path, "--exercise")
    assert good("forecast", record, "--as", "desk") == good("forecast", path, "--as", "desk")
    assert "The north sees no estimates" in bad("forecast", record, "--seat", "north")


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    words = ("forecast", "astana-2017", "--issue", "scope", "--draws", "500", "--json", "--seed")
    assert good(*words, 7) == good(*words, 7)
    assert good(*words, 7) != good(*words, 8)


def test_tables_and_pictures_are_written_where_asked(tmp_path: Path) -> None:
    path = table(tmp_path, "North,10,0.5,2", "South,50,1,1", "Host,90,0.2,1")
    rows, drawn = tmp_path / "out" / "rows.csv", tmp_path / "out" / "drawn.svg"
    good("forecast", path, "--csv", rows, "--picture", drawn)
    assert rows.read_text(encoding="utf-8").splitlines()[0] == "model,issue,turn,actor,position"
    picture = drawn.read_text(encoding="utf-8")
    assert "<svg" in picture
    assert "It hangs most of all on" in picture
    printed = list(csv.DictReader(io.StringIO(good("forecast", path, "--format", "csv", "--model", "ktab-smp"))))
    assert {row["actor"] for row in printed} == {"North", "South", "Host"}
    assert max(int(row["turn"]) for row in printed) > 0
    assert "does not end in .png, .svg or .pdf" in bad("forecast", path, "--plot", tmp_path / "drawn.txt")


@pytest.mark.parametrize("model", MODELS)
def test_every_model_answers_or_names_one_that_does(tmp_path: Path, model: str) -> None:
    path = table(tmp_path, "North,10,0.5,2", "South,50,1,1", "Host,90,0.2,1")
    result = run("forecast", path, "--model", model)
    assert result.exit_code in (0, 2), result.output
    if result.exit_code == 2:
        assert "use '" in result.stderr
    else:
        assert "What will probably come out?" in result.stdout


def test_models_that_trade_are_given_all_issues(tmp_path: Path) -> None:
    rows = [
        "wells,North,0,0.9,2", "wells,South,100,0.1,2", "wells,Host,20,0.5,1",
        "road,North,100,0.1,2", "road,South,0,0.9,2", "road,Host,70,0.5,1",
    ]  # fmt: skip
    path = table(tmp_path, *rows, head=f"issue,{HEAD}")
    text = " ".join(good("forecast", path, "--issue", "wells", "--model", "exchange:equal-gain").split())
    assert "South moves from 100" in text
    assert "because of North" in text


DEGENERATE = {
    "one actor": ["a,30,1,1"],
    "all at one point": ["a,40,1,1", "b,40,0.5,2", "c,40,0.2,1"],
    "only 0 and 100": ["a,0,1,1", "b,100,0.5,2", "c,0,0.2,1"],
    "no salience": ["a,10,0,1", "b,20,0,2", "c,60,0,1"],
    "no capability": ["a,10,1,0", "b,20,1,0", "c,60,1,0"],
    "one silent": ["a,10,0,1", "b,20,0.5,2", "c,60,1,1"],
    "eighty actors": [f"a{k},{k * 37 % 101},{(k % 10 + 1) / 10},{k % 29 + 1}" for k in range(80)],
    "nobody": [],
    "off the scale": ["a,101,1,1", "b,20,1,1"],
    "no number": ["a,x,1,1"],
    "salience in per cent": ["a,10,50,1", "b,20,50,1"],
    "the same actor twice": ["a,10,1,1", "a,20,1,1"],
}
REFUSED = {"nobody", "off the scale", "no number", "salience in per cent", "the same actor twice"}
WITHOUT_WEIGHT = {"no salience", "no capability"}


@pytest.mark.parametrize("name", DEGENERATE)
@pytest.mark.parametrize("verb", [[], ["levers"], ["sensitivity"]], ids=["forecast", "levers", "sensitivity"])
def test_a_group_at_the_edge_of_sense_is_answered_or_refused_in_one_sentence(
    tmp_path: Path, name: str, verb: list[str]
) -> None:
    path = table(tmp_path, *DEGENERATE[name])
    if name in REFUSED:
        bad("forecast", *verb, path)
    elif name in WITHOUT_WEIGHT:
        assert "use the model 'mean'" in bad("forecast", *verb, path)
        assert good("forecast", *verb, path, "--model", "mean")
    else:
        assert good("forecast", *verb, path)


def test_a_range_that_leaves_the_scale_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path, "a,10,1,1,-20,30", "b,20,1,1,,", head=f"{HEAD},position_low,position_high")
    assert "-20 is off the issue's scale; wanted for 'wells' is 0 to 100" in bad("forecast", path)


def test_salience_in_per_cent_is_read_when_it_is_said(tmp_path: Path) -> None:
    path = table(tmp_path, "a,10,50,1", "b,20,50,1")
    assert good("forecast", path, "--salience-scale", 100)
    assert "in talks salience runs from 0 to 1" in bad("forecast", "astana-2017", "--salience-scale", 100)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["astana-2017", "--issue", "monitorin"], "unknown issue 'monitorin'"),
        (["astana-2017", "--issue", "detainees"], "no assessment says where anybody stands"),
        (["astana-2017", "--model", "pce:markov"], "Did you mean"),
        (["astana-2017", "--plot", "x.png"], "a picture shows one issue"),
        (["levers", "astana-2017"], "there are 8 issues; name one of"),
        (["levers", "astana-2017", "--issue", "scope", "--toward", "here"], "write a point such as 40"),
        (["levers", "astana-2017", "--issue", "scope", "--toward", "60..40"], "the smaller end first, 40..60"),
        (["levers", "astana-2017", "--issue", "scope", "--toward", "40..140"], "is not on the scale"),
        (["sensitivity", "astana-2017", "--issue", "scope", "--sobol", "--draws", "1000"], "power of 2"),
        (["sensitivity", "astana-2017", "--issue", "iran-status", "--sobol"], "drawn"),
    ],
)
def test_a_wrong_word_gets_one_sentence_that_says_what_would_be_right(words: list[str], said: str) -> None:
    assert said in bad("forecast", *words)


def test_levers_and_sensitivity_of_talks_are_marked_as_invented_and_for_whom() -> None:
    text = good("forecast", "levers", "astana-2017", "--issue", "monitoring", "--toward", "40..60")
    assert "smallest change of one position" in text
    assert "Invented" in text
    assert "For Analysts of the exercise only." in text
    found = json.loads(good("forecast", "sensitivity", "astana-2017", "--issue", "monitoring", "--json"))
    assert (found["invented"], found["for"]) == (True, ["Analysts of the exercise"])
    sobol = good("forecast", "sensitivity", "astana-2017", "--issue", "monitoring", "--sobol", "--draws", "64")
    assert "total" in sobol


def test_a_backtest_prints_the_table_of_all_methods_and_writes_rows_and_picture(tmp_path: Path) -> None:
    rows, drawn = tmp_path / "rows.csv", tmp_path / "drawn.png"
    text = good("forecast", "backtest", cases(tmp_path), "--folds", 3, "--csv", rows, "--plot", drawn)
    for column in ("MAE", "<=5", "<=10", "CRPS", "cover80", "width80"):
        assert column in text
    assert "3-fold cross-validation by cluster" in text
    assert rows.read_text(encoding="utf-8").startswith(
        "issue,cluster,model,fold,point,q10,q50,q90,outcome,abs_error,crps"
    )
    assert drawn.stat().st_size > 1000


def test_a_backtest_on_a_second_file_learns_from_the_first_alone(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    first, second = cases(tmp_path), cases(tmp_path / "more", 6)
    words = ("forecast", "backtest", first, "--test", second, "--model", "compromise")
    text = good(*words)
    assert "fitted on the first file, scored on the second" in text
    assert json.loads(good(*words, "--json"))["settings"]["folds"] == 0


def test_a_backtest_refuses_a_file_without_outcomes_or_with_too_few_clusters(tmp_path: Path) -> None:
    assert "has an outcome" in bad("forecast", "backtest", table(tmp_path, "a,10,1,1", "b,20,1,1", "c,30,1,1"))
    assert "use at most 6 folds" in bad("forecast", "backtest", cases(tmp_path), "--folds", 10)


def test_the_cards_of_all_models_say_the_record_first() -> None:
    text = good("forecast", "models")
    assert text.index("pce:markov-uniform") < text.index("MAE 22.59") < text.index("compromise (as published)")
    assert len(json.loads(good("forecast", "models", "--json"))) == len(MODELS)


def test_a_folder_named_like_a_verb_is_reached_with_a_dot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    placed_talks(tmp_path / "backtest", points(SPREAD))
    monkeypatch.chdir(tmp_path)
    assert "What will probably come out?" in good("forecast", "./backtest", "--seat", "desk")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--model", "ktab-smp", "--draws", "1000000"], "draws"),
        ([], "not reached"),
    ],
    ids=["draws", "backtest"],
)
@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_ctrl_c_ends_with_what_there_is(tmp_path: Path, words: list[str], said: str) -> None:
    verb = [str(cases(tmp_path, 60))] if not words else [str(table(
        tmp_path, "a,0,10,30,1,1", "b,20,50,60,0.5,2", "c,60,90,100,1,1",
        head="actor,position_low,position,position_high,salience,capability",
    ))]  # fmt: skip
    code = (
        "import os, signal\n"
        "from goodoffices.cli.terminal import progress_line as waiting\n"
        "told = waiting.Waiting.__call__\n"
        "def once(self, what, share):\n"
        "    told(self, what, share)\n"
        "    if not self.is_stopped and ('draw' in what or 'scoring' in what):\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "waiting.Waiting.__call__ = once\n"
        "from goodoffices.cli.main import main\n"
        "main()\n"
    )
    line = [sys.executable, "-c", code, "forecast", *(["backtest"] if not words else []), *verb, *words]
    done = subprocess.run(line, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode == 130, done.stderr
    assert said in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["a,0,1,1", "b,100,1,1"], "In median:weighted 0 and 100 are equally good."),
        ([f"{name},40,1,1" for name in "abcde"], "a 20 %, b 20 %, c 20 %; 2 more with as much as c."),
        (["a,0,1,0", "b,100,1,5", "c,50,0,3"], "how much they care): b 100 %."),
        ([f"a{n},{n % 101},1,1" for n in range(300)], "with as much as a2."),
    ],
)
def test_ties_are_told_and_who_has_no_weight_is_not_named(tmp_path: Path, rows: list[str], said: str) -> None:
    path = table(tmp_path, *rows, head="actor,position,salience,capability")
    told = " ".join(good("forecast", path, "--draws", 20).replace("\u00a0", " ").split())
    assert said in told
    now = re.search(r"The point, now (\S+), would be (.+?)\. What", told)
    assert now is None or not [change for change in now[2].split("; ") if change.startswith(f"{now[1]} if")]
