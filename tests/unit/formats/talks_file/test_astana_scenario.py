"""The Astana scenario holds every row of its facts and both sides of every contradiction, each marked as what it is."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from formats_helpers import ROOT
from goodoffices.formats.talks_file.reader import check, read_talks
from goodoffices.talks.base.enums import ActorKind, Format, Level, Role, Stand, Strength, ValueKind
from goodoffices.talks.model.claims import Claim, Value

TALKS = read_talks("astana-2017")
SOURCES = (ROOT / "scenarios" / "astana-2017" / "SOURCES.md").read_text(encoding="utf-8")
CLAIMS = {claim.slug: claim for claim in TALKS.claims}
ROWS = [*(f"S{n}" for n in range(1, 14)), *(f"F{n}" for n in range(1, 43)),
        *(f"M{n}" for n in range(1, 22)), *(f"A{n}" for n in range(1, 17))]  # fmt: skip
LISTED = dict(re.findall(r"^\| ([SFMA]\d+) \| (.+) \|$", SOURCES, re.MULTILINE))

# The rival values that the list of contradictions names, by question.
RIVALS: dict[str, list[object]] = {
    "C1": [7, 11, 12, 13],
    "C2": [True, False, "negotiators"],
    "C3": [14, 12, 5, 15, 20, "14 members; persons or groups is not said", 21],
    "C4": [3, "two copies", date(2017, 1, 15), date(2017, 1, 23), False],
    "C5": [True, False],
    "C6": [True, "taken by the army", "no:"],
    "C7": [7, "seven parties"],
    "C8": [("kazakhstan",), "signed by Kazakhstan", ("russia",), "not Iran"],
    "C9": ["mediator and host", "platform"],
    "C10": ["consensual", "neither has signed", "refused", "not for the opposition to sign"],
    "C11": ["non-sectarian", "secular"],
    "C12": [date(2017, 1, 28), date(2017, 2, 8), "end of February", date(2017, 2, 20), date(2017, 2, 23)],
    "C13": ["Russia's ledger: 2", "Turkey's ledger: 12", "Russia's ledger: 9", "Turkey's ledger: 0"],
    "C14": ["ready, with Russia", "possibly", "mechanism of 24 January", "joins as guarantor", "never"],
    "C15": ["still open", "one round table", False, "different rooms"],
    "C16": [True, False],
    "C17": [True, False, ("ahrar-al-sham", "suqour-al-sham")],
    "C18": ["consolidating", "nothing political", "principles of a political solution"],
    "C19": [51500, 60000, 62000],
    "C20": [date(2017, 1, 24), "24 December"],
    "C21": [5, 6, "others"],
    "C22": [datetime(2016, 12, 29, 22, tzinfo=UTC), date(2016, 12, 31)],
    "C23": ["Concept Paper", "no final statement"],
    "C24": ["two weeks", "ten days", date(2017, 5, 27), date(2017, 6, 4), date(2017, 5, 4), date(2017, 5, 5),
            date(2017, 5, 6)],
}  # fmt: skip


def says(value: Value, rival: object) -> bool:
    """Whether a claim's value is the rival one; of texts and sets of actors, whether it holds it."""
    if isinstance(rival, str):
        return rival in (value.words or "")
    if isinstance(rival, tuple):
        return set(rival) <= set(value.actors)
    if isinstance(rival, bool):
        return value.yes is rival
    if isinstance(rival, int):
        return value.low == rival
    return rival in (value.day, value.instant)


def of_row(row: str) -> list[Claim]:
    return [claim for slug, claim in CLAIMS.items() if re.fullmatch(row.lower() + "(-.+)?", slug)]


def test_the_scenario_reads_without_a_word() -> None:
    assert str(check("astana-2017")).endswith("no mistakes found.")


def test_every_row_of_the_facts_is_listed_and_every_claim_listed_is_there() -> None:
    assert list(LISTED) == ROWS
    for row, cell in LISTED.items():
        assert re.findall(r"`([a-z0-9-]+)`", cell) == [claim.slug for claim in of_row(row)]
        assert of_row(row)


def test_only_the_seed_report_is_marked_as_seed() -> None:
    seed = {claim.slug for claim in TALKS.claims if claim.in_seed}
    assert seed == {claim.slug for row in ROWS[:13] for claim in of_row(row)}
    assert {CLAIMS[slug].source for slug in seed} == {"tca"}
    assert {claim.slug for claim in TALKS.claims if claim.source == "tca"} == seed


def test_what_is_not_in_the_seed_report_is_in_no_seed_claim() -> None:
    groups = [actor for actor in TALKS.actors
              if actor.kind is ActorKind.FACTION and actor.slug not in ("free-syrian-army",)]  # fmt: skip
    heads = [TALKS_NAMES[slug] for slug in ("jaafari", "alloush", "onal", "jaberi-ansari")]
    forbidden = ["guarantor", "observer", "plenary", "proximity", "29 December", "8 February", *heads]
    forbidden += [name.text for actor in groups for name in actor.names]
    for claim in TALKS.claims:
        if claim.in_seed:
            told = " ".join(
                [claim.words, claim.aspect, claim.value.words or "", *(link.speaker for link in claim.chain)]
            )
            assert not [word for word in forbidden if word.casefold() in told.casefold()], claim.slug
            assert not {actor.slug for actor in groups} & {claim.about, *claim.value.actors}


TALKS_NAMES = {actor.slug: actor.name().split()[-1] for actor in TALKS.actors}


def test_every_question_is_there_with_what_can_be_said() -> None:
    assert [name for name, _, _ in TALKS.questions] == [f"C{n}" for n in range(1, 25)]
    assert all(question.endswith("?") and said for _, question, said in TALKS.questions)


@pytest.mark.parametrize(("question", "rivals"), RIVALS.items())
def test_each_question_keeps_its_rival_values(question: str, rivals: list[object]) -> None:
    values = [claim.value for claim in TALKS.claims if claim.question == question]
    for rival in rivals:
        assert any(says(value, rival) for value in values), f"{question} has no claim of {rival!r}"


def test_every_claim_has_a_source_a_chain_and_words_of_ours() -> None:
    sources = {source.slug for source in TALKS.sources}
    for claim in TALKS.claims:
        assert claim.source in sources and claim.chain and claim.words, claim.slug
        assert len(claim.words) < 240


def test_own_words_and_inferences_are_what_they_say() -> None:
    inferred = [claim for claim in TALKS.claims if claim.strength is Strength.INFERENCE]
    assert {claim.slug for claim in inferred} == {"i1", "i2", "i3"}
    assert {claim.compartment for claim in inferred} == {"analysis"}
    assert {claim.compartment for claim in TALKS.claims if claim not in inferred} == {None}
    [analysis] = TALKS.compartments
    assert analysis.seats == ("analyst",)


def test_the_russian_list_adds_to_what_the_facts_say() -> None:
    fighters = [claim.value.low for slug, claim in CLAIMS.items() if slug.startswith("f9-fighters-")]
    assert len(fighters) == 7
    assert sum(number for number in fighters if number is not None) == CLAIMS["f9-fighters"].value.low == 51_500


def test_geneva_keeps_every_planned_date_with_its_author_and_day() -> None:
    geneva = next(entry for entry in TALKS.rounds if entry.slug == "geneva-4")
    assert (geneva.opened, geneva.closed) == (date(2017, 2, 23), date(2017, 3, 3))
    told = [(p.start.isoformat(), p.by, p.announced_on.isoformat() if p.announced_on else None) for p in geneva.planned]
    assert told == [
        ("2017-01-28", "yalla-souriya", "2016-12-29"),
        ("2017-02-08", "security-council", "2016-12-31"),
        ("2017-02-21", "lavrov", "2017-01-27"),
        ("2017-02-20", "de-mistura", "2017-01-31"),
        ("2017-02-23", "de-mistura", "2017-02-13"),
    ]
    assert geneva.planned[2].precision == "part-of-month"


def test_the_two_copies_differ_in_whom_they_exclude_and_in_their_dates() -> None:
    announced, government, opposition = TALKS.ceasefire
    assert set(government.excluded) - set(opposition.excluded) == {"former-nusra-front"}
    assert government.copy_of == opposition.copy_of
    midnight = datetime(2016, 12, 29, 22, tzinfo=UTC)
    assert {entry.instant for entry in announced.in_force} == {midnight}
    assert not government.in_force
    assert not opposition.in_force, "no report says that a copy itself has the hour"
    assert "15 January" in " ".join(government.summary) and "23 January" in " ".join(opposition.summary)


def test_the_ledgers_have_their_totals_and_are_two() -> None:
    russia, turkey = TALKS.ledgers
    assert (russia.keeper, turkey.keeper) == ("russia", "turkey")
    for ledger, total in ((russia, 391), (turkey, 331)):
        assert len({report.day for report in ledger.days}) == len(ledger.days) == 32
        assert sum(report.total for report in ledger.days if report.total is not None) == total
        assert all(sum(count for _, count in report.counts) == report.total for report in ledger.days)
        assert all(report.source for report in ledger.days)
    first = turkey.days[0]
    assert (first.counts, first.confirmed, first.explained) == ((("aleppo", 6), ("", 6)), 3, None)
    higher = [
        r.total > t.total for r, t in zip(russia.days, turkey.days, strict=True) if r.total and t.total is not None
    ]
    equal = [r for r, t in zip(russia.days, turkey.days, strict=True) if r.total == t.total]
    assert (sum(higher), len(equal)) == (21, 2)


def test_no_seat_sees_everything_and_the_backers_are_several_intermediaries() -> None:
    seats = {seat.slug: seat for seat in TALKS.seats}
    assert set(seats) == {"government", "opposition", "russia", "turkey", "iran", "un-envoy", "kazakhstan", "usa",
                          "secretariat", "analyst"}  # fmt: skip
    assert not any(seat.sees_all for seat in TALKS.seats)
    for backer in ("russia", "turkey", "iran"):
        assert seats[backer].roles == (Role.GUARANTOR, Role.INTERMEDIARY, Role.SPONSOR)
    assert seats["kazakhstan"].roles == (Role.HOST,)
    assert seats["usa"].roles == (Role.OBSERVER,)
    assert not any(seat.kept_by for seat in TALKS.seats)


def test_who_disputes_whom_is_a_recognition_on_a_claim() -> None:
    refused = {(r.by, r.of, r.role, r.claim) for r in TALKS.recognition if r.stand is Stand.NO}
    assert ("opposition-delegation", "iran", Role.GUARANTOR, "m19-iran") in refused
    assert ("iran", "usa", Role.OBSERVER, "f32") in refused
    assert all(role.claim for role in TALKS.roles) and all(entry.claim for entry in TALKS.recognition)


def test_the_united_states_are_observers_at_ambassador_level_by_three_accounts() -> None:
    accounts = [entry for entry in TALKS.invitations if entry.to == "usa"]
    assert {entry.claim for entry in accounts} == {"f38", "f35", "c8-lavrov"}
    assert [(entry.role, entry.level) for entry in accounts if entry.answer] == [(Role.OBSERVER, Level.AMBASSADOR)]


def test_who_went_and_who_refused() -> None:
    answers = {(entry.to, entry.answer) for entry in TALKS.invitations}
    going = CLAIMS["f30-going"].value.actors
    assert {(group, "accepted") for group in going} <= answers
    assert {(group, "declined") for group in CLAIMS["f30-not-going"].value.actors} <= answers
    assert {("suqour-al-sham", "accepted"), ("suqour-al-sham", "declined")} <= answers


def test_the_format_of_the_sessions_changes() -> None:
    formats = [session.format for session in TALKS.sessions if session.round == "astana-1"]
    assert formats[:2] == [Format.PLENARY, Format.PROXIMITY]
    opening = TALKS.sessions[0]
    assert opening.starts_at == datetime(2017, 1, 23, 7, tzinfo=UTC)


def test_groups_that_joined_are_told_by_announcer() -> None:
    five, sixth, formed = TALKS.changes
    assert len(five.sources) == 5 and sixth.sources == ("thuwar-al-sham",)
    assert five.when == sixth.when == date(2017, 1, 26) and formed.when == date(2017, 1, 28)
    assert set(CLAIMS["a2-groups"].value.actors) == set(five.sources)


def test_the_agenda_has_ten_issues_marked_as_invented() -> None:
    issues = [issue for basket in TALKS.agenda for issue in basket.issues]
    assert [issue.slug for issue in issues] == [
        "format", "iran-status", "scope", "monitoring", "violations", "separation", "humanitarian-access", "detainees",
        "next-round", "result-form",
    ]  # fmt: skip
    assert all(issue.is_invented and len(issue.options) >= 3 for issue in issues)
    assert TALKS.invented


def test_every_assessment_is_invented_and_seen_by_the_analysts_alone() -> None:
    assert {entry.compartment for entry in TALKS.assessments} == {"analysis"}
    assert all(entry.is_invented for entry in TALKS.assessments)
    issues = {
        issue.slug: {option.slug for option in issue.options} for basket in TALKS.agenda for issue in basket.issues
    }
    for party in {entry.party for entry in TALKS.assessments if entry.worth}:
        of_party = {entry.issue: {option for option, _ in entry.worth} for entry in TALKS.assessments
                    if entry.party == party and entry.worth}  # fmt: skip
        assert of_party == issues
        assert any(entry.reservation_value for entry in TALKS.assessments if entry.party == party)


def test_every_scale_is_invented_places_all_options_and_is_seen_by_the_analysts_alone() -> None:
    assert {scale.compartment for scale in TALKS.scales} == {"analysis"}
    assert all(scale.is_invented for scale in TALKS.scales)
    issues = {
        issue.slug: {option.slug for option in issue.options} for basket in TALKS.agenda for issue in basket.issues
    }
    for scale in TALKS.scales:
        assert {option for option, _ in scale.places} == issues[scale.issue]
    pointed = {entry.issue for entry in TALKS.assessments if entry.point is not None}
    assert pointed | {scale.issue for scale in TALKS.scales if scale.order} == {scale.issue for scale in TALKS.scales}
    ranged = [entry.point for entry in TALKS.assessments if entry.point is not None]
    assert all(point.low < point.high for point in ranged)


def test_homonyms_are_kept_apart_and_names_are_found_in_several_scripts() -> None:
    pairs = {frozenset(entry[:2]) for entry in TALKS.homonyms}
    assert frozenset({"abu-zaid-spokesman", "abu-zeid-journalist"}) in pairs
    assert frozenset({"jaysh-idlib", "free-idlib-army"}) in pairs
    assert len(pairs) == 4
    kazakhstan = next(actor for actor in TALKS.actors if actor.slug == "kazakhstan")
    assert {name.language for name in kazakhstan.names} == {"en", "ar", "ru", "tr", "fa", "kk"}


def test_commitments_keep_planned_days_beside_those_on_which_it_happened() -> None:
    meetings = next(entry for entry in TALKS.commitments if entry.slug == "joint-meetings")
    assert [due.due for due in meetings.due] == [date(2017, 1, 15), date(2017, 1, 23)]
    assert [(entry.day, entry.claim) for entry in meetings.happened] == [(date(2017, 1, 23), "m1-opens")]
    fewer = next(entry for entry in TALKS.commitments if entry.slug == "fewer-violations")
    assert fewer.undertaken_by == ()


def test_counts_are_of_a_kind_that_can_be_compared() -> None:
    on_signing = [claim for claim in TALKS.claims if claim.question == "C1" and claim.value.kind is ValueKind.NUMBER]
    assert {(claim.about, claim.aspect) for claim in on_signing} == {("ceasefire-2016-12-29", "groups that signed")}
