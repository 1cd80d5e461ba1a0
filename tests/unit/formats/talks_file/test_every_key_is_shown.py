"""What a talks file says reaches a reader: each key that a person fills in stands in the brief or beside it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from goodoffices.reports.brief.build import brief_of
from goodoffices.reports.brief.render import as_text
from goodoffices.reports.lists.calendar import calendar_file
from goodoffices.talks.core import view_for
from talks_once import folded
from terminal import run

_TALKS = """\
talks: {title: Lake, slug: lake, zone: UTC, default_format: proximity}
languages: [en, ar]
actors:
  east: {kind: party, names: {en: East}}
  west: {kind: party, names: {en: West}}
  hill: {kind: state, names: {en: Hill}}
  guard: {kind: faction, part_of: east, names: {en: Guard}}
  fleet: {kind: faction, names: {en: Fleet}}
  envoy: {kind: person, names: {en: Envoy}}
  aide: {kind: person, names: {en: Aide}}
seats:
  east: {actor: east, roles: [party]}
  west: {actor: west, roles: [party]}
  desk: {actor: envoy, roles: [mediator]}
areas: {pier: {names: {en: Pier}}, gate: {names: {en: Gate}}}
sources: {post: {publisher: Post, title: Page one, dated: 2026-11-20, side: de, language: fa, address: shelf 7}}
questions: {Q1: {question: How many boats?, can_be_said: Nobody can tell.}}
claims:
  a1: {about: first, aspect: boats, value: 12, chain: [Post], strength: document, source: post, in_seed: no,
    question: Q1, asserted_on: 2026-11-20, when: 2026-11-18}
  a2: {about: first, aspect: boats, value: 15, chain: [Radio], strength: document, source: post, in_seed: no,
    question: Q1}
homonyms: [{first: guard, second: fleet, why: Two crews.}]
roles: [{actor: hill, role: guarantor, of: east, since: 2026-10-01, until: 2026-10-24, scope: ferry of May, claim: a1}]
recognition: [{by: west, of: hill, role: guarantor, represents: fleet, stand: no, since: 2026-10-02, claim: a1}]
rounds:
  first: {title: First, place: Old Mill, host: hill, sponsors: [fleet], planned: [
    {start: 2026-12-08, precision: about, announced_on: 2026-11-02, by: hill, claim: a1}]}
sessions:
  one: {title: Opening, round: first, format: plenary, participants: [east, west, desk], room: Blue room,
    starts_at: "2026-12-08T09:00Z", ends_at: "2026-12-08T10:30Z", known_to: [desk]}
pair_formats: [{first: east, second: west, format: shuttle, claim: a1}]
invitations:
  - {round: first, to: fleet, by: hill, role: observer, level: expert, answer: declined, claim: a1, answer_claim: a2}
delegations:
  - {round: first, seat: east, head: envoy, members: [aide], level: ambassador, represents: [{actor: guard,
    basis: own-word, claim: a2}], head_claim: a1}
agenda: [{basket: Water, issues: {boats: {question: {en: Whose boats?}, options: [keep, back]}}}]
changes: {joined: {kind: join, sources: [fleet], targets: [guard], when: 2026-11-22, claims: [a1]}}
texts:
  truce: {title: Truce, kind: joint-statement, dated: 2026-11-20, issued_by: [hill], read_out_by: [west],
    languages: [en, ar], authentic: [ar], prevails: ar, about: [guard], required: [east, west],
    papers: {en: "# Truce\\n\\n## 1.\\nIt stops.\\n"}, claims: [a1],
    stances: [{actor: east, kind: signed, claim: a1, by: hill, dated: 2026-11-21, words: with a raised hand}],
    divergences: [{clause: "1", languages: [en, ar], words: stops or rests, claims: [a2]}]}
commitments:
  give: {obligors: [east, guard], what: Give them back., text: truce, undertaken_by: [east], round: first,
    condition: if paid, due: [{due: 2026-12-24, by: hill, announced_on: 2026-11-23}], claims: [a2],
    happened: [{day: 2026-11-25, claim: a1}]}
guarantees: [{guarantor: hill, beneficiary: east, subject: the quiet, text: truce, since: 2026-11-19, claim: a1}]
ceasefire:
  terms: {title: West copy, covered: [fleet], excluded: [guard], areas: [gate], summary: [Guns rest.], claims: [a1],
    in_force: [{instant: 2026-11-20T02:00, zone: Asia/Damascus, words: at two, areas: [pier],
      until: "2026-12-20T00:00Z", claim: a1}]}
ledgers:
  book: {keeper: west, kind: guarantor, reports: when-it-sees, days: [
    {day: 2026-11-22, n_days: 2, counts: {pier: 2}, unplaced: 1, total: 3, confirmed: 2,
    explained: 1, note: one by inference, source: Post of Sunday}]}
"""
_SHOWN = [
    "Page one, found at shelf 7", "Persian", "close to Germany", "Nobody can tell.", "2026-11-20 (of 2026-11-18)",
    "ferry of May", "2026-10-01 to 2026-10-24", "guarantor, speaking for Fleet", "2026-10-02", "Old Mill",
    "about 2026-12-08", "2026-11-02", "Opening, Blue room", "to end Tue 8 Dec 2026, 10:30",
    "observer (level: expert)", "declined", "with Aide", "(ambassador)", "Guard on its own word", "Water",
    "2026-11-22", "joint statement, in English and Arabic, of which Arabic count", "Read out by West",
    "(in our words: with a raised hand)", "stops or rests", "Condition: if paid.", "It stands in: Truce.",
    "Carried to: First.", "announced 2026-11-23", "said to be done 2026-11-25", "the quiet, in: Truce", "2026-11-19",
    "Fleet, in Gate", "“at two”", "until Sun 20 Dec 2026, 00:00", "in Pier only", "Guns rest.", "when it sees",
    "covers 2 days", "one by inference", "not placed 1", "another keeper confirmed 2, explained 1",
    "[Post of Sunday]",
]  # fmt: skip


@pytest.fixture(name="told", scope="module")
def _told(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("lake")
    (folder / "lake.yaml").write_text(_TALKS, encoding="utf-8")
    view = view_for(folded(folder / "lake.yaml", datetime(2026, 11, 30, 12, tzinfo=UTC)), "desk")
    lines = [as_text(brief_of(view), 4_000), calendar_file(view).decode()]
    lines.append(run("text", "standing", folder / "lake.yaml", "truce", "--seat", "desk").stdout)
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize("words", _SHOWN)
def test_a_key_of_the_talks_file_is_shown(told: str, words: str) -> None:
    assert words in told
