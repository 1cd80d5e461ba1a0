"""An option that would do nothing is refused: who typed it would believe that it did something."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest

from terminal import bad
from unit.cli.test_usage import ALL

_RESULT = "result.json "
IDLE = [
    ("brief", "astana-2017 --json --section people", "--section"),
    ("brief", "astana-2017 --json --width 80", "--width"),
    ("ceasefire", "astana-2017 --every-day", "--every-day"),
    ("ceasefire", "astana-2017 --mapping days.csv", "--mapping"),
    ("ceasefire", "astana-2017 --json --csv", "--json"),
    ("ceasefire", "astana-2017 --suggest", "--suggest"),
    ("ceasefire", "days.csv --suggest --check", "--check"),
    ("ceasefire", "days.csv --seat analyst", "--seat"),
    ("ceasefire", "astana-2017 --pair nobody", "nobody"),
    ("ceasefire ledgers", "astana-2017 russia turkey --mapping days.csv", "--mapping"),
    ("ceasefire ledgers", "days.csv russia turkey --seat analyst", "--seat"),
    ("forecast", "astana-2017 --salience-scale 100", "--salience-scale"),
    ("forecast", "astana-2017 --json --format csv", "--json"),
    ("forecast", "actors.csv --seat analyst", "--seat"),
    ("forecast backtest", "days.csv --test days.csv --folds 3", "--folds"),
    ("forecast levers", "astana-2017 --salience-scale 100", "--salience-scale"),
    ("forecast levers", "actors.csv --seat analyst", "--seat"),
    ("forecast sensitivity", "astana-2017 --issue monitoring --draws 64", "--draws"),
    ("forecast sensitivity", "astana-2017 --issue monitoring --seed 3", "--seed"),
    ("forecast sensitivity", "astana-2017 --salience-scale 100", "--salience-scale"),
    ("forecast sensitivity", "actors.csv --seat analyst", "--seat"),
    ("ledger import", "talks.record days.csv --seat analyst --suggest --dry-run", "--dry-run"),
    ("minutes", "astana-2017 --for public", "--for"),
    ("minutes", "astana-2017 --session s1 --copy c1", "--copy"),
    ("minutes", "astana-2017 --session s1 --template days.csv", "--template"),
    ("minutes", "astana-2017 --session s1 --template days.csv --out made.pdf", "--template"),
    ("new", "--title Valley --exercise --live", "--live"),
    ("rehearse", "astana-2017 --mediator mutate", "--mediator"),
    ("rehearse", "astana-2017 --form verbatim --format direct", "--form"),
    ("rehearse", "astana-2017 --grid 5", "--grid"),
    ("rehearse", "astana-2017 --profiles a", "--profiles"),
    ("rehearse", "astana-2017 --negotiator russia=mine.py:Mine", "Russia"),
    ("rehearse", "astana-2017 --strategy russia=boulware", "Russia"),
    ("rehearse", "astana-2017 --vary patience,of,russia=2", "Russia"),
    ("rehearse", "astana-2017 --workers 2 --cluster tcp://host:1", "--cluster"),
    ("rehearse", "water --seat analyst", "--seat"),
    ("rehearse replay", "astana-2017 --run 1 --mediator mutate", "--mediator"),
    ("rehearse replay", "astana-2017 --run 1 --grid 5", "--grid"),
    ("rehearse replay", "astana-2017 --run 1 --profiles a", "--profiles"),
    ("rehearse replay", "water --run 1 --seat analyst", "--seat"),
    ("serve", "astana-2017 --talks river.yaml", "--talks"),
    *(
        (command, f"{before}astana-2017 {option}", option.split()[0])
        for command, before in (
            ("settle", ""),
            ("settle unblock", ""),
            ("settle robust", ""),
            ("settle verify", "result.json "),
        )
        for option in ("--grid 5", "--profiles a")
    ),
    ("settle", "water --seat analyst", "--seat"),
    ("settle unblock", "water --seat analyst", "--seat"),
    ("settle robust", "water --seat analyst", "--seat"),
    ("settle verify", "result.json water --seat analyst", "--seat"),
    ("text out", "astana-2017 v1 --out made.docx --clause 1", "--clause"),
    ("text out", "astana-2017 v1 --out made.docx --since v1", "--since"),
    ("text out", "astana-2017 v1 --out made.docx --as russia", "--as"),
    ("text pack", "astana-2017 --seat russia --seats turkey --out made", "--seats"),
    ("text pax", "astana-2017 --is 2092=tx1", "--is"),
    ("text show", "astana-2017 copy-government-2016-12-29 --as working --json", "--json"),
    ("week", "astana-2017 --template days.csv", "--template"),
    ("week", "astana-2017 --template days.csv --out made.txt", "--template"),
]


_DEPENDS = (
    "For talks:", "For scenarios:", "For --", "For page-", "For the protocol", "Of talks and records:", "With --",
    "With an ADDRESS:", "Instead of --",
)  # fmt: skip
"""How the help begins of an option that depends on another, or on what is read."""
NOT_REFUSED = {("decide explain", "--rule"), ("text out", "--language")}
"""Without --rule a file is read; the language of page-beside is one of all."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("idle")
    (made / "days.csv").write_text("date,events\n2017-01-01,3\n2017-01-02,4\n", encoding="utf-8")
    (made / "actors.csv").write_text(
        "issue,actor,position,salience,capability\nwater,north,10,1,1\nwater,south,50,1,1\n", encoding="utf-8"
    )
    (made / "mine.py").write_text("class Mine:\n    pass\n", encoding="utf-8")
    (made / "result.json").write_text("{}", encoding="utf-8")
    (made / "water").mkdir()
    for letter in "AB":
        profile = {
            "reservationValue": 0.2,
            "issueWeights": {"price": 1.0},
            "issues": {"price": {"low": 1.0 if letter == "A" else 0.0, "high": 0.0 if letter == "A" else 1.0}},
        }
        (made / "water" / f"profile{letter}.json").write_text(json.dumps(profile), encoding="utf-8")
    return made


@pytest.mark.parametrize(("command", "words", "named"), IDLE, ids=lambda one: str(one))
def test_an_option_without_effect_is_refused_and_named(
    command: str, words: str, named: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    before = sorted(place.rglob("*"))
    typed = [word.replace(",of,", " of ") for word in words.split()]
    said = bad(*command.split(), *typed)
    assert named in said.partition("Usage")[0]
    assert re.search(r"leave (it |one of them )?out|does not negotiate|need no mapping", said), said
    assert sorted(place.rglob("*")) == before


def test_every_option_that_says_what_it_depends_on_is_refused_without_it() -> None:
    tried = {(command, named) for command, _, named in IDLE}
    depending = {
        (name, param.opts[0])
        for name, one in ALL.items()
        for param in one.command.params
        if isinstance(param, click.Option) and (param.help or "").startswith(_DEPENDS)
    }
    assert sorted(depending - tried - NOT_REFUSED) == []
