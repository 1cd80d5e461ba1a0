"""Minsk, 12 February 2015: entry into force with a zone, and a sequence left open.

Points of the Package of Measures in our words. Two readings of the sequence: the political
points first (as Russia read it), control of the border first (as Ukraine did).
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.talks.base.enums import Strength, ValueKind
from goodoffices.talks.base.local_time import instant_in
from goodoffices.talks.base.serialization import from_plain, to_plain
from goodoffices.talks.claims.contradictions import contradictions
from goodoffices.talks.model.claims import Claim, Link, Value
from goodoffices.talks.model.packages import (
    After,
    Demand,
    End,
    Fault,
    FaultKind,
    Needs,
    Package,
    Step,
    cycles,
    demanded,
    differing,
    faults,
    parting,
)
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_claims import KnownClaim

BOTH = ("ukraine", "areas")
WITHDRAWAL = Step(slug="point-2", what="Withdraw heavy weapons", obligors=BOTH, due_days=14)
DIALOGUE = Step(slug="point-4", what="Begin a dialogue on local elections", obligors=("ukraine",), due_days=1)
BORDER = Step(slug="point-9", what="Ukraine regains the border", obligors=("areas",), due=date(2015, 12, 31))
FOREIGN = Step(slug="point-10", what="Foreign formations leave")
REFORM = Step(slug="point-11", what="Reform the constitution", obligors=("ukraine",), due=date(2015, 12, 31))
STEPS = (WITHDRAWAL, DIALOGUE, BORDER, FOREIGN, REFORM)
AS_WRITTEN = Package(slug="minsk", steps=STEPS, after=(After(one="point-4", other="point-2"),))
POLITICS_FIRST = After(one="point-9", other="point-11", end=End.COMPLETION)
BORDER_FIRST = After(one="point-11", other="point-9", end=End.COMPLETION)


def with_edges(*edges: After) -> Package:
    return Package(slug="minsk", steps=STEPS, after=(*AS_WRITTEN.after, *edges))


def test_v9_midnight_in_kyiv_is_22_hours_utc_of_the_day_before() -> None:
    assert instant_in("2015-02-15T00:00", "Europe/Kyiv") == datetime(2015, 2, 14, 22, tzinfo=UTC)


def test_v9_midnight_in_damascus_is_22_hours_utc_of_the_day_before() -> None:
    assert instant_in("2016-12-30T00:00", "Asia/Damascus") == datetime(2016, 12, 29, 22, tzinfo=UTC)


@pytest.mark.parametrize("local", ["2015-03-29T03:30", "2015-10-25T03:30"])
def test_a_local_time_that_is_none_or_two_moments_is_refused(local: str) -> None:
    with pytest.raises(ScenarioError, match="clocks change"):
        instant_in(local, "Europe/Kyiv")


@pytest.mark.parametrize(
    ("local", "zone"), [("2015-02-15T00:00", "Mars/Base"), ("soon", "UTC"), ("2015-02-15T00:00Z", "UTC")]
)
def test_what_is_no_local_time_in_a_zone_is_refused(local: str, zone: str) -> None:
    with pytest.raises(ScenarioError, match="write"):
        instant_in(local, zone)


def test_v9_reported_variants_are_contradictory_claims_and_none_corrects_another() -> None:
    reported = {
        "the-moscow-times": instant_in("2015-02-15T00:00", "Europe/Kyiv"),
        "a-graphics-agency": instant_in("2015-02-15T00:01", "Europe/Kyiv"),
        "ua-position": datetime.fromisoformat("2015-02-15T12:00+03:00").astimezone(UTC),
    }
    known = Knowledge("analyst")
    for n, (who, instant) in enumerate(reported.items(), start=1):
        claim = Claim(
            slug=who,
            about="minsk",
            aspect="in force from",
            value=Value(kind=ValueKind.INSTANT, instant=instant),
            chain=(Link(speaker=who),),
            strength=Strength.NAMED,
        )
        known = known.put(
            "claims",
            f"k{n}",
            KnownClaim(handle=f"k{n}", claim=claim, by="analyst", at=datetime(2015, 3, 1, tzinfo=UTC)),
        )
    [group] = contradictions(known)
    assert {claim.handle for claim in group.claims} == {"k1", "k2", "k3"}
    assert all(held.replaced_by is None for held in known.claims.values())


def test_v10_after_which_end_of_the_withdrawal_is_not_stated() -> None:
    assert Fault(kind=FaultKind.NOT_STATED, steps=("point-4", "point-2")) in faults(AS_WRITTEN)


def test_v10_the_demanded_now_list_differs_between_the_two_readings() -> None:
    begun = {"point-2": End.START}
    dialogue = Demand(obligor="ukraine", step="point-4", end=End.START)
    assert dialogue in demanded(AS_WRITTEN, begun, End.START)
    assert dialogue not in demanded(AS_WRITTEN, begun, End.COMPLETION)
    assert differing(AS_WRITTEN, begun) == (dialogue,)
    assert differing(AS_WRITTEN, {"point-2": End.COMPLETION}) == ()


def test_v10_points_9_and_11_wait_for_each_other_if_both_accounts_are_entered() -> None:
    assert cycles(with_edges(POLITICS_FIRST)) == ()
    assert cycles(with_edges(BORDER_FIRST)) == ()
    [knot] = cycles(with_edges(POLITICS_FIRST, BORDER_FIRST))
    assert knot == Fault(kind=FaultKind.CYCLE, steps=("point-9", "point-11"), readings=(End.START, End.COMPLETION))


def test_v10_the_two_accounts_part_at_points_9_and_11() -> None:
    assert parting(with_edges(POLITICS_FIRST), with_edges(BORDER_FIRST)) == ("point-9", "point-11")
    assert parting(AS_WRITTEN, AS_WRITTEN) == ()


def test_v10_a_step_without_obligor_or_date_is_named() -> None:
    found = faults(AS_WRITTEN)
    assert Fault(kind=FaultKind.NO_OBLIGOR, steps=("point-10",)) in found
    assert Fault(kind=FaultKind.NO_DATE, steps=("point-10",)) in found
    assert not any(f.kind is FaultKind.NO_DATE and f.steps != ("point-10",) for f in found)


def test_the_border_may_not_be_demanded_before_the_reform_it_needs_is_complete() -> None:
    package = Package(slug="minsk", steps=(BORDER, REFORM), needs=(Needs(one="point-9", other="point-11"),))
    border = Demand(obligor="areas", step="point-9", end=End.START)
    assert border not in demanded(package, {"point-11": End.START}, End.START)
    assert border in demanded(package, {"point-11": End.COMPLETION}, End.START)


def test_a_completion_may_wait_where_a_start_does_not() -> None:
    completed_last = After(one="point-9", other="point-11", end=End.COMPLETION, waits=End.COMPLETION)
    package = Package(slug="minsk", steps=(BORDER, REFORM), after=(completed_last,))
    assert Demand(obligor="areas", step="point-9", end=End.START) in demanded(package, {}, End.START)
    assert demanded(package, {"point-9": End.START, "point-11": End.START}, End.START) == (
        Demand(obligor="ukraine", step="point-11", end=End.COMPLETION),
    )


def test_a_package_is_plain_data_and_back() -> None:
    package = with_edges(POLITICS_FIRST)
    assert from_plain(Package, to_plain(package)) == package
