"""The part of a talks file about who holds which step on the way of an allegation."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from goodoffices.formats.talks_file.field_types import EachOnce, FileModel, Label, LedgerRef, SeatRef
from goodoffices.talks.model.ceasefire import STEPS, Mechanism

Seats = Annotated[tuple[SeatRef, ...], EachOnce]


class MechanismModel(FileModel):
    """Who holds which step of an allegation; a step that is left out is open to every seat with the power for it."""

    title: Label = Field(description="What it is called.", examples=["Joint monitoring"])
    ledgers: Annotated[tuple[LedgerRef, ...], EachOnce] = Field(
        (), description="The ledgers it takes allegations from; left out: all.", examples=[["ledger-russia"]]
    )
    first_look: Seats = Field((), description="Who takes the first look.", examples=[["un-envoy"]])
    verification: Seats = Field((), description="Who verifies.", examples=[["monitors"]])
    legal_check: Seats = Field((), description="Who checks the terms and proposes a finding.", examples=[["analyst"]])
    committee: Seats = Field((), description="Who adopts findings, by the rule.", examples=[["russia", "turkey"]])
    asking: Seats = Field((), description="Who asks the party what it did.", examples=[["un-envoy"]])
    rule: Literal["all", "majority"] = Field(
        "all", description="Of how many seats of the committee a decision needs the agreement.", examples=["majority"]
    )

    def entity(self, slug: str) -> Mechanism:
        """Return the plain mechanism."""
        named = (self.first_look, self.verification, self.legal_check, self.committee, self.asking)
        holders = tuple((step, seat) for step, seats in zip(STEPS, named, strict=True) for seat in seats)
        return Mechanism(slug=slug, title=self.title, ledgers=self.ledgers, holders=holders, rule=self.rule)
