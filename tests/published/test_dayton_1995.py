"""Who signed which part at Dayton and Paris: an annex is a text of its own, with its own required actors.

Source: participants' cell of PA-X 389, as read for the facts of Dayton; spelling ours. Annex 4 is unsigned: three
declarations of support. Russia witnessed the framework agreement except its first annex.
"""

from __future__ import annotations

import pytest

from goodoffices.talks.base.enums import StanceKind
from goodoffices.talks.documents.agreement import AgreementVerdict, Basis, Copy, Ground, StatedStance, agreement

SIGNED = {
    "framework": ("bih", "croatia", "fry"),
    "annex-2": ("bih", "croatia", "fry", "federation", "rs"),
    "annex-5": ("federation", "rs"),
    "annex-6": ("bih", "federation", "rs"),
    "annex-9": ("federation", "rs"),
    "annex-10": ("bih", "croatia", "fry", "federation", "rs"),
}
DECLARED = {"annex-4": ("bih", "federation", "rs")}


def _copy(name: str) -> Copy:
    return Copy(name=name, hash=name.ljust(64, "0"), hashes=(("en", name),))


def _said(actor: str, copy: str, kind: StanceKind, at: str = "1995-12-14", **more: object) -> StatedStance:
    return StatedStance(actor=actor, copy=copy, kind=kind, word=Basis.OWN_WORD, at=at, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("annex", "required"), SIGNED.items())
def test_each_part_is_agreed_among_its_own_required_actors(annex: str, required: tuple[str, ...]) -> None:
    said = [_said(actor, name, StanceKind.SIGNED) for name, actors in SIGNED.items() for actor in actors]
    here = [s for s in said if s.copy == annex]
    assert agreement(required, here, (_copy(annex),)).verdict is AgreementVerdict.AGREED
    everyone = SIGNED["annex-2"]
    missing = set(everyone) - set(required)
    found = agreement(everyone, here, (_copy(annex),))
    assert {r.actors for r in found.reasons if r.ground is Ground.MISSING} == {(actor,) for actor in missing}


def test_annex_4_is_not_signed_and_was_endorsed_by_declaration() -> None:
    said = [_said(actor, "annex-4", StanceKind.ENDORSED) for actor in DECLARED["annex-4"]]
    found = agreement(DECLARED["annex-4"], said, (_copy("annex-4"),))
    assert found.verdict is AgreementVerdict.NOT_AGREED
    assert {(r.ground, r.kind) for r in found.reasons} == {(Ground.NOT_BINDING, StanceKind.ENDORSED)}


def test_a_witness_with_an_exception_binds_nobody_and_hinders_nothing() -> None:
    said = [
        *(_said(actor, "framework", StanceKind.SIGNED) for actor in SIGNED["framework"]),
        _said("russia", "framework", StanceKind.WITNESSED, reserved=("annex 1",)),
    ]
    assert agreement(SIGNED["framework"], said, (_copy("framework"),)).verdict is AgreementVerdict.AGREED
    assert (
        agreement((*SIGNED["framework"], "russia"), said, (_copy("framework"),)).verdict is AgreementVerdict.NOT_AGREED
    )


def test_who_refused_on_the_21st_and_initialled_later_is_not_bound_by_its_patron() -> None:
    said = [
        _said("rs", "framework", StanceKind.REFUSED, at="1995-11-21"),
        StatedStance(
            actor="rs", copy="framework", kind=StanceKind.SIGNED, word=Basis.OTHERS, by="fry", at="1995-12-14"
        ),
        _said("rs", "framework", StanceKind.INITIALLED, at="1995-11-23"),
    ]
    found = agreement(("rs",), said, (_copy("framework"),))
    assert [(r.ground, r.kind) for r in found.reasons] == [(Ground.NOT_BINDING, StanceKind.INITIALLED)]
    assert found.verdict is AgreementVerdict.NOT_AGREED
