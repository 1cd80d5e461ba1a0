"""What the Astana scenario says of its texts: two copies on 29 December, a statement that binds neither side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from goodoffices.formats.documents.pa_x import PaxSaid, read_pax, write_pax
from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.reports.texts.finding_sentences import dated, finding_sentences, headline, plain
from goodoffices.reports.texts.pa_x_export import pax_rows
from goodoffices.talks.base.enums import Kind, StanceKind
from goodoffices.talks.claims.as_of import known_as_of
from goodoffices.talks.core import replay, view_after, view_for
from goodoffices.talks.documents.agreement import AgreementVerdict, Basis, Ground, Reason
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import Family, families, family_of, finding_of, title_line
from properties.worlds.cast import START


@pytest.fixture(scope="module")
def view() -> View:
    return view_after(opening(read_talks("astana-2017"), kind=Kind.EXERCISE, at=START), "secretariat")


@pytest.fixture(scope="module")
def texts(view: View) -> dict[str, Family]:
    return {family.slug: family for family in families(view)}


def test_on_29_december_there_are_two_copies_and_no_agreement_can_be_shown(view: View) -> None:
    then = replace(view, known=known_as_of(view.known, date(2017, 1, 24)))
    family = family_of(then, "ceasefire-2016-12-29")
    assert family is not None
    found = finding_of(family)
    assert found.verdict is AgreementVerdict.CANNOT_TELL
    assert [(r.ground, r.actors) for r in found.reasons] == [(Ground.OTHERS_WORD_ONLY, ("syria-government",))]
    assert found.on_claims is not None
    [reason] = found.on_claims.reasons
    assert (found.on_claims.verdict, reason.ground) == (AgreementVerdict.NOT_AGREED, Ground.DIFFERENT_COPIES)
    assert reason.clauses == ("2", "3", "4")
    assert len({copy.hash for copy in found.copies if copy.hash}) == 2


def test_a_signer_that_joined_another_group_leaves_open_who_stands_by_its_signature(view: View) -> None:
    """Facts, A2: on 26 January 2017 five groups announce that they join Ahrar al-Sham; one of them had signed."""
    family = family_of(view, "ceasefire-2016-12-29")
    assert family is not None
    assert dict(family.successors) == {
        "fastaqim": "unclear",
        "jaysh-al-mujahideen": "unclear",
        "thuwar-al-sham": "unclear",
    }
    found = finding_of(family)
    assert found.verdict is AgreementVerdict.NOT_AGREED
    assert Reason(ground=Ground.SUCCESSOR_UNCLEAR, actors=("fastaqim",)) in found.reasons
    said = [
        plain(view, told) for told in (headline(family, found, dated(view, family)), *finding_sentences(family, found))
    ]
    assert said == [
        "No agreement can be proved on 29 December 2016: two different copies are reported.",
        "Only others say what Government of Syria did. Their own word would settle it.",
        "Fastaqim: since then part of another body. It is open whether that stands by it.",
        "If all these claims are true:",
        "Different copies are reported: The copy reported from the government's side and "
        "The copy reported from the opposition's side. Our summaries of them differ at clause 2, 3 and 4. "
        "The copies themselves are not in this record.",
    ]


def test_the_statement_is_about_two_sides_and_binds_neither(texts: dict[str, Family]) -> None:
    family = texts["joint-statement-2017-01-24"]
    line = title_line(family)
    assert line.issued_by == ("iran", "russia", "turkey")
    assert line.read_out_by == ("kazakhstan",)
    assert line.not_bound == ("syria-government", "armed-opposition")
    assert line.instead == (
        ("syria-government", StanceKind.ENDORSED),
        ("armed-opposition", StanceKind.NOT_SIGNED),
        ("armed-opposition", StanceKind.REFUSED),
    )
    found = finding_of(family)
    assert found.verdict is AgreementVerdict.NOT_AGREED
    assert {s.word for s in found.table if s.actor == "armed-opposition"} == {Basis.OWN_WORD, Basis.OTHERS}
    assert [(r.ground, r.clauses) for r in found.remarks] == [(Ground.DIVERGES, ("2",))]
    assert family.unstated


def test_no_commitment_of_a_syrian_side_arises_from_the_statement() -> None:
    talks = replay(opening(read_talks("astana-2017"), kind=Kind.EXERCISE, at=START))
    for held in view_for(talks, "secretariat").known.commitments.values():
        if held.commitment.text == "joint-statement-2017-01-24":
            assert not {"syria-government", "armed-opposition"} & set(held.commitment.undertaken_by)


def test_v3_a_row_of_the_statement_does_not_read_as_signed_by_the_syrian_sides() -> None:
    talks = replay(opening(read_talks("astana-2017"), kind=Kind.EXERCISE, at=START))
    [row] = [row for row in pax_rows(view_for(talks, "secretariat")) if row.id == "joint-statement-2017-01-24"]
    assert "Syria" not in row.participants
    assert "opposition" not in row.participants.lower()
    assert row.participants.count("issued it") == 3
    assert row.about_without_stance.count("has not bound itself") == 2
    assert "endorsed orally" in row.about_without_stance
    assert row.read_out_by == "Kazakhstan"
    assert row.status == "Status unclear"
    back = read_pax(write_pax([row]), name="row.csv")
    assert {claim.said for claim in back.claims} == {PaxSaid.NAMED}
