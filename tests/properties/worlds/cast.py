"""The cast of the two-world tests: ten seats of every sort, two groups that can merge, an agenda, two ledgers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction

from goodoffices.talks.base.enums import ActorKind, Role
from goodoffices.talks.model.actors import Actor, Compartment, Name, SeatPlan
from goodoffices.talks.model.agenda import AgendaIssue, Basket, Option
from goodoffices.talks.model.assessments import Assessment, Estimate, Scale
from goodoffices.talks.model.ceasefire import Area, Ledger
from goodoffices.talks.model.rounds import Round
from goodoffices.talks.model.talks_file import TalksFile

START = datetime(2017, 1, 22, 8, 0, tzinfo=UTC)

ROLES = {
    "gov": (Role.PARTY,),
    "opp": (Role.PARTY,),
    "rus": (Role.GUARANTOR, Role.INTERMEDIARY, Role.SPONSOR),
    "tur": (Role.GUARANTOR, Role.INTERMEDIARY),
    "un": (Role.MEDIATOR,),
    "kaz": (Role.HOST, Role.DEPOSITARY),
    "usa": (Role.OBSERVER,),
    "sec": (Role.SECRETARIAT,),
    "ana": (Role.ANALYST,),
    "pap": (Role.PARTY,),
}
"""Slug and roles of each seat; ``pap`` is a party kept on paper by the secretariat."""

SEATS = tuple(ROLES)
GROUPS = ("group-a", "group-b")


PLACES = (("guarantors", Fraction(0)), ("committee", Fraction(100)))


def _assessed() -> Iterator[Assessment]:
    """Yield where three parties stand, for the analyst and the envoy alone."""
    for slug, low, high in (("gov", 0, 30), ("opp", 60, 100), ("rus", 10, 50)):
        yield Assessment(
            party=slug,
            issue="who-watches",
            point=Estimate(low=Fraction(low), high=Fraction(high)),
            salience=Estimate(low=Fraction(1, 2), high=Fraction(1, 2)),
            capability=Estimate(low=Fraction(5), high=Fraction(5)),
            compartment="team",
        )


def the_talks() -> TalksFile:
    """Return the talks file of the two-world tests."""
    actors = tuple(
        Actor(slug=slug, kind=ActorKind.STATE, names=(Name(text=f"The {slug}"),)) for slug in (*SEATS, *GROUPS)
    )
    seats = tuple(
        SeatPlan(slug=slug, actor=slug, roles=roles, kept_by="sec" if slug == "pap" else None)
        for slug, roles in ROLES.items()
    )
    issue = AgendaIssue(
        slug="who-watches",
        question=(Name(text="Who watches?"),),
        options=(Option(slug="guarantors"), Option(slug="committee")),
    )
    return TalksFile(
        slug="two-worlds",
        title="Two worlds",
        actors=actors,
        seats=seats,
        compartments=(Compartment(slug="team", seats=("ana", "un")),),
        agenda=(Basket(title="First", issues=(issue,)),),
        areas=(Area(slug="hama", names=(Name(text="Hama"),)),),
        rounds=(Round(slug="first", title="First round"),),
        assessments=tuple(_assessed()),
        scales=(Scale(issue="who-watches", places=PLACES, low=Fraction(0), high=Fraction(100), compartment="team"),),
        ledgers=(Ledger(slug="rus-ledger", keeper="rus"), Ledger(slug="tur-ledger", keeper="tur")),
    )
