"""Every mistake of a file is told in one read, each once and at its place, in sentences a writer understands."""

from __future__ import annotations

from pathlib import Path

import pytest

from formats_helpers import ACTORS, checked, kinds
from goodoffices.errors import TalksFileError, UnknownWordError
from goodoffices.formats.talks_file.reader import check, check_command, find_scenario, read_talks, scenario_names

# A line that ends in "#! kind word" holds one mistake of that kind where the word first stands.
TWENTY = """\
talks: {title: Wells, zone: Asia/Almatty}                                   #! unknown-word Asia
actors:
  north: {kind: stat, names: {en: North}}                                   #! unknown-word stat
  south: {kind: party, names: {ar: الجنوب}, prt_of: north}                   #! unknown-key prt_of
  South: {kind: party, names: {en: South}}                                  #! not-a-slug South
  south: {kind: party, names: {en: Twice}}                                  #! duplicate-key south
  east: {kind: party, names: {ar: الشرق, en: }}                              #! empty-value en:
  west: &w {kind: party, names: {en: West}}                                 #! anchor &w
  envoy: {kind: person, names: {en: E}, part_of: nroth}                     #! unknown-reference nroth
sources:
  gazette: {publisher: Gazette, dated: 2017-02-30}                          #! not-a-date 2017
claims:
  c1: {about: north, aspect: a, value: 1, strength: document, source: gazette, in_seed: no}  #! missing-key c1
  c2:
    {about: north, aspect: a, value: ٧, chain: [G], strength: document, source: gazette, in_seed: no} #! not-a-number ٧
  c3:
    {about: الشمال, aspect: a, value: 1, chain: [G], strength: document, source: gazette, in_seed: no} #! not-a-slug ا
  c4:
    {about: north, aspect: ح, value: 1, chain: G, strength: document, source: gazette, in_seed: no}  #! wrong-shape G
  c5:
    {about: north, aspect: a, chain: [G], strength: document, source: gazette, in_seed: no,
     value: {low: 3, high: 1}}                                              #! wrong-order value
  c6:
    {about: north, aspect: a, value: 1, chain: [G], strength: document, in_seed: perhaps,
     source: gazete}                                                        #! unknown-reference gazete
  c7:
    {about: north, aspect: a, value: 1, chain: [G], strength: documnt, source: gazette, in_seed: no} #! unknown-word doc
rounds:
  one: {title: One, opened: 2017-01-24, closed: 2017-01-23}                 #! wrong-order 2017-01-23
  two: {title: !!str Two}                                                   #! tag !!str
agenda:
  - {basket: B, issues: {road: {question: {en: Q}, options: [open]}}}       #! too-few options
foo: 1                                                                      #! unknown-key foo
"""


def expected(text: str) -> list[tuple[str, int, int]]:
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        written, mark, said = line.partition("#!")
        if mark:
            kind, word = said.split()
            found.append((kind, number, written.index(word) + 1))
    return found


def test_twenty_mistakes_give_twenty_messages_at_their_places(tmp_path: Path) -> None:
    text = TWENTY.replace("in_seed: perhaps", "in_seed: no")
    report = checked(tmp_path, text)
    assert [(e.kind, e.place.line, e.place.column) for e in report.refusals] == expected(text)
    assert len(report.refusals) == 20 == len(str(report).splitlines())


def test_two_mistakes_of_one_claim_are_two_messages(tmp_path: Path) -> None:
    report = checked(tmp_path, TWENTY)
    of_claim = [e.kind for e in report.refusals if e.place.pointer.startswith("claims/c6/")]
    assert of_claim == ["not-yes-or-no", "unknown-reference"]


def test_the_error_lists_every_problem_and_has_them_as_values(tmp_path: Path) -> None:
    path = tmp_path / "talks.yaml"
    path.write_text(TWENTY, encoding="utf-8")
    with pytest.raises(TalksFileError) as caught:
        read_talks(path)
    assert caught.value.count == 21 == len(caught.value.problems)
    assert str(caught.value).splitlines()[0].startswith(f"{path}:1:29: unknown time zone 'Asia/Almatty'.")
    first = caught.value.problems[0]
    assert (first.kind, first.place.line, first.place.column, first.found) == ("unknown-word", 1, 29, "Asia/Almatty")
    assert first.nearest == "Asia/Almaty" and first.nearest in first.known


@pytest.mark.parametrize(
    ("line", "nearest"),
    [
        ("roles: [{actor: nort, role: party}]", "north"),
        ("roles: [{actor: zzzzz, role: party}]", None),
        ("roles: [{actor: north, role: partie}]", "party"),
        ("roles: [{actor: north, role: qqqq}]", None),
        ("rols: []", "roles"),
        ("xyxyxy: []", None),
    ],
)
def test_the_nearest_word_is_offered_if_and_only_if_it_is_near(tmp_path: Path, line: str, nearest: str | None) -> None:
    [problem] = checked(tmp_path, ACTORS + line).refusals
    assert problem.nearest == nearest
    assert ("Did you mean" in problem.sentence()) is (nearest is not None)


def test_an_actors_name_written_for_its_slug_leads_to_the_slug(tmp_path: Path) -> None:
    text = (
        "actors:\n  n: {kind: party, names: {en: northern-alliance}}\nroles: [{actor: northern-aliance, role: party}]"
    )
    [problem] = checked(tmp_path, text).refusals
    assert problem.nearest == "n"


def test_a_misspelt_key_that_must_be_there_is_one_mistake(tmp_path: Path) -> None:
    text = ACTORS + "texts: {t: {titel: T}}"
    assert kinds(checked(tmp_path, text)) == ["unknown-key"]


def test_more_than_fifty_mistakes_are_counted(tmp_path: Path) -> None:
    text = ACTORS + "roles:\n" + "  - {actor: nobody, role: party}\n" * 1_000
    report = checked(tmp_path, text)
    assert len(report.refusals) == 50
    assert report.n_unlisted == 950
    assert str(report).splitlines()[-1].startswith("... and 950 more; 1000 problems in all.")
    with pytest.raises(TalksFileError) as caught:
        read_talks(tmp_path)
    assert caught.value.count == 1_000


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("actors: {}", "too-few"),
        ("actors:", "empty-value"),
        ("actors: [a, b]", "wrong-shape"),
        ("talks: {title: T}", "missing-key"),
        ("just words", "wrong-shape"),
        ("- a\n- b", "wrong-shape"),
        ("<html><body>not found</body></html>", "wrong-shape"),
        (ACTORS + "version: 2", "newer-version"),
        (ACTORS + "version: one", "not-a-number"),
        (ACTORS + "languages: [english]", "not-a-language"),
        (ACTORS + "languages: [en, en]", "named-twice"),
        (ACTORS + "seats: {a: {actor: north, roles: [party]}, b: {actor: north, roles: [party]}, "
         "c: {actor: south, roles: [party]}}\ncontact_barred: [[a, b, c]]", "too-many"),
        (ACTORS + "seats: {a: {actor: north, roles: [partie]}}", "unknown-word"),
        (ACTORS + "contact_barred: [[north]]", "unknown-reference"),
        (ACTORS + "sources: {g: {publisher: G, odd: }}", "unknown-key"),
        (ACTORS + "homonyms: [{first: north, second: north, why: W}]", "named-twice"),
        (ACTORS + "rounds: {north: {title: R}}", "slug-twice"),
        (ACTORS + "seats: {s: {actor: north, roles: [party]}}\ncompartments: {s: {seats: [s]}}", "slug-twice"),
        (ACTORS + "areas: {a: {names: {en: A}, part_of: b}, b: {names: {en: B}, part_of: a}}", "circle"),
        (ACTORS + "seats: {s: {actor: north, roles: [party], kept_by: s}}", "circle"),
        (ACTORS + "commitments: {c: {obligors: [north], what: W, undertaken_by: [south]}}", "not-an-obligor"),
        (ACTORS + "ledgers: {l: {keeper: north, days: [{day: 2017-01-01, n_days: 0}]}}", "out-of-range"),
        (ACTORS + "questions: {'a b': {question: Q}}", "not-a-slug"),
        (ACTORS + f"questions: {{q: {{question: {'x' * 20_001}}}}}", "too-long"),
        (ACTORS + f"{'k' * 1_001}: 1", "too-long"),
        (ACTORS + "sessions: {s: {title: T, round: r, format: direct, starts_at: 2017-01-23T13:00}}\n"
         "rounds: {r: {title: R}}", "not-an-instant"),
        (ACTORS + "ceasefire: {c: {title: C, in_force: [{instant: 2017-03-31T00:30, zone: Asia/Damascus}]}}",
         "not-an-instant"),
        (ACTORS + "ceasefire: {c: {title: C, in_force: [{instant: 2017-03-31T25:30, zone: Asia/Damascus}]}}",
         "not-an-instant"),
        (ACTORS + "agenda: [{basket: B, issues: {i: {question: {en: Q}, options: [a, a]}}}]", "named-twice"),
    ],
)  # fmt: skip
def test_single_mistakes_have_a_kind(tmp_path: Path, text: str, kind: str) -> None:
    found = kinds(checked(tmp_path, text))
    assert found == [kind]


def test_a_shuttle_pair_is_never_in_one_session(tmp_path: Path) -> None:
    text = ACTORS + (
        "rounds: {r: {title: R}}\n"
        "seats: {n: {actor: north, roles: [party]}, s: {actor: south, roles: [party]}}\n"
        "sessions: {x: {title: X, round: r, format: proximity, participants: [n, s],\n"
        "               pairs: [{first: n, second: s, format: shuttle}]}}"
    )
    assert kinds(checked(tmp_path, text)) == ["format-forbids"]
    assert kinds(checked(tmp_path, text.replace("[n, s]", "[n]"))) == []


@pytest.mark.parametrize("left_out", ["source", "chain", "strength"])
def test_a_claim_without_source_or_chain_cannot_be_entered(tmp_path: Path, left_out: str) -> None:
    fields = {"source": "g", "chain": "[G]", "strength": "document"}
    written = ", ".join(f"{key}: {value}" for key, value in fields.items() if key != left_out)
    text = ACTORS + f"sources: {{g: {{publisher: G}}}}\nclaims: {{c: {{about: north, aspect: a, value: 1, {written}}}}}"
    [problem] = checked(tmp_path, text).refusals
    assert (problem.kind, problem.found) == ("missing-key", left_out)


def test_an_empty_chain_is_no_chain(tmp_path: Path) -> None:
    text = ACTORS + (
        "sources: {g: {publisher: G}}\n"
        "claims: {c: {about: north, aspect: a, value: 1, chain: [], source: g, in_seed: no, strength: document}}"
    )
    assert kinds(checked(tmp_path, text)) == ["too-few"]


@pytest.mark.parametrize(
    "value",
    ["words alone", "{low: 1}", "{number: 1, yes: no}", "{}", "[1]", "1.5", "1_000", "0,5", "+", "{actors: [nobody]}"],
)
def test_a_value_says_one_thing_of_a_known_sort(tmp_path: Path, value: str) -> None:
    text = ACTORS + (
        "sources: {g: {publisher: G}}\n"
        "claims: {c: {about: north, aspect: a, chain: [G], source: g, in_seed: no, strength: document,\n"
        f"              value: {value}}}}}"
    )
    assert len(checked(tmp_path, text).refusals) == 1


def test_numbers_in_other_digits_are_refused_with_the_form_that_is_right(tmp_path: Path) -> None:
    text = ACTORS + "ledgers: {l: {keeper: north, days: [{day: 2017-01-01, total: ١٢}]}}"
    [problem] = checked(tmp_path, text).refusals
    assert problem.remedy == "Write 12."


def test_a_name_that_is_no_file_and_no_scenario_offers_the_nearest() -> None:
    [problem] = check("astana-2071").refusals
    assert problem.nearest == "astana-2017"
    with pytest.raises(UnknownWordError, match="Did you mean 'astana-2017'"):
        find_scenario("astana-2071")


def test_a_bare_name_finds_the_scenario_that_comes_with_the_program() -> None:
    assert "astana-2017" in scenario_names()
    assert (find_scenario("astana-2017") / "talks.yaml").is_file()
    assert read_talks("astana-2017") == read_talks(find_scenario("astana-2017"))


@pytest.mark.parametrize("name", ["../scenarios", "astana-2017/..", "", "/etc"])
def test_a_scenario_name_is_a_name_and_no_path(name: str) -> None:
    with pytest.raises(UnknownWordError):
        find_scenario(name)


def test_the_exit_code_is_that_of_the_worst_file(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(ACTORS, encoding="utf-8")
    bad.write_text("actors: {}", encoding="utf-8")
    assert check_command([good]) == (f"{good}: no mistakes found.", 0)
    text, code = check_command([good, bad])
    assert code == 2 and text.count("\n") == 1
    assert '"exit_code": 2' in check_command([bad], as_json=True)[0]


def test_notes_leave_the_exit_code_alone(tmp_path: Path) -> None:
    report = checked(tmp_path, ACTORS + "roles: [{actor: north, role: party}]\nsources: {g: {publisher: G}}")
    assert [entry.kind for entry in report.entries] == ["role-without-claim", "unused-source"]
    assert report.exit_code == 0
    assert report.judged(strict=True).exit_code == 0


@pytest.mark.parametrize(("said", "kinds"), [("2026-11-21", []), ("2026-11-22", ["later-than-source"]), ("soon", [])])
def test_a_claim_said_after_its_source_was_printed_is_pointed_out(tmp_path: Path, said: str, kinds: list[str]) -> None:
    claim = "about: north, aspect: came, value: yes, chain: [G], strength: document, source: g, in_seed: no"
    claim = f"{{{claim}, asserted_on: {said}}}"
    report = checked(tmp_path, ACTORS + f"sources: {{g: {{publisher: G, dated: 2026-11-20}}}}\nclaims: {{c: {claim}}}")
    assert [entry.kind for entry in report.entries if entry.kind == "later-than-source"] == kinds


def test_a_file_of_the_folder_that_nothing_includes_is_named(tmp_path: Path) -> None:
    text = "version: 1\ntalks: {title: T}\nactors: {north: {kind: state, names: North}}\n"
    (tmp_path / "talks.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "more.yaml").write_text("actors: {south: {kind: state, names: South}}\n", encoding="utf-8")
    (tmp_path / "automated.yaml").write_text("{}\n", encoding="utf-8")
    [note] = [entry for entry in check(tmp_path / "talks.yaml").entries if entry.kind == "not-included"]
    assert "more.yaml lies in this folder and is not read" in note.why
    (tmp_path / "talks.yaml").write_text(f"{text}include: [more.yaml]\n", encoding="utf-8")
    assert not [entry for entry in check(tmp_path).entries if entry.kind == "not-included"]
