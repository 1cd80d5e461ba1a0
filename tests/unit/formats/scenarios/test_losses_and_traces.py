"""What a scenario file says and a reader or writer cannot keep leaves a trace; what it can keep is kept."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.errors import ScenarioError, ScenarioFileError, UnknownWordError
from goodoffices.formats.input.diagnostics import Grade
from goodoffices.formats.scenarios.detect import read_scenario
from goodoffices.formats.scenarios.log import ScenarioReport
from goodoffices.formats.scenarios.scenario import Origin, Scenario, Timing, chosen_bargain
from goodoffices.formats.scenarios.writer import write_scenario
from goodoffices.settlement.feasibility.blockers import blockers
from goodoffices.settlement.feasibility.unblock import unblock
from goodoffices.settlement.feasibility.zone import zone
from goodoffices.settlement.frontiers.frontier import frontier
from goodoffices.settlement.solutions.solve import solve
from goodoffices.settlement.verification.verify import verify
from terminal import bad, good

AGENDA = (
    "<negotiation_template><utility_space number_of_issues='1'><objective index='0' name='root'>"
    "<issue index='1' name='Day' type='discrete'><item index='1' value='Mon'/><item index='2' value='Tue'/></issue>"
    "</objective></utility_space></negotiation_template>"
)


def genius(folder: Path, *, more: str = "", weight: str = "", discount: str = "<discount_factor value='1.0'/>") -> Path:
    (folder / "domain.xml").write_text(AGENDA, encoding="utf-8")
    for name, (mon, tue) in (("a", ("1", "2")), ("b", ("2", "1"))):
        (folder / f"{name}.xml").write_text(
            "<utility_space><objective index='0' name='root'><issue index='1' name='Day' type='discrete'>"
            f"<item index='1' value='Mon' evaluation='{mon}'/><item index='2' value='Tue' evaluation='{tue}'/></issue>"
            f"{more if name == 'b' else ''}<weight index='1' value='1.0'/>{weight if name == 'b' else ''}</objective>"
            f"{discount}<reservation value='0'/></utility_space>",
            encoding="utf-8",
        )
    return folder


def scenario(worth: list[list[Fraction]], discount: tuple[Fraction, str] | None = None) -> Scenario:
    """Return a scenario of two parties and one issue."""
    options = tuple(f"o{at}" for at in range(len(worth)))
    bargain = Bargain(
        issues=(BargainIssue(name="i", options=options),),
        parties=("A", "B"),
        worth=(tuple(tuple(row) for row in worth),),
    )
    time = Timing(discount=(discount, None), worth_per_turn=(Fraction(0),) * 2, opt_out_value=(None, None))
    return Scenario(
        bargain=bargain, timing=time, origin=Origin(dialect="t", files=()), report=ScenarioReport()
    )  # fmt: skip


HALVES = [[Fraction(1, 2), Fraction(0)], [Fraction(0), Fraction(1, 2)]]


def test_an_answer_from_part_of_a_scenario_begins_with_what_is_left_out(tmp_path: Path) -> None:
    folder = genius(tmp_path)
    (folder / "c.xml").write_text("<utility_space><objective/></utility_space>", encoding="utf-8")
    for words in ([], ["--solution", "nash"], ["--frontier", "--count"]):
        text = " ".join(good("settle", folder, *words).split())
        assert text.startswith("Not the whole scenario. Left out: c.xml:1:1: ")
        assert "(proven)" not in text
        assert "proven for the part that was read" in text
    for verb in ("unblock", "robust"):
        assert good("settle", verb, folder).startswith("Not the whole scenario. Left out: c.xml:1:1: ")
    bargain = read_scenario(folder).bargain
    for answer in (solve(bargain), frontier(bargain), zone(bargain), blockers(bargain), unblock(bargain)):
        assert str(answer).startswith("Not the whole scenario.")
    result = json.loads(good("settle", folder, "--json"))
    assert next(iter(result)) == "left_out"
    assert {one["status"] for one in result["solutions"].values()} == {"proven for the part that was read"}
    assert verify(result, bargain).is_accepted
    assert verify({key: part for key, part in result.items() if key != "left_out"}, bargain).exit_code == 1


def test_profiles_are_chosen_in_the_terminal(tmp_path: Path) -> None:
    folder = genius(tmp_path)
    (folder / "c.xml").write_text((folder / "a.xml").read_text(encoding="utf-8"), encoding="utf-8")
    assert "all 3 parties" in " ".join(good("settle", folder).split())
    text = " ".join(good("settle", folder, "--profiles", "b, a").split())
    assert "both parties could sign" in text
    assert text.startswith("Not the whole scenario. Left out: c was not asked for.")
    assert "unknown party 'bb'" in bad("settle", folder, "--profiles", "bb,a")
    assert "NegoLog holds two parties" in bad("convert", folder, tmp_path / "all", "--to", "negolog")
    good("convert", folder, tmp_path / "two", "--to", "negolog", "--profiles", "b,c")
    assert len(read_scenario(tmp_path / "two").bargain.parties) == 2
    with pytest.raises(UnknownWordError):
        chosen_bargain(read_scenario(folder), "a,nobody")
    assert "only for scenarios" in bad("settle", "astana-2017", "--profiles", "iran")


@pytest.mark.parametrize(
    "change",
    [
        {"weight": "<weight index='2' value='0.5'/>"},
        {"more": "<issue index='2' name='Place' type='discrete'><item index='1' value='X' evaluation='1'/></issue>"},
    ],
)
def test_a_profile_that_weighs_what_the_agenda_lacks_is_left_out_and_named(
    tmp_path: Path, change: dict[str, str]
) -> None:
    read = read_scenario(genius(tmp_path, **change))
    assert read.bargain.parties == ("a",)
    assert "agenda" in read.bargain.left_out[0]


def test_a_missing_discount_leaves_a_trace(tmp_path: Path) -> None:
    kinds = [entry.kind for entry in read_scenario(genius(tmp_path, discount="")).report.of(Grade.NOTE)]
    assert kinds == ["no-discount", "no-discount"]


def test_what_no_answer_counts_is_among_the_assumptions(tmp_path: Path) -> None:
    folder = genius(tmp_path, discount="<discount_factor value='0.9'/>")
    for name in ("a.xml", "b.xml"):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace("value='1.0'/>", "value='1.1'/>"), encoding="utf-8")
    found = " ".join(read_scenario(folder).bargain.assumptions)
    assert "Discounts are not counted here, as if all were agreed at once: a 0.9 per run, b 0.9 per run." in found
    assert "the weights add up to 1.1" in found


def test_a_discount_per_turn_is_not_written_where_the_format_counts_per_run(tmp_path: Path) -> None:
    one = scenario(HALVES, discount=(Fraction(9, 10), "turn"))
    with pytest.raises(ScenarioError, match="discounts per turn"):
        write_scenario(one, tmp_path / "x", "genius-xml")
    write_scenario(one, tmp_path / "x", "genius-xml", lossy=True)
    assert read_scenario(tmp_path / "x").timing.discount == (None, None)
    write_scenario(one, tmp_path / "y", "negmas-yaml")
    assert read_scenario(tmp_path / "y").timing.discount[0] == (Fraction(9, 10), "turn")


@pytest.mark.parametrize("places", [3, 5, 6, 9, 15])
def test_small_worth_survives_the_threshold_of_genius(tmp_path: Path, places: int) -> None:
    small = Fraction(3, 10**places)
    one = scenario([[small, Fraction(1, 2)], [Fraction(0), Fraction(0)]])
    report = write_scenario(one, tmp_path / "x", "genius-xml")
    assert report.entries == ()
    assert read_scenario(tmp_path / "x").bargain.worth == one.bargain.worth


@pytest.mark.parametrize("dialect", ["genius-xml", "geniusweb-json", "negolog"])
def test_a_rounding_in_the_last_digit_needs_no_consent(tmp_path: Path, dialect: str) -> None:
    tiny = Fraction(1, 10**16)
    one = scenario([[Fraction(1) + tiny, Fraction(0)], [-tiny, Fraction(1)]])
    report = write_scenario(one, tmp_path / "x", dialect)
    assert {entry.grade for entry in report.entries} <= {Grade.NOTE}
    with pytest.raises(ScenarioError, match="would change worth"):
        write_scenario(scenario([[Fraction(3, 2), Fraction(0)], [Fraction(0), Fraction(1)]]), tmp_path / "y", dialect)


def negmas(folder: Path, issue: str, function: str) -> Path:
    (folder / "domain.yml").write_text(f"type: DiscreteCartesianOutcomeSpace\nissues:\n- {issue}\n", encoding="utf-8")
    for name in ("a", "b"):
        (folder / f"{name}.yml").write_text(
            f"type: LinearAdditiveUtilityFunction\nreserved_value: 0\n{function}\n", encoding="utf-8"
        )
    return folder


@pytest.mark.parametrize("kind", ["DiscreteCardinalIssue", "DiscreteOrdinalIssue", "negmas.outcomes.CardinalIssue"])
def test_discrete_cardinal_and_ordinal_issues_are_read(tmp_path: Path, kind: str) -> None:
    issue = f"{{name: p, type: {kind}, values: [10, 20, 40]}}"
    read = read_scenario(negmas(tmp_path, issue, "values: [{type: LinearFun, slope: 0.5}]"))
    assert read.bargain.issues[0].options == ("10", "20", "40")
    assert [row[0] for row in read.bargain.worth[0]] == [5, 10, 20]


def test_an_issue_that_states_how_many_options_it_has_is_read(tmp_path: Path) -> None:
    read = read_scenario(negmas(tmp_path, "{name: p, values: 3}", "values: [{type: IdentityFun}]"))
    assert read.bargain.issues[0].options == ("0", "1", "2")


def test_unknown_parts_of_a_function_are_named(tmp_path: Path) -> None:
    issue = "{name: p, values: [x, y]}"
    function = "values: [{type: TableFun, mapping: {x: 1, y: 0}}]\ndiscont: 0.9"
    read = read_scenario(negmas(tmp_path, issue, function))
    assert any("discont" in entry.why for entry in read.report.of(Grade.REFUSAL))
    assert any("discont" in line for line in read.bargain.left_out)
    table = "values: {p: {type: TableFun, mapping: {x: 1, y: 0}}, q: {type: IdentityFun}}"
    with pytest.raises(ScenarioFileError, match="'q'"):
        read_scenario(negmas(tmp_path, issue, table))


def test_names_that_nobody_can_tell_apart_are_one_name_in_all_files(tmp_path: Path) -> None:
    issue = "{name: Se\u0301jour, values: [x\u200b, y]}"
    function = "values: {S\u00e9jour: {type: TableFun, mapping: {x: 1, y\u200f: 0}}}"
    read = read_scenario(negmas(tmp_path, issue, function))
    assert read.bargain.issues == (BargainIssue(name="S\u00e9jour", options=("x", "y")),)
    assert "unseen-characters" in {entry.kind for entry in read.report.of(Grade.REPAIR)}


def test_look_alikes_are_pointed_out_and_never_joined(tmp_path: Path) -> None:
    issue = "{name: p, values: [a, \u0430]}"
    function = "values: [{type: TableFun, mapping: {a: 1, \u0430: 0}}]"
    read = read_scenario(negmas(tmp_path, issue, function))
    assert len(read.bargain.issues[0].options) == 2
    assert "look-alike" in {entry.kind for entry in read.report.of(Grade.NOTE)}


@pytest.mark.parametrize("name", ["be\\u0007ll", "es\\u001b[31mcape", "two\\nlines", "nul\\u0000"])
def test_a_name_with_control_characters_is_refused_and_never_printed_raw(tmp_path: Path, name: str) -> None:
    for letter in "AB":
        text = f'{{"reservationValue": 0, "issueWeights": {{"i": 1}}, "issues": {{"i": {{"{name}": 1, "y": 0}}}}}}'
        (tmp_path / f"profile{letter}.json").write_text(text, encoding="utf-8")
    said = bad("settle", tmp_path)
    assert "control character U+00" in said
    assert not any(ord(char) < 32 and char != "\n" for char in said)


def test_a_file_whose_name_holds_a_control_character_is_refused(tmp_path: Path) -> None:
    folder = genius(tmp_path)
    (folder / "b.xml").rename(folder / "b\u001b[31m.xml")
    said = bad("settle", folder)
    assert "control character U+001B" in said
    assert "\u001b" not in said


def test_two_names_that_differ_only_in_what_nobody_sees_are_refused() -> None:
    with pytest.raises(ScenarioError, match="with characters that nobody sees"):
        BargainIssue(name="i", options=("x", "x\u200b"))
    with pytest.raises(ScenarioError, match="twice"):
        Bargain(issues=(), parties=("N", "N\u200f"), worth=())


def test_one_edge_of_a_centre_is_not_the_whole_scenario(tmp_path: Path) -> None:
    (tmp_path / "edges").mkdir()
    for name, (mon, tue) in (("edge001", (0.0, 1.0)), ("edge002", (1.0, 0.0))):
        (tmp_path / "edges" / f"{name}.yml").write_text(
            "reserved_value: 0.0\ntype: LinearAdditiveUtilityFunction\nweights: [1.0]\n"
            f"values: [{{type: TableFun, mapping: {{Mon: {mon}, Tue: {tue}}}}}]\n",
            encoding="utf-8",
        )
    (tmp_path / "center.yml").write_text(
        "type: anl2025.ufun.LambdaCenterUFun\nreserved_value: 0.0\nn_edges: 2\n"
        "outcome_space: {issues: [{type: CategoricalIssue, name: Day, values: [Mon, Tue]}]}\n"
        "evaluator: {type: own.E}\n",
        encoding="utf-8",
    )
    text = " ".join(good("settle", tmp_path, "--solution", "nash").split())
    assert text.startswith("Not the whole scenario. Left out: center.yml: the centre's worth is given by program code")
    assert "Only the edge edge001 is in this answer, not edge002." in text
    assert "(proven for the part that was read)" in text
    assert "(proven)" not in text
    other = " ".join(good("settle", tmp_path, "--solution", "nash", "--profiles", "edge002").split())
    assert "Only the edge edge002 is in this answer, not edge001." in other


ONE_ISSUE = "{name: p, values: [x, y]}"


def function_file(folder: Path, text: str) -> Scenario:
    space = f"type: DiscreteCartesianOutcomeSpace\nname: d\nissues: [{ONE_ISSUE}]\n"
    (folder / "d.yml").write_text(space, encoding="utf-8")
    (folder / "a.yml").write_text(
        "type: LinearAdditiveUtilityFunction\nreserved_value: 0\nvalues: [{type: TableFun, mapping: {x: 1, y: 0}}]\n",
        encoding="utf-8",
    )
    (folder / "b.yml").write_text(text, encoding="utf-8")
    return read_scenario(folder)


def worths(read: Scenario) -> list[Fraction]:
    """Return what each of the two settlements is worth to the last party."""
    bargain = read.bargain
    return [Fraction(bargain.worth_of((option,))[-1]) for option in range(2)]


@pytest.mark.parametrize(
    ("mapping", "why"),
    [
        ("[[[x], 0.3], [[x], 0.4]]", "lists the settlement ['x'] twice"),
        ("[[[], 0.3]]", "names an option of each of the 1 issues"),
        ("[[[x, y], 0.3]]", "names an option of each of the 1 issues"),
    ],
)
def test_a_table_of_settlements_that_has_two_meanings_is_left_out(tmp_path: Path, mapping: str, why: str) -> None:
    read = function_file(tmp_path, f"type: MappingUtilityFunction\nreserved_value: 0\nmapping: {mapping}\n")
    assert any(why in line for line in read.bargain.left_out)


def test_settlements_that_a_table_does_not_list_have_its_default_or_an_assumption(tmp_path: Path) -> None:
    text = "type: MappingUtilityFunction\nreserved_value: 0\nmapping: [[[x], 0.3]]\n"
    read = function_file(tmp_path, f"{text}default: 0.7\n")
    assert (worths(read), read.bargain.left_out) == ([Fraction(3, 10), Fraction(7, 10)], ())
    read = function_file(tmp_path, text)
    assert worths(read) == [Fraction(3, 10), 0]
    assert any("does not list every settlement" in entry.why for entry in read.report.of(Grade.ASSUMPTION))


def test_a_reserved_settlement_is_worth_what_the_function_says(tmp_path: Path) -> None:
    text = (
        "type: LinearAdditiveUtilityFunction\nreserved_outcome: [y]\n"
        "values: [{type: TableFun, mapping: {x: 1, y: 0.4}}]\n"
    )
    assert function_file(tmp_path, text).bargain.reservation_value[-1] == Fraction(2, 5)


def test_a_discount_inside_a_discount_is_left_out(tmp_path: Path) -> None:
    inner = "{type: LinearAdditiveUtilityFunction, values: [{type: TableFun, mapping: {x: 1, y: 0}}]}"
    text = (
        "type: ExpDiscountedUFun\nreserved_value: 0\ndiscount: 0.9\n"
        f"ufun: {{type: ExpDiscountedUFun, discount: 0.5, ufun: {inner}}}\n"
    )
    assert any("inside a discounted one" in line for line in function_file(tmp_path, text).bargain.left_out)


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_profile_is_left_out_and_said(tmp_path: Path, text: str) -> None:
    assert any("the file is empty" in line for line in function_file(tmp_path, text).bargain.left_out)
    (tmp_path / "g").mkdir()
    genius(tmp_path / "g")
    (tmp_path / "g" / "b.xml").write_text(text, encoding="utf-8")
    assert any("the file is empty" in line for line in read_scenario(tmp_path / "g").bargain.left_out)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("<bonus value='3'/>", "parts that are not read: bonus"),
        ("<reservation value='0.9'/>", "states two reservation values"),
    ],
)
def test_elements_of_a_profile_that_are_not_read_stand_before_the_answer(tmp_path: Path, more: str, why: str) -> None:
    assert any(why in line for line in read_scenario(genius(tmp_path, more=more)).bargain.left_out)


def test_a_folder_without_issues_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("type: LinearAdditiveUtilityFunction\nvalues: []\n", encoding="utf-8")
    with pytest.raises(ScenarioFileError, match="no file here lists the issues"):
        read_scenario(tmp_path)
