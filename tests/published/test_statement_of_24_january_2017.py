"""What the Astana scenario says of its texts: two copies on 29 December, a statement that binds neither side."""

from __future__ import annotations

import pytest

from goodoffices.formats.documents_pax import PaxSaid, read_pax, write_pax
from goodoffices.formats.talks_file import read_talks
from goodoffices.reports.pax_rows import pax_rows
from goodoffices.talks.core import replay, view_for
from goodoffices.talks.findings import Ground, Verdict, Word
from goodoffices.talks.opening import opening
from goodoffices.talks.standing import Family, families, finding_of, title_line
from goodoffices.talks.vocabulary import Kind, StanceKind
from properties.worlds.cast import START


@pytest.fixture(scope="module")
def texts() -> dict[str, Family]:
    talks = replay(opening(read_talks("astana-2017"), kind=Kind.EXERCISE, at=START))
    return {family.slug: family for family in families(view_for(talks, "secretariat"))}


def test_on_29_december_there_are_two_copies_and_no_agreement_can_be_shown(texts: dict[str, Family]) -> None:
    found = finding_of(texts["ceasefire-2016-12-29"])
    assert found.verdict is Verdict.CANNOT_TELL
    assert [(r.ground, r.actors) for r in found.reasons] == [(Ground.OTHERS_WORD_ONLY, ("syria-government",))]
    assert found.on_claims is not None
    [reason] = found.on_claims.reasons
    assert (found.on_claims.verdict, reason.ground) == (Verdict.NOT_AGREED, Ground.DIFFERENT_COPIES)
    assert reason.clauses == ("2", "3", "4")
    assert len({copy.hash for copy in found.copies if copy.hash}) == 2


def test_the_statement_is_about_two_sides_and_binds_neither(texts: dict[str, Family]) -> None:
    family = texts["joint-statement-2017-01-24"]
    line = title_line(family)
    assert line.issued_by == ("iran", "russia", "turkey")
    assert line.read_out_by == ("kazakhstan",)
    assert line.not_bound == ("syria-government", "armed-opposition")
    assert line.instead == (
        ("syria-government", StanceKind.ENDORSED),
        ("armed-opposition", StanceKind.REFUSED),
    )
    found = finding_of(family)
    assert found.verdict is Verdict.NOT_AGREED
    assert {s.word for s in found.table if s.actor == "armed-opposition"} == {Word.OWN_WORD, Word.OTHERS}
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
    assert {claim.said for claim in back} == {PaxSaid.NAMED}
