"""Is it prohibited? One answer for each copy of the terms and each claim of entry into force, never one for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from goodoffices.talks.base.persistent import Table
from goodoffices.talks.ceasefire.commands import FileAllegation
from goodoffices.talks.ceasefire.rule_status import Answer, Standing, rule_statuses
from goodoffices.talks.ceasefire.target_claims import ClaimTarget
from goodoffices.talks.model.actors import Name
from goodoffices.talks.model.ceasefire import ActRule, Area, CeasefireTerms, InForce
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import KnownAllegation, KnownTarget, KnownTerms
from stories import Story, words

SHELLING = ActRule(clause="1", kinds=("shelling", "air-strike"))
ZONE = "Asia/Damascus"


def area(slug: str, part_of: str | None = None) -> Area:
    return Area(slug=slug, names=(Name(text=slug),), part_of=part_of)


AREAS = {"syria": area("syria"), "idlib": area("idlib", "syria"), "rif-dimashq": area("rif-dimashq", "syria"),
         "wadi-barada": area("wadi-barada", "rif-dimashq")}  # fmt: skip


def terms(*in_force: datetime, areas: tuple[str, ...] = ("syria",), **more: object) -> CeasefireTerms:
    given = {"covered": ("gov", "opp"), "excluded": ("nusra",), "rules": (SHELLING,)} | more
    return CeasefireTerms(
        slug="t", title="T", areas=areas, in_force=tuple(InForce(instant=at, zone=ZONE) for at in in_force), **given,  # type: ignore[arg-type]
    )  # fmt: skip


def alleged(begun: str, ended: str = "", **more: object) -> KnownAllegation:
    given = {
        "handle": "a1",
        "ledger": "j1",
        "by": "rus",
        "kind": "shelling",
        "area": "idlib",
        "alleged_violator": "gov",
    }
    return KnownAllegation(
        **{
            **given,
            "occurred_from": begun,
            "occurred_to": ended or begun,
            "at": datetime(2017, 6, 1, tzinfo=UTC),
            **more,
        }  # type: ignore[arg-type]
    )


def standings(held: KnownAllegation, *copies: CeasefireTerms) -> list[Standing]:
    known = Knowledge("un").set("areas", Table(AREAS))
    for n, one in enumerate(copies):
        known = known.put("terms", f"n{n}", KnownTerms(handle=f"n{n}", terms=one, by="un"))
    return [status.standing for status in rule_statuses(known, held)]


THREE_CLAIMS = (
    datetime(2017, 5, 3, 21, tzinfo=UTC),  # on signing, 4 May
    datetime(2017, 5, 4, 21, tzinfo=UTC),  # the day after
    datetime(2017, 5, 5, 21, tzinfo=UTC),  # 6 May 00:00
)


def test_c8_shelling_in_idlib_on_5_may_has_three_statuses_under_three_claims() -> None:
    held = alleged("2017-05-05T20:30Z")  # 23:30 in Damascus
    assert standings(held, terms(*THREE_CLAIMS)) == [Standing.PROHIBITED, Standing.PROHIBITED, Standing.OUTSIDE]
    two = standings(held, terms(THREE_CLAIMS[0]), terms(THREE_CLAIMS[0], covered=("opp",), excluded=("gov",)))
    assert two == [Standing.PROHIBITED, Standing.OUTSIDE]


def test_c5_shelling_in_wadi_barada_is_unclear_if_its_target_is_said_to_be_excluded() -> None:
    in_force = terms(datetime(2016, 12, 29, 22, tzinfo=UTC))
    held = alleged("2017-01-05T12:00Z", area="wadi-barada")
    assert standings(held, in_force) == [Standing.PROHIBITED]
    aimed = replace(held, targets=(KnownTarget(by="gov", target="nusra"), KnownTarget(by="opp", target="opp")))
    known = (
        Knowledge("un").set("areas", Table(AREAS)).put("terms", "n1", KnownTerms(handle="n1", terms=in_force, by="un"))
    )
    [status] = rule_statuses(known, aimed)
    assert (status.standing, status.open_questions, status.targets) == (Standing.UNCLEAR, ("excepted",), ("nusra",))


def test_half_past_midnight_in_damascus_on_30_december_is_in_force() -> None:
    held = alleged("2016-12-29T22:30Z")
    assert standings(held, terms(datetime(2016, 12, 29, 22, tzinfo=UTC))) == [Standing.PROHIBITED]


@pytest.mark.parametrize(
    ("held", "question"),
    [
        (alleged("2017-05-03T20:00Z", "2017-05-03T22:00Z"), "in_force"),
        (alleged("2017-05-04", "2017-05-04"), "in_force"),
        (alleged("2017-05-09T20:00Z", area=""), "place"),
        (alleged("2017-05-09T20:00Z", alleged_violator="not-said"), "involved"),
    ],
)
def test_c9_what_lies_across_a_border_or_is_not_said_is_unknown_and_never_one_side(
    held: KnownAllegation, question: str
) -> None:
    known = Knowledge("un").set("areas", Table(AREAS))
    known = known.put("terms", "n1", KnownTerms(handle="n1", terms=terms(THREE_CLAIMS[0]), by="un"))
    [status] = rule_statuses(known, held)
    assert getattr(status, question) is Answer.UNKNOWN
    assert status.standing is Standing.UNCLEAR


def test_an_area_that_the_terms_name_only_a_part_of_is_unknown() -> None:
    held = alleged("2017-05-09T20:00Z", area="rif-dimashq")
    assert standings(held, terms(THREE_CLAIMS[0], areas=("wadi-barada",))) == [Standing.UNCLEAR]
    assert standings(held, terms(THREE_CLAIMS[0], areas=("idlib",))) == [Standing.OUTSIDE]


def test_what_no_clause_names_is_not_regulated_and_what_nobody_has_read_out_is_unclear() -> None:
    held = alleged("2017-05-09T20:00Z", kind="overflight")
    assert standings(held, terms(THREE_CLAIMS[0])) == [Standing.NOT_REGULATED]
    assert standings(held, terms(THREE_CLAIMS[0], rules=())) == [Standing.UNCLEAR]
    exercise = ActRule(clause="4", kinds=("overflight",), effect="permitted")
    both = (exercise, ActRule(clause="1", kinds=("overflight",)))
    assert standings(held, terms(THREE_CLAIMS[0], rules=both)) == [Standing.PERMITTED]


def test_c5_that_it_was_aimed_at_somebody_is_itself_only_said_and_shown_with_who_says_so() -> None:
    story = Story()
    story.do("rus", FileAllegation(ledger="j1", kind="shelling", occurred_from=story.at, area="hama"))
    story.do("gov", ClaimTarget(allegation="a1", target="group-a", words=words("they were there")))
    for seat in ("opp", "un"):
        [claim] = story.view(seat).known.allegations["a1"].targets
        assert (claim.by, claim.target) == ("gov", "group-a")
    assert not story.view("opp").known.allegations["a1"].findings
    assert story.refused("gov", ClaimTarget(allegation="a1", target="nobody")) == "unknown"
