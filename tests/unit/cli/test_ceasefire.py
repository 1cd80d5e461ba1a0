"""`goodoffices ceasefire` on event files alone: same file and seed, same answer; exit codes 0, 1 and 2."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from terminal import bad, good, run

FIRST = date(2016, 10, 1)
AT = "2016-11-30"


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two hundred days of three areas, one of which rises at the end."""
    rng = np.random.default_rng(1)
    rows = ["date,area,pair,count,latitude,longitude"]
    for day in range(200):
        for n, area in enumerate(("North", "South", "East")):
            rate = 6 if area == "East" and day >= 170 else 1
            count = rng.poisson(rate)
            rows += [f"{FIRST + timedelta(days=day)},{area},G - I,{count},{33 + n / 5},36.1"] if count else []
        rows += [f"{FIRST + timedelta(days=day)},North,G - S,1,33.0,36.1"] if day % 2 else []
    path = tmp_path_factory.mktemp("events") / "events.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


@pytest.mark.slow
def test_one_page_says_verdicts_alarms_changes_and_what_was_not_run(events: Path) -> None:
    text = good("ceasefire", events, "--at", AT, "--pair", "G - I", "--compare", "G - S")
    assert text.startswith("events: does the cease-fire hold?")
    for part in ("Areas, last whole week", "Last 14 days", "Alarms", "Before and after 2016-11-30", "Clusters"):
        assert part in text
    assert "East: alarm since 2017-03-" in text
    assert "days to an alarm of one area are on average 365 or more" in text
    assert "Not run" not in text


def test_without_a_day_in_force_what_needs_it_is_not_run(events: Path) -> None:
    text = good("ceasefire", events, "--no-scan")
    assert "Not run\n  verdicts, alarms, comparison and return times" in text
    assert text.count("Not run") == 1
    assert "Areas, last whole week" not in text


def test_json_is_the_same_each_time(events: Path) -> None:
    one, other = (good("ceasefire", events, "--at", AT, "--json") for _ in range(2))
    assert one == other
    [status] = json.loads(one)
    assert {row["verdict"] for row in status["verdicts"]} <= {"holding", "strained", "broken", "cannot tell"}
    assert status["change"][0]["level"] != "changed"
    assert len(status["change"]) == 3
    assert status["figures_hash"]


def test_what_happened_later_does_not_count_as_of_a_day(events: Path) -> None:
    [status] = json.loads(good("ceasefire", events, "--at", AT, "--as-of", "2017-03-01", "--no-scan", "--json"))
    assert status["last_day"] == "2017-03-01"
    assert status["alarms"] == []
    [later] = json.loads(good("ceasefire", events, "--at", AT, "--no-scan", "--json"))
    assert later["alarms"] != []


def test_a_check_ends_with_one_where_it_does_not_hold(events: Path) -> None:
    assert run("ceasefire", events, "--at", AT, "--no-scan", "--check").exit_code == 1
    assert run("ceasefire", events, "--at", AT, "--area", "North", "--as-of", "2017-01-20", "--check").exit_code in (
        0,
        1,
    )


@pytest.mark.parametrize("columns", ["date,date_end", "period_start,period_end"])
@pytest.mark.parametrize("options", [(), ("--every-day",)])
def test_days_inside_counts_of_whole_weeks_were_not_observed_and_read_no_zero(
    tmp_path: Path, columns: str, options: tuple[str, ...]
) -> None:
    path, first = tmp_path / "weeks.csv", date(2017, 1, 2)
    weeks = [(first + timedelta(days=7 * n), first + timedelta(days=7 * n + 6)) for n in range(30)]
    rows = [f"{columns},area,count", *(f"{begun},{ended},North,3" for begun, ended in weeks)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    text = good("ceasefire", path, "--at", "2017-03-06", "--no-scan", *options)
    assert "observed 0 % of days" in text
    assert "North: not observed" in text
    assert "cannot tell. Less than 60 % of the fortnight was observed." in text
    assert "Left out of daily counts are events known too vaguely for a day: 90" in text


def test_large_numbers_are_written_out(tmp_path: Path) -> None:
    path, first = tmp_path / "many.csv", date(2017, 1, 2)
    rows = [f"{first + timedelta(days=n)},North,{10**6 + n}" for n in range(200)]
    path.write_text("\n".join(["date,area,count", *rows]) + "\n", encoding="utf-8")
    text = good("ceasefire", path, "--at", "2017-03-06", "--no-scan")
    assert "North: 14002695 (14 of 14 days observed)" in text
    assert "e+0" not in text


@pytest.mark.slow
def test_a_calibrated_alarm_says_how_its_threshold_was_found(events: Path) -> None:
    text = good("ceasefire", events, "--at", AT, "--area", "East", "--calibrate", "--promise", "60", "--no-scan")
    assert "found by simulation" in text


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--pair", "G - J"), "unknown pair"),
        (("--area", "Nort"), "Did you mean 'North'"),
        (("--ledger", "other"), "unknown ledger"),
        (("--at", "2020-01-01"), "lies outside the events"),
        (("--at", "1 May"), "Write it as 2017-01-24"),
        (("--as-of", "2010-01-01"), "choose that day or a later one"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(events: Path, options: tuple[str, ...], why: str) -> None:
    assert why in bad("ceasefire", events, *options)


def test_a_list_that_does_not_say_whether_it_is_daily_cannot_tell(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("date,area\n2017-01-01,x\n2017-04-01,x\n2017-08-01,x\n")
    result = run("ceasefire", path, "--at", "2017-04-01", "--no-scan")
    assert result.exit_code == 0
    assert "cannot tell" in result.stdout
    assert "Say --every-day" in result.stderr
    assert "none (" not in result.stdout
    assert "cannot tell. Too little happened before" in good(
        "ceasefire", path, "--at", "2017-04-01", "--no-scan", "--every-day", "--reference", "200"
    )


def test_two_ledgers_of_one_file_are_answered_apart(tmp_path: Path) -> None:
    path = tmp_path / "ledgers.csv"
    path.write_text("day,ledger,area,count\n2017-01-01,A,x,3\n2017-01-01,B,,0\n2017-01-02,A,,2\n2017-01-02,A,y,1\n")
    text = good("ceasefire", path)
    assert "A: does the cease-fire hold?" in text
    assert "B: does the cease-fire hold?" in text
    beside = good("ceasefire", "ledgers", path, "A", "B")
    assert "stated as none" in beside
    assert "no report" in beside
    figures = json.loads(good("ceasefire", "ledgers", path, "A", "B", "--json"))
    assert figures["ledgers"]["A"]["total"] == 6
    assert figures["days"][1]["B"] == "no report"
    assert "no bulletin" in bad("ceasefire", "ledgers", path, "A", "C")


def test_two_ledgers_of_talks_stand_side_by_side_by_short_name_or_title() -> None:
    text = good("ceasefire", "ledgers", "astana-2017", "ledger-russia", "Turkey's ledger")
    assert "Russia's ledger: reports 2, bulletins 1." in text
    assert "Turkey's ledger: reports without a place: 6." in text
    assert "unknown ledger 'russia'" in bad("ceasefire", "ledgers", "astana-2017", "russia", "ledger-turkey")


def test_the_table_has_a_row_for_each_figure(events: Path) -> None:
    rows = good("ceasefire", events, "--at", AT, "--no-scan", "--csv").splitlines()
    assert rows[0] == "ledger,part,row,area,figure,value"
    [status] = json.loads(good("ceasefire", events, "--at", AT, "--no-scan", "--json"))
    assert f"events,basis,1,,total,{status['total']}" in rows
    assert sum(row.startswith("events,verdicts,") and ",verdict," in row for row in rows) == len(status["verdicts"])


def test_a_first_mapping_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("When,Where\n2017-01-01,x\n")
    assert "not read: When" in good("ceasefire", path, "--suggest")
    assert "--suggest" in bad("ceasefire", path)


def test_days_that_the_file_says_were_not_seen_are_never_zero(tmp_path: Path) -> None:
    rows = [f"2017-01-{day:02d},x,1" for day in range(1, 11)]
    rows += [f"2017-01-{day:02d},x,access denied" for day in range(11, 31)]
    path = tmp_path / "counts.csv"
    path.write_text("date,area,count\n" + "\n".join(rows) + "\n")
    text = good("ceasefire", path, "--at", "2017-01-05", "--no-scan")
    assert "x: access denied" in text
    assert "x, week to 2017-01-25: cannot tell. Less than 60 % of the fortnight was observed." in text


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("2017-01-01,x,not observed\n2017-01-20,x,withheld\n", "x: none (13 of 14 days observed)"),
        ("2017-01-01,x,not observed\n2017-01-02,x,withheld\n", "x: withheld"),
        ("2017-01-01,x,not observed\n2017-01-02,x,withheld\n", "events: 0; observed 0 % of days"),
        ("2017-01-01,x,not observed\n2017-01-02,x,4\n", "events: 4; observed 50 % of days"),
        ("2017-01-01,,not observed\n", "unknown: not observed"),
        ("2017-01-01,x,0\n2017-06-01,y,0\n", "x: none"),
        ("2017-01-01,x,999999999\n2017-02-01,x,5\n", "events: 1,000,000,004;"),
    ],
)
def test_a_file_without_events_or_with_huge_numbers_is_answered(tmp_path: Path, rows: str, said: str) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("date,area,count\n" + rows)
    assert said in good("ceasefire", path)
    good("ceasefire", path, "--at", "2017-01-01", "--json")


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("1700-01-01,x,1\n2199-12-31,x,1\n", "more than 20,000 days"),
        ("2017-01-01,x,99999999999999999999\n", "from 0 to 999,999,999"),
    ],
)
def test_a_file_that_would_take_for_ever_is_refused(tmp_path: Path, rows: str, why: str) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("date,area,count\n" + rows)
    assert why in bad("ceasefire", path)


def test_what_a_ledger_told_later_of_earlier_days_is_not_known_as_of_a_day(tmp_path: Path) -> None:
    talks = tmp_path / "talks.yaml"
    talks.write_text(LATE_BULLETIN, encoding="utf-8")
    for options, n in ((("--as-of", "2020-03-05"), 2), (("--as-of", "2020-03-08"), 7), (("--to", "2020-03-05"), 7)):
        assert f"reports: {n};" in good("ceasefire", talks, *options, "--no-scan"), options
    assert "by then no ledger had told anything" in bad("ceasefire", talks, "--as-of", "2020-02-01")


LATE_BULLETIN = """
actors: {watchers: {kind: organisation, names: {en: The watchers}}}
talks: {title: Talks on the valley, zone: Asia/Tokyo}
seats: {watchers: {actor: watchers, roles: [analyst]}}
ledgers:
  watched:
    keeper: watchers
    days: [{day: 2020-03-02, total: 2}, {day: 2020-03-04, total: 5, known_from: 2020-03-07}]
"""


@pytest.mark.slow
def test_talks_are_answered_from_the_ledgers_that_a_seat_reads_each_by_itself() -> None:
    text = good("ceasefire", "astana-2017", "--seat", "un-envoy", "--as-of", "2017-03-31", "--no-scan")
    assert "Russia's ledger: does the cease-fire hold?" in text
    assert "Turkey's ledger: does the cease-fire hold?" in text
    assert "In the week to 2017-03-30, it cannot be told: all 4 areas." in text
    assert "lethal events" not in text
    for name in ("Russia's ledger", "Turkey's ledger"):
        [one] = json.loads(
            good("ceasefire", "astana-2017", "--seat", "un-envoy", "--as-of", "2017-03-31", "--ledger", name, "--json")
        )
        assert (one["ledger"], one["first_day"]) == (name, "2016-12-30")
        assert {row["verdict"] for row in one["verdicts"]} == {"cannot tell"}
    assert "there is no such file" in bad("ceasefire", "nothing-here.csv")


def test_a_reference_that_is_not_over_is_not_called_unobserved(events: Path) -> None:
    text = " ".join(good("ceasefire", events, "--at", "2017-03-10", "--no-scan").split())
    assert (
        "East, North and South: no alarm can be calculated yet; the first days in force (the reference) end on "
        "2017-05-09, and the data on 2017-04-18." in text
    )
    assert "were observed" not in text.partition("Alarms")[2].partition("Before and after")[0]


def test_counts_of_days_are_said_to_be_read_as_counts_of_every_day(events: Path) -> None:
    assumed = "a day without a row counts as a day without events"
    assert assumed in " ".join(run("ceasefire", events, "--no-scan").stderr.split())
    for said in ("--every-day", "--not-every-day"):
        assert assumed not in " ".join(run("ceasefire", events, "--no-scan", said).stderr.split())
