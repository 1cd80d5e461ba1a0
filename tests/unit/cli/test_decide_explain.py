"""`decide explain`: who may vote is always said, and no small electorate passes for a large one."""

from pathlib import Path

import pytest

from terminal import bad, good, run


def said(*words: object) -> str:
    """What the command prints, whatever the width of its lines."""
    return " ".join(good(*words).split())


RULES_THAT_NAME_NOBODY = [
    "{rule: unanimity}",
    "{rule: consensus}",
    "{rule: consensus, minus: [south]}",
    "{rule: qualified-majority, thresholds: [{share: 2/3, how: at-least}]}",
    "{rule: silence, until: '2026-12-01T18:00+01:00', zone: Europe/Zurich}",
    "{rule: chairs-sense, contest_minutes: 30}",
]


@pytest.fixture
def rule_file(tmp_path: Path) -> Path:
    return tmp_path / "rule.yaml"


@pytest.mark.parametrize("rule", RULES_THAT_NAME_NOBODY)
def test_who_answers_is_never_taken_for_the_electorate(rule_file: Path, rule: str) -> None:
    rule_file.write_text(f"rule: {rule}\nat: '2026-12-02T00:00Z'\naccepts: [north]\n", encoding="utf-8")
    refused = run("decide", "explain", str(rule_file))
    assert refused.exit_code == 2
    assert "does not say who may vote" in refused.output
    assert "--eligible" in refused.output


@pytest.mark.parametrize("rule", RULES_THAT_NAME_NOBODY[:4])
def test_one_of_one_is_said_with_the_verdict(rule_file: Path, rule: str) -> None:
    rule_file.write_text(f"rule: {rule}\neligible: [north]\naccepts: [north]\n", encoding="utf-8")
    told = said("decide", "explain", str(rule_file))
    assert told.startswith("Eligible: north (1). ")
    assert "It passes, but nobody is eligible except north: one of one." in told
    assert "It passes." not in told


def test_one_answer_among_many_eligible_is_said_with_the_verdict(rule_file: Path) -> None:
    rule_file.write_text(
        "rule: {rule: qualified-majority, thresholds: [{share: 2/3, base: answering}]}\n"
        "eligible: [north, south, east]\naccepts: [north]\n",
        encoding="utf-8",
    )
    told = said("decide", "explain", str(rule_file))
    assert "Eligible: north, south, east (3)." in told
    assert "It passes, but only the answer of north is counted: one of one." in told


@pytest.mark.parametrize(
    ("how", "verdict", "tie"),
    [
        ("at-least", "It passes.", "at least half: met, 0 to spare; a tie, and this rule lets exactly half pass."),
        ("more-than", "It fails.", "needed 3, more than half: short by 1; a tie, and exactly half is not enough."),
    ],
)  # fmt: skip
def test_a_tie_is_called_a_tie(rule_file: Path, how: str, verdict: str, tie: str) -> None:
    rule_file.write_text(
        f"rule: {{rule: qualified-majority, thresholds: [{{share: 1/2, how: {how}}}]}}\n"
        "eligible: [a, b, c, d]\naccepts: [a, b]\n",
        encoding="utf-8",
    )
    told = said("decide", "explain", str(rule_file))
    assert verdict in told
    assert tie in told


def test_the_title_the_words_and_what_weights_count_are_printed(rule_file: Path) -> None:
    rule_file.write_text(
        "title: River rule\nwords: As agreed on 3 May.\nweights_are: seats in the council\n"
        "rule: {rule: qualified-majority, weights: {north: 40000, south: 2000}, "
        "thresholds: [{share: 66/100, of: weight, how: at-least}]}\naccepts: [north]\n",
        encoding="utf-8",
    )
    told = said("decide", "explain", str(rule_file))
    assert "River rule: qualified majority. As agreed on 3 May. " in told
    assert "Seats in the council of those accepting: 40,000 of 42,000 (95.24 %), needed 27,720, at least 66 %" in told


def test_who_has_no_weight_is_named(rule_file: Path) -> None:
    rule_file.write_text(
        "rule: {rule: qualified-majority, weights: {north: 40, EAST: 20}, "
        "thresholds: [{share: 1/2, of: weight, how: more-than}]}\neligible: [north, east]\naccepts: [north]\n",
        encoding="utf-8",
    )
    assert "Without a weight, so counted as 0 where weights count: east." in said("decide", "explain", str(rule_file))


def test_rule_of_talks_that_names_nobody_is_asked_of_their_parties(tmp_path: Path) -> None:
    (tmp_path / "talks.yaml").write_text(
        "actors:\n  north: {kind: party, names: {en: North}}\n  south: {kind: party, names: {en: South}}\n"
        "  un: {kind: organisation, names: {en: UN}}\n"
        "seats:\n  north: {actor: north, roles: [party]}\n  south: {actor: south, roles: [party]}\n"
        "  un: {actor: un, roles: [mediator]}\n"
        "rules:\n  both: {title: Both leaders, rule: unanimity}\n",
        encoding="utf-8",
    )
    told = said("decide", "explain", str(tmp_path), "--rule", "both", "--accepts", "north")
    assert told.startswith("Eligible: North, South (2). This rule does not say who may vote;")
    assert "It fails." in told
    alone = said("decide", "explain", str(tmp_path), "--rule", "both", "--accepts", "north", "--eligible", "north")
    assert "one of one" in alone
    slip = run("decide", "explain", str(tmp_path), "--rule", "both", "--accepts", "north", "--eligible", "nroth,south")
    assert "Did you mean 'north'?" in slip.output
    assert "choose one with --rule" in run("decide", "explain", "good-friday-1998").output


def test_smallest_sets_are_counted_beyond_the_first_few() -> None:
    accepting = "uup,sdlp,sf,alliance,pup,udp,niwc,labour"
    told = said("decide", "explain", "good-friday-1998", "--rule", "rule-34", "--accepts", accepting)
    assert told.count("It would fail if") == 5
    assert "There are 13 more such smallest sets; --json lists them all." in told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("rule: {rule: chairs-sense, contest_minutes: soon}\neligible: [a]\n", "'soon' is not a whole number"),
        ("rule: {rule: unanimous}\neligible: [a]\n", "'unanimous' is not one of 'unanimity'"),
        ("rule: {rule: unanimity}\neligible: a\n", "give a list of names"),
        ("rule: {rule: unanimity}\neligible: [a]\nat: noon\n", "'noon' is not a time"),
    ],
)
def test_what_is_wrong_in_a_rule_file_is_said_with_the_file(rule_file: Path, text: str, why: str) -> None:
    rule_file.write_text(text, encoding="utf-8")
    refused = " ".join(run("decide", "explain", str(rule_file)).output.split())
    assert "rule.yaml: " in refused
    assert why in refused


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "rule: {rule: qualified-majority, thresholds: [{share: 1/2, of: weight, base: total}],"
            " weights: {a: 10, b: 20}, total: 5}\naccepts: [a]\n",
            "the total is 5, but the weights listed come to 30; correct one of them",
        ),
        (
            "rule: {rule: qualified-majority, thresholds: [{share: 1/2, of: weight, base: total}],"
            " weights: {a: 10, b: 20}, total_range: {low: 5, high: 29}}\naccepts: [a]\n",
            "the total is 29, but the weights listed come to 30; correct one of them",
        ),
        (
            "rule: {rule: qualified-majority, thresholds: [{share: 2/3}], weights: {a: 10, b: 20}}\naccepts: [a]\n",
            "the rule gives weights, but no share counts them; write 'of: weight' in a share, or leave the weights out",
        ),
        (
            "rule: {rule: qualified-majority, thresholds: [{share: 2/3}], blocs: {hills: [a]}}\naccepts: [a]\n",
            "the rule names blocs, but no share counts them; write 'of: blocs' in a share, or leave the blocs out",
        ),
        (
            "rule: {rule: qualified-majority, thresholds: [{share: 2/3, of: weight}], weights: {a: 1}, total: 90}\n",
            "the rule gives a total, but no share is taken of it; write 'base: total' in a share, or leave the",
        ),
        (
            "rule: {rule: unanimity, weights: {a: 10}}\neligible: [a]\n",
            "the rule 'unanimity' has no 'weights'; it can have no figures at all. Leave it out, or choose another",
        ),
        (
            "rule: {rule: consensus, quorum: 3}\neligible: [a]\n",
            "the rule 'consensus' has no 'quorum'; it can have only 'minus'. Leave it out, or choose another rule",
        ),
        (
            'rule: {rule: referendum, prongs: [{against: "no"}]}\n'
            "polls: [{name: north, yes: 500, no: 400, electorate: 100}]\n",
            "the count of 'north' has 900 votes and an electorate of 100; correct one of them",
        ),
        (
            "rule: {rule: silence, until: 2026-03-29T02:30:00+01:00, zone: Europe/Zurich}\neligible: [a]\n"
            "at: 2026-10-26T00:00:00Z\n",
            "the clocks were put forward past 02:30 on that day. If the hour after it is meant, write "
            "2026-03-29T03:30+02:00",
        ),
    ],
)
def test_numbers_and_hours_that_cannot_be_are_refused_with_what_to_correct(
    rule_file: Path, text: str, why: str
) -> None:
    rule_file.write_text(text, encoding="utf-8")
    refused = run("decide", "explain", str(rule_file))
    assert refused.exit_code == 2
    assert why in " ".join(refused.output.split())


def test_an_abbreviation_of_a_zone_is_not_said_to_be_another_one(rule_file: Path) -> None:
    rule = "{rule: silence, until: 2026-07-01T18:00:00+02:00, zone: CEST}"
    rule_file.write_text(f"rule: {rule}\neligible: [a]\nat: 2027-01-01T00:00:00Z\n", encoding="utf-8")
    refused = run("decide", "explain", str(rule_file))
    assert "'CEST' is not a time zone" in refused.output
    assert "Did you mean" not in refused.output


def test_eligible_names_that_look_alike_are_pointed_out(rule_file: Path) -> None:
    rule_file.write_text("rule: {rule: unanimity}\neligible: [\u0430b, ab]\naccepts: [ab]\n", encoding="utf-8")
    assert "look alike, but are different names" in said("decide", "explain", str(rule_file))


def test_a_text_that_nobody_is_said_to_have_received_is_assumed_received(tmp_path: Path) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text("rule: {rule: consensus}\neligible: [north, south]\naccepts: [north]\n", encoding="utf-8")
    assert "Assumed, since it is not said who received the text" in good("decide", "explain", path)
    told = path.read_text(encoding="utf-8") + "at: 2026-11-01T10:00Z\nreceived: [north]\n"
    path.write_text(told, encoding="utf-8")
    assert "Assumed" not in good("decide", "explain", path)


def test_who_has_two_answers_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text("rule: {rule: unanimity}\neligible: [a, b]\naccepts: [a, b]\nobjects: [b]\n", encoding="utf-8")
    assert "'b' has two answers" in bad("decide", "explain", path)


def test_a_rule_without_its_figures_is_called_as_a_person_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text("rule: {rule: chairs-sense}\neligible: [a, b]\n", encoding="utf-8")
    assert "the rule 'chairs-sense' needs 'contest_minutes'" in bad("decide", "explain", path)


THREE = "eligible: [north, south, east]\n"
CANNOT_BE_MEANT = [
    ("rule: {rule: referendum, prongs: [{against: 'no', share: 2/3}]}\npolls: [{name: n, yes: 60, no: 40}]",
     "no share"),
    ("rule: {rule: referendum, prongs: [{against: 'no', how: at-least}]}\npolls: [{name: n, yes: 1, no: 1}]",
     "no share"),
    ("rule: {rule: referendum, prongs: [{against: valid, share: 0, how: at-least}]}\npolls: [{name: n, yes: 0, no: 1}]",
     "a test of the law asks for none"),
    ("rule: {rule: referendum, prongs: [{against: 'no'}]}\npolls: [{name: n, yes: 2, no: 1}, {name: n, yes: 1, no: 2}]",
     "two polls have the same name"),
    (THREE + "rule: {rule: qualified-majority, thresholds: [{share: 0, how: at-least}]}", "passes if nobody accepts"),
    (THREE + "rule: {rule: qualified-majority, thresholds: [{share: 1}]}", "more than all"),
    ("rule: {rule: weighted-majority, overall: 0, blocs: {n: [north], s: [south]}}", "passes if nobody accepts"),
    ("rule: {rule: sufficient-consensus, weights: {north: 0, south: 0}, blocs: {n: [north], s: [south]}}",
     "every weight is 0"),
    ("rule: {rule: qualified-majority, weights: {north: -1}, thresholds: [{share: 1/2, of: weight}]}",
     "the weight of 'north' is -1"),
    (THREE + "rule: {rule: unanimity}\npresent: [nobody]", "unknown participant 'nobody'"),
    (THREE + "rule: {rule: consensus}\nat: '2026-12-02T00:00Z'\nreceived: [nobody]", "unknown participant 'nobody'"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "why"), CANNOT_BE_MEANT)
def test_a_rule_or_a_count_that_cannot_be_meant_is_refused(rule_file: Path, text: str, why: str) -> None:
    rule_file.write_text(text, encoding="utf-8")
    assert why in " ".join(bad("decide", "explain", str(rule_file)).split())


NOT_COUNTED = [
    ("{rule: consensus, minus: [south]}", "objects: [south]",
     "south objects, but the rule does not count its objection"),
    ("{rule: consensus}", "objects: [south]\nreceived: {north: '2026-12-01T00:00Z'}\nat: '2026-12-02T00:00Z'",
     "south objects, but had not received the text in time"),
    ("{rule: qualified-majority, thresholds: [{share: 1/2, base: present}]}",
     "accepts: [north]\nobjects: [south]\npresent: [north]", "south objects, but is not among those present"),
    ("{rule: parallel-consent, base: present, blocs: {n: [north], s: [south]}}",
     "abstains: [east]\npresent: [north, south]", "east abstains, but is not among those present"),
    ("{rule: chairs-sense, contest_minutes: 30}", "objects: [south]",
     "south objects, but the chair has not declared anything yet"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "answers", "why"), NOT_COUNTED)
def test_an_answer_that_does_not_count_is_named_with_the_reason(
    rule_file: Path, rule: str, answers: str, why: str
) -> None:
    rule_file.write_text(f"rule: {rule}\n{THREE}{answers}\n", encoding="utf-8")
    assert f"Not counted: {why}." in said("decide", "explain", str(rule_file))


BESIDE = [
    ("{rule: qualified-majority, thresholds: [{share: 1/2, base: answering}]}", "accepts: [north]\nabstains: [south]",
     "1 of 2 (50.00 % of those that answered, abstentions counted)"),
    ("{rule: qualified-majority, thresholds: [{share: 1/2, base: deciding}]}", "accepts: [north]\nobjects: [south]",
     "1 of 2 (50.00 % of those that accepted or objected, abstentions not counted)"),
    ("{rule: qualified-majority, thresholds: [{share: 1/2, base: present}]}", "accepts: [north]",
     "Assumed, since it is not said who is present: all who are eligible are."),
    ("{rule: qualified-majority, weights: {north: 499999999, south: 500000001, east: 0}, "
     "thresholds: [{share: 1/2, of: weight}]}", "accepts: [north]", "(49.9999999 %), needed 500,000,001"),
    ("{rule: weighted-majority, blocs: {n: [north], s: [south]}}", "accepts: [north]",
     "Seats accepting within n: 1 of 1"),
    ("{rule: silence, until: '2026-12-01T18:00+01:00', zone: Europe/Zurich}", "at: '2026-12-02T00:00Z'",
     "The silence ends Tue 1 Dec 2026, 18:00 (Europe/Zurich, UTC+1)."),
    ("{rule: chairs-sense, contest_minutes: 0}", "", "The rule gives no time in which it may be contested."),
    ("{rule: consensus, minus: [east]}", "objects: [south]", "It would pass if south did not object."),
    ("{rule: consensus, minus: [west]}", "", "west, who is not eligible; check the name."),
    ("{rule: parallel-consent, blocs: {n: [north, east], s: [south, east]}}", "",
     "east is a member of n and of s, and counts in each."),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "answers", "told"), BESIDE)
def test_base_time_and_assumption_stand_beside_the_numbers(rule_file: Path, rule: str, answers: str, told: str) -> None:
    rule_file.write_text(f"rule: {rule}\n{THREE}{answers}\n", encoding="utf-8")
    assert told in said("decide", "explain", str(rule_file))
