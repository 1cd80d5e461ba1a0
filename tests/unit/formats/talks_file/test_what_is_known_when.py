"""What a talks file can say of chains, of when something was known, and of who is told; and its ledgers' sums."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from goodoffices.formats.talks_file.reader import check, read_talks
from goodoffices.reports.brief.build import Brief, brief_of
from goodoffices.reports.brief.render import as_text
from goodoffices.reports.provenance import chain_text
from goodoffices.talks.base.enums import Kind, StanceKind
from goodoffices.talks.core import Talks, replay, view_for
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.model.talks_file import TalksFile
from terminal import good, run

BASE = """
actors:
  north: {kind: party, names: {en: North}}
  south: {kind: party, names: {en: South}}
  speaker: {kind: person, part_of: north, names: {en: A. Speaker}}
  envoy: {kind: body, names: {en: The envoy}}
  desk: {kind: body, names: {en: The desk}}
  watchers: {kind: organisation, names: {en: The watchers}}
talks: {title: Talks on the valley, zone: Asia/Tokyo}
seats:
  north: {actor: north, roles: [party]}
  south: {actor: south, roles: [party]}
  envoy: {actor: envoy, roles: [facilitator]}
  desk: {actor: desk, roles: [secretariat]}
rounds:
  first: {title: First round, planned: [{start: 2020-03-02, announced_on: 2020-02-20}]}
"""


def talks_of(folder: Path, more: str) -> TalksFile:
    path = folder / "talks.yaml"
    path.write_text(BASE + more, encoding="utf-8")
    return read_talks(path)


def opened(file: TalksFile) -> Talks:
    return replay(opening(file, kind=Kind.EXERCISE, at=datetime(2026, 6, 1, tzinfo=UTC)))


def brief(file: TalksFile, seat: str, as_of: date | datetime | None = None) -> Brief:
    return brief_of(view_for(opened(file), seat), as_of=as_of)


SOURCES = """
sources:
  paper: {publisher: The Paper, dated: 2020-03-01, side: fr}
  radio: {publisher: Radio, language: ar, side: sy-opp}
  bare: {publisher: Undated Weekly}
"""


@pytest.mark.parametrize(
    ("chain", "source", "shown"),
    [
        ("[Daily, The Paper]", "paper", "Daily ← The Paper (fr)"),
        ("[The Paper, Daily]", "paper", "The Paper (fr) ← Daily"),
        ("[Daily, {speaker: Radio, beside: yes}]", "paper", "Daily and Radio (sy-opp)"),
        ("[Radio, {speaker: A. Speaker, actor: speaker}]", "radio", "Radio (sy-opp, in Arabic) ← A. Speaker"),
        ("[Daily, {speaker: Agency, side: de}, A, {speaker: B, beside: yes}, {speaker: C, beside: yes}]", "bare",
         "Daily ← Agency (de) ← A, B and C"),
        ("[Daily, {speaker: Weekly, beside: yes}, A, {speaker: B, beside: yes}]", "bare", "Daily and Weekly ← A and B"),
    ],
)  # fmt: skip
def test_a_side_belongs_to_its_link_and_speakers_side_by_side_are_no_chain(
    tmp_path: Path, chain: str, source: str, shown: str
) -> None:
    said = f"about: north, aspect: a, value: 3, chain: {chain}, source: {source}, strength: document, in_seed: no"
    view = view_for(opened(talks_of(tmp_path, f"{SOURCES}claims: {{x: {{{said}}}}}\n")), "south")
    [held] = view.known.claims.values()
    assert chain_text(view, held) == f"{shown} [{held.handle} D]"


CLAIM = "about: north, value: {{words: {0}}}, aspect: {0}, chain: [The Paper], strength: document, in_seed: no"
WHEN = f"""{SOURCES}
claims:
  evening: {{{CLAIM.format("evening")}, source: bare, known_from: "2020-03-01T21:00+09:00"}}
  said: {{{CLAIM.format("said")}, source: paper, asserted_on: 2020-02-10}}
  printed: {{{CLAIM.format("printed")}, source: paper, when: 2020-02-01}}
  about: {{{CLAIM.format("spokenof")}, source: bare, when_from: 2020-02-20, when_to: 2020-02-28}}
  undated: {{{CLAIM.format("undated")}, source: bare}}
"""


@pytest.mark.parametrize(
    ("as_of", "known"),
    [
        (datetime(2020, 2, 10, 14, 59, tzinfo=UTC), set()),
        (datetime(2020, 2, 10, 15, 0, tzinfo=UTC), {"said"}),
        (date(2020, 2, 10), {"said"}),
        (date(2020, 2, 28), {"said", "spokenof"}),
        (datetime(2020, 3, 1, 11, 59, tzinfo=UTC), {"said", "spokenof"}),
        (datetime(2020, 3, 1, 12, 0, tzinfo=UTC), {"said", "spokenof", "evening"}),
        (date(2020, 3, 1), {"said", "spokenof", "evening", "printed"}),
        (None, {"said", "spokenof", "evening", "printed", "undated"}),
    ],
)
def test_a_claim_is_known_when_it_was_said_else_printed_else_over_by_the_clock_of_the_talks(
    tmp_path: Path, as_of: date | datetime | None, known: set[str]
) -> None:
    text = as_text(brief(talks_of(tmp_path, WHEN), "south", as_of), 300)
    assert {word for word in ("said", "printed", "spokenof", "evening", "undated") if f": {word}" in text} == known


def test_titles_rounds_and_paragraphs_that_come_later_are_hidden(tmp_path: Path) -> None:
    more = """
texts: {accord: {title: The Accord of Spring, dated: 2020-04-10}, draft: {title: The Draft, dated: 2020-02-01}}
"""
    path = tmp_path / "talks.yaml"
    text = BASE.replace(
        "talks: {title: Talks on the valley, zone: Asia/Tokyo}",
        "talks:\n  title: Talks on the valley\n  zone: Asia/Tokyo\n  summary:\n    - They talk.\n"
        '    - {words: They agreed., known_from: "2020-04-10T18:00+09:00"}',
    ).replace("rounds:\n", "rounds:\n  later: {title: Round of the Accord, opened: 2020-05-01}\n")
    path.write_text(text + more, encoding="utf-8")
    early, late = (as_text(brief(read_talks(path), "north", when), 200) for when in (date(2020, 3, 1), None))
    for later in ("The Accord of Spring", "They agreed.", "Round of the Accord"):
        assert later not in early
        assert later in late
    assert "The Draft" in early
    assert "They talk." in early


def test_the_moment_at_which_a_file_begins_is_the_default_and_end_shows_all(tmp_path: Path) -> None:
    path = tmp_path / "talks.yaml"
    begins = 'zone: Asia/Tokyo, opens_at: "2020-02-28T23:59+09:00"'
    path.write_text((BASE + WHEN).replace("zone: Asia/Tokyo", begins), encoding="utf-8")
    told = good("brief", path, "--seat", "north")
    assert "As of Fri 28 Feb 2020, 23:59 (Asia/Tokyo, UTC+9)" in told
    assert "evening" not in good("brief", path, "--seat", "north", "--section", "all")
    assert "evening" in good("brief", path, "--seat", "north", "--section", "all", "--as-of", "end")
    assert "evening" in good("brief", path, "--seat", "north", "--section", "all", "--as-of", "2020-03-01T21:00")


@pytest.mark.parametrize("given", ["yesterday", "2020-13-01", "2020-03-01T25:00", "23 January"])
def test_a_day_that_cannot_be_read_is_refused_with_what_to_write(tmp_path: Path, given: str) -> None:
    talks_of(tmp_path, "")
    refused = run("brief", tmp_path, "--as-of", given)
    assert refused.exit_code == 2
    assert "is not a day or a time; write 2017-01-23 or 2017-01-23T08:00" in refused.stderr


def test_a_misspelt_section_is_refused_with_the_nearest(tmp_path: Path) -> None:
    talks_of(tmp_path, "")
    refused = run("brief", tmp_path, "--section", "peple")
    assert refused.exit_code == 2
    assert "Did you mean 'people'?" in refused.stderr


SESSION = "sessions: {talk: {title: A quiet talk, round: first, format: direct, participants: [north, envoy]MORE}}\n"


def test_the_secretariat_is_told_of_planned_sessions_unless_the_file_names_others(tmp_path: Path) -> None:
    seen = {
        more: {seat for seat in ("north", "south", "envoy", "desk") if len(view_for(held, seat).known.sessions)}
        for more in ("", ", known_to: []", ", known_to: [south]")
        for held in [opened(talks_of(tmp_path, SESSION.replace("MORE", more)))]
    }
    assert seen == {
        "": {"north", "envoy", "desk"},
        ", known_to: []": {"north", "envoy"},
        ", known_to: [south]": {"north", "envoy", "south"},
    }


LEDGERS = """
ledgers:
  watched: {{keeper: watchers, days: [{{day: 2020-03-01, {0}}}]{1}}}
areas: {{valley: {{names: {{en: Valley}}}}, ridge: {{names: {{en: Ridge}}}}}}
"""


@pytest.mark.parametrize(
    ("day", "kept", "kind"),
    [
        ("counts: {valley: 12}, total: 15", "", "refusal"),
        ("counts: {valley: 12}, unplaced: 2, total: 15", "", "refusal"),
        ("unplaced: 2, total: 15", "", "refusal"),
        ("counts: {valley: 12, ridge: 4}, total: 15", "", "refusal"),
        ("counts: {valley: 12}, unplaced: 3, total: 15", "", ""),
        ("total: 15", "", ""),
        ("counts: {valley: 12}", "", ""),
        ("counts: {valley: 12}, total: 15", ", kept_as_stated: [2020-03-01]", "note"),
    ],
)
def test_parts_that_do_not_add_up_to_the_total_are_refused(tmp_path: Path, day: str, kept: str, kind: str) -> None:
    path = tmp_path / "talks.yaml"
    path.write_text(BASE + LEDGERS.format(day, kept), encoding="utf-8")
    found = [entry for entry in check(path).entries if entry.kind == "parts-differ-from-total"]
    assert [entry.grade.value for entry in found] == ([kind] if kind else [])
    if kind == "refusal":
        assert "unplaced" in found[0].remedy
        assert found[0].place.line > 1


def test_one_ledger_is_said_to_be_one(tmp_path: Path) -> None:
    file = talks_of(tmp_path, LEDGERS.format("counts: {valley: 12}, unplaced: 3, total: 15", ""))
    text = as_text(brief(file, "north"), 200)
    assert "side by side" not in text
    assert "other keeper" not in text
    assert "another keeper" not in text
    assert "Totals of allegations" in text


def test_what_is_only_reported_of_an_actor_cannot_be_taken() -> None:
    for kind in (StanceKind.NOT_SIGNED, StanceKind.LISTED):
        assert kind.is_reported_only
        assert not kind.binds
    offered = run("text", "stance", "--help").output
    assert "did-not-sign" not in offered
    assert "not-signed" not in offered
