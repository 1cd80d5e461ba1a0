"""How the patience that is drawn for a run enters a negotiator."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.rehearsal.negotiators.composition import Composed
from goodoffices.rehearsal.negotiators.interface import Negotiator
from goodoffices.rehearsal.negotiators.proposal_rules import TimeDependent


def with_patience(negotiator: Negotiator, beta: float) -> Negotiator:
    """Return a negotiator with the exponent drawn, if it is ``linear``: the others have one of their own."""
    if beta == 1.0 or not isinstance(negotiator, Composed) or not isinstance(negotiator.proposing, TimeDependent):
        return negotiator
    clock = negotiator.proposing.clock
    return replace(negotiator, proposing=TimeDependent(replace(clock, beta=beta))) if clock.beta == 1.0 else negotiator
