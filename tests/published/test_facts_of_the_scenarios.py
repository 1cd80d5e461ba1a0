"""Each row of the fact bases of the bundled talks: the claims that it became, their chains, sides and strengths.

``chains_of_claims.txt`` has every chain as it is shown, checked by hand against the rows. The fact bases themselves lie
outside the project; where they are absent, only the table is held.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.reports.brief.build import brief_of
from goodoffices.reports.brief.render import as_text
from goodoffices.reports.provenance import LETTERS, chain_text, claim_name, stated_on, statement
from goodoffices.talks.base.enums import Kind, ValueKind
from goodoffices.talks.core import replay, view_for
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.view import View

CHAINS = Path(__file__).with_name("chains_of_claims.txt")
ALL_SEEING = {"astana-2017": "analyst", "good-friday-1998": "secretariat"}
ROW = re.compile(r"^\| ([SFMA]\d+) \|")
SIDE = re.compile(r"([A-Z][\w.’'-]*(?: (?:al-)?[A-Z&][\w.’'-]*| [a-z]+ministry| defence ministry| foreign ministry)*)"
                  r" \((ru|ir|tr|kz|sy-gov|sy-opp)\)")  # fmt: skip


def view_of(name: str, seat: str | None = None) -> View:
    talks = replay(opening(read_talks(name), kind=Kind.EXERCISE, at=datetime(2026, 6, 1, tzinfo=UTC)))
    return view_for(talks, ALL_SEEING[name] if seat is None else seat)


def shown(view: View, held: KnownClaim) -> str:
    chain = chain_text(view, held).rpartition(" [")[0]
    return f"{held.claim.slug}: {chain}; {held.claim.strength.value}"


@pytest.mark.parametrize("name", list(ALL_SEEING))
def test_every_chain_is_shown_as_the_table_of_chains_has_it(name: str) -> None:
    table = CHAINS.read_text(encoding="utf-8").partition(f"# {name}\n")[2].partition("\n#")[0].splitlines()
    view = view_of(name)
    assert [shown(view, held) for held in view.known.claims.values()] == table


def rows(facts: Path) -> list[tuple[str, list[str]]]:
    lines = facts.read_text(encoding="utf-8").splitlines()
    return [
        (found[1], [cell.strip() for cell in line.split("|")[1:-1]]) for line in lines if (found := ROW.match(line))
    ]


def test_every_row_on_astana_is_a_claim_of_that_strength_through_outlets_of_that_side(shared: Path) -> None:
    view = view_of("astana-2017")
    by_row: dict[str, list[KnownClaim]] = {}
    for held in view.known.claims.values():
        by_row.setdefault(claim_name(held), []).append(held)
    found = rows(shared.parent / "facts" / "astana-2017.md")
    assert len(found) > 90
    for row, cells in found:
        claims = by_row.get(row, [])
        assert claims, f"{row} is no claim"
        letters = {LETTERS[held.claim.strength] for held in claims}
        assert letters & set(re.findall(r"[DWNUI]", cells[4])), (row, letters, cells[4])
        titles = " ".join(view.known.sources[held.claim.source].title for held in claims if held.claim.source)
        said = " ".join(chain_text(view, held) for held in claims) + " " + titles
        for outlet, side in SIDE.findall(cells[3]):
            assert f"{outlet} ({side}" in said, (row, outlet, side, said)


def test_no_outlet_of_astana_has_a_side_that_no_row_gives_it(shared: Path) -> None:
    facts = (shared.parent / "facts" / "astana-2017.md").read_text(encoding="utf-8")
    sides = {outlet.split(" and ")[-1]: side for outlet, side in SIDE.findall(facts)}
    view = view_of("astana-2017")
    for held in view.known.claims.values():
        for outlet, side in SIDE.findall(chain_text(view, held)):
            known = [given for name, given in sides.items() if name.endswith(outlet) or outlet.endswith(name)]
            assert not known or side in known, (held.claim.slug, outlet, side)
        assert "Al Jazeera (" not in chain_text(view, held)


@pytest.mark.parametrize("seat", [seat.slug for seat in read_talks("astana-2017").seats])
def test_every_row_of_the_seed_report_and_what_was_left_out_before_is_in_the_brief_of_each_seat(seat: str) -> None:
    view = view_of("astana-2017", seat)
    brief = brief_of(view, as_of=read_talks("astana-2017").opens_at)
    early = as_text(brief, 400)
    for row in (*(f"S{n}" for n in range(1, 14)), "F26", "F36"):
        assert f"[{row} " in early, row
    assert "Moscow supports President Assad" in early
    assert "Turkey backs rebels who want Assad out" in early
    late = as_text(brief_of(view), 400)
    for row in ("A9", "A16"):
        assert f"[{row} " in late, row
    assert "Jordan" in late


def test_the_figures_on_northern_ireland_are_those_of_the_facts(shared: Path) -> None:
    facts = (shared.parent / "facts" / "good-friday-1998.md").read_text(encoding="utf-8")
    view = view_of("good-friday-1998")
    stated = {held.claim.value.low for held in view.known.claims.values() if held.claim.value.kind is ValueKind.NUMBER}
    words = " ".join(held.claim.value.words or "" for held in view.known.claims.values())
    section = facts.partition("## Votes of 30 May 1996")[2].partition("Source for all")[0]
    table = [[cell.strip() for cell in line.split("|")[1:-1]] for line in section.splitlines() if line.startswith("|")]
    for party, votes, share, seats in table[2:]:
        assert int(re.sub(r"\D", "", votes)) in stated, party
        assert int(seats) in stated, party
        assert share == "–" or f"{share} %" in words, party
    result = facts.partition("## Ratification")[2].partition("##")[0]
    for number in re.findall(r"(?:yes|no|valid|invalid) (\d[\d ]+\d)", result):
        assert int(number.replace(" ", "")) in stated, number


@pytest.mark.parametrize("name", list(ALL_SEEING))
def test_what_a_table_says_rests_on_a_claim_of_the_file(name: str) -> None:
    file = read_talks(name)
    assert all(stance.claim for text in file.texts for stance in text.stances)
    for plan in file.rounds:
        assert plan.opened is None or plan.opened_claim is not None, plan.slug
        assert plan.closed is None or plan.closed_claim is not None, plan.slug
    for held in file.delegations:
        assert held.head is None or held.head_claim is not None, held.seat
        assert not held.members or held.members_claim is not None, held.seat
    for asked in file.invitations:
        assert asked.by is None or asked.claim is not None, asked.to
        assert asked.answer is None or asked.answer_claim is not None, asked.to
    assert all(entry.claim for terms in file.ceasefire for entry in terms.in_force)
    assert all(done.claim for owed in file.commitments for done in owed.happened)


def test_a_text_that_somebody_calls_signed_is_not_said_to_be_unsigned() -> None:
    view = view_of("good-friday-1998")
    told = " ".join(as_text(brief_of(view), 400).split())
    assert "CAIN archive: yes" in told
    assert "has signed it" not in told
    assert "Whether they signed it is said below, and on whose word." in told


NUMBERS = (ValueKind.NUMBER, ValueKind.AT_LEAST, ValueKind.RANGE)


@pytest.mark.parametrize("name", list(ALL_SEEING))
def test_what_is_said_states_the_number_and_the_span_of_its_claim(name: str) -> None:
    """A row never says only that a number is not verified, and never shows the first day of a month as the day."""
    view = view_of(name)
    for held in view.known.claims.values():
        claim = held.claim
        if claim.value.kind in NUMBERS:
            said = re.sub(r"(?<=\d),(?=\d)", "", statement(view, held)).casefold()
            ends = {str(end) for end in (claim.value.low, claim.value.high) if end is not None}
            assert all(end in re.findall(r"\d+", said) for end in ends) or not re.search(r"verified|noted", said)
        if claim.asserted_on is None and claim.when_from != claim.when_to:
            assert stated_on(held) != str(claim.when_from)


@pytest.mark.parametrize("name", list(ALL_SEEING))
def test_no_brief_knows_a_year_that_has_not_come(name: str) -> None:
    """No title of a round, text, publication or sentence names a later year than the day of the brief."""
    view, day = view_of(name), {"astana-2017": date(2016, 12, 20), "good-friday-1998": date(1996, 5, 29)}[name]
    told = as_text(brief_of(view, as_of=day))
    begun = set(view.known.header.title.split())
    years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", told) if year not in begun}
    assert max(years, default=0) <= day.year + 1, sorted(years)
