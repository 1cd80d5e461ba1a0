"""Strategies by name, also those in files, and how the patience that is drawn for a run enters them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache

from goodoffices.rehearsal.isolation.process import Isolated, isolated_negotiator
from goodoffices.rehearsal.negotiators.catalogue import negotiator_named
from goodoffices.rehearsal.negotiators.composition import Composed
from goodoffices.rehearsal.negotiators.interface import Negotiator
from goodoffices.rehearsal.negotiators.proposal_rules import TimeDependent

FROM_FILE = "file:"
"""How the name of a strategy begins that stands in a file: ``file:my_negotiator.py:Mine``."""


@lru_cache(maxsize=64)
def behaviour(name: str) -> Negotiator:
    """Return the negotiator with a strategy: of the catalogue, or from a file, in a process of its own.

    Raises
    ------
    UnknownWordError, ScenarioError
        If there is no such strategy, or the file cannot be read.
    """
    if name.startswith(FROM_FILE):
        return isolated_negotiator(name.removeprefix(FROM_FILE))
    return negotiator_named(name)


def described(name: str) -> str:
    """Return a strategy with all that its results depend on: of a file also the SHA-256 of its source."""
    negotiator = behaviour(name)
    if isinstance(negotiator, Isolated):
        return f"{name} {hashlib.sha256(negotiator.source.encode()).hexdigest()}"
    return name


def with_patience(negotiator: Negotiator, beta: float) -> Negotiator:
    """Return a negotiator with the exponent drawn, if it is ``linear``: the others have one of their own."""
    if beta == 1.0 or not isinstance(negotiator, Composed) or not isinstance(negotiator.proposing, TimeDependent):
        return negotiator
    clock = negotiator.proposing.clock
    return replace(negotiator, proposing=TimeDependent(replace(clock, beta=beta))) if clock.beta == 1.0 else negotiator
