"""The cast of the two-world tests: ten seats of every sort, two groups that can merge, an agenda, two ledgers."""

from __future__ import annotations

from datetime import UTC, datetime

from goodoffices.talks.entities import Actor, Compartment, Name, SeatPlan
from goodoffices.talks.plans import AgendaIssue, Area, Basket, Ledger, Option, Round
from goodoffices.talks.talks_file import TalksFile
from goodoffices.talks.vocabulary import ActorKind, Role

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
        ledgers=(Ledger(slug="rus-ledger", keeper="rus"), Ledger(slug="tur-ledger", keeper="tur")),
    )
