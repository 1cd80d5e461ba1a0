"""An experiment: a subject, what is assumed, the cells that are compared, and how many runs each has.

The same draws serve every cell, so that runs can be compared in pairs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

import goodoffices
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.rehearsal.batches.assumptions import Assumptions
from goodoffices.rehearsal.batches.behaviours import behaviour, described
from goodoffices.rehearsal.batches.outcomes import row_type
from goodoffices.rehearsal.batches.subject import Subject
from goodoffices.rehearsal.draws import key_of
from goodoffices.rehearsal.graph import Channel, Filter, Intermediary, format_named, is_mediated, routes_of
from goodoffices.rehearsal.mediators import mediator_named
from goodoffices.rehearsal.preferences import Tables
from goodoffices.rehearsal.setting import ProtocolName, protocol_named
from goodoffices.talks.base.enums import Format

DEFAULT_STRATEGY = "linear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One combination of format and protocol, with a mediator where the protocol needs one.

    ``strategies`` names those of the parties at the table, where they differ from what is assumed.
    """

    format: Format
    protocol: ProtocolName = ProtocolName.ALTERNATING
    mediator: str = ""
    strategies: tuple[str, ...] = ()

    @classmethod
    def named(cls, form: str, protocol: str = "alternating", mediator: str = "") -> Cell:
        """Return a cell by the names of its parts, or raise `UnknownWordError`."""
        return cls(format=format_named(form), protocol=protocol_named(protocol), mediator=mediator)

    @property
    def name(self) -> str:
        """The cell in words."""
        parts = [self.format.value]
        if self.protocol is not ProtocolName.ALTERNATING:
            parts.append(self.protocol.value)
        if self.mediator:
            parts.append(self.mediator)
        return " ".join([*parts, *self.strategies])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Experiment:
    """What is run.

    Raises
    ------
    ScenarioError
        If a cell could not be played: an unknown name, an intermediary that is missing, no runs.
    """

    subject: Subject
    assumptions: Assumptions = field(default_factory=Assumptions)
    cells: tuple[Cell, ...]
    runs: int = 10_000
    seed: int = 1

    def __post_init__(self) -> None:
        if self.runs < 1:
            raise ScenarioError(f"{self.runs} runs show nothing; give 1 or more")
        if not self.cells:
            raise ScenarioError("there is nothing to run; name a format")
        if len({cell.name for cell in self.cells}) < len(self.cells):
            raise ScenarioError("two cells are the same; name each combination once")
        self._check_parties()
        if self.assumptions.filter is Filter.INTERESTED and all(one.party is None for one in self.subject.carriers):
            raise ScenarioError(
                "nobody who could carry messages has worths of its own, so none can be interested; take the filter "
                "softening, or none"
            )
        for cell in self.cells:
            self._check_cell(cell)

    def _check_parties(self) -> None:
        """Refuse a party that an assumption or a strategy names and the scenario does not have."""
        named = [one.party for one in self.assumptions.numbers if one.party]
        named += [party for one in self.assumptions.spoilers for party, _ in one.reservation]
        named += [one.name for one in self.assumptions.ratifiers if one.probability is None]
        for name in (*named, *filter(None, self.assumptions.strategies)):
            self.subject.number(name)

    def _check_cell(self, cell: Cell) -> None:
        """Refuse unknown names, and a format whose parties have nobody to carry their messages."""
        for place in range(len(self.subject.at_table)):
            behaviour(self.strategy(cell, place))
        if cell.mediator:
            mediator_named(cell.mediator)
        if is_mediated(cell.format) and cell.protocol is not ProtocolName.SINGLE_TEXT:
            routes_of(cell.format, self.subject.parties, self.carriers(Channel()))

    def strategy(self, cell: Cell, party: int) -> str:
        """Return the strategy of a party at the table, by its place there."""
        if cell.strategies:
            return cell.strategies[party]
        number = self.subject.at_table[party]
        for name, strategy in self.assumptions.strategies.items():
            if name and self.subject.number(name) == number:
                return strategy
        default = "hill-climb" if cell.protocol is ProtocolName.SINGLE_TEXT else DEFAULT_STRATEGY
        return self.assumptions.strategies.get("", default)

    def carriers(self, channel: Channel, interests: Mapping[int, Tables] | None = None) -> tuple[Intermediary, ...]:
        """Return those who carry messages, each with the channel given, accepted by parties at the table.

        ``interests``: by number in the bargain what those want that were assessed themselves.
        """
        places = {number: place for place, number in enumerate(self.subject.at_table)}
        return tuple(
            Intermediary(
                name=one.name,
                accepted_by=frozenset(places[party] for party in one.accepted_by if party in places),
                channel=channel,
                interest=None if one.party is None or interests is None else interests.get(one.party),
            )
            for one in self.subject.carriers
        )

    @property
    def row_type(self) -> np.dtype[Any]:
        """The type of one row of results."""
        return row_type(len(self.subject.at_table), len(self.subject.bargain.issues))

    @property
    def key(self) -> tuple[int, int]:
        """The key of the seed."""
        return key_of(self.seed)

    def description(self) -> dict[str, Any]:
        """Return all that the results depend on, but for the code, as plain values."""
        subject, assumed = self.subject, self.assumptions
        return {
            "title": subject.title,
            "bargain": _bargain_values(subject),
            "at_table": list(subject.at_table),
            "carriers": [[one.slug, one.name, sorted(one.accepted_by)] for one in subject.carriers],
            "discounts": [list(one) for one in subject.discounts],
            "notes": [*subject.notes, *assumed.notes],
            "may_see": list(subject.may_see),
            "numbers": [
                [one.quantity, one.party, one.low, one.mode, one.high, one.origin] for one in assumed.numbers
            ],
            "rules": [assumed.form.value, assumed.filter.value, assumed.is_nearby, assumed.closing.value],
            "n_turns": assumed.n_turns,
            "presence": repr((assumed.walkout.value, assumed.spoilers, assumed.ratifiers)),
            "cells": [
                [cell.name, *(described(self.strategy(cell, party)) for party in range(len(subject.at_table)))]
                for cell in self.cells
            ],
            "runs": self.runs,
            "seed": self.seed,
        }  # fmt: skip

    def digest(self) -> str:
        """Return the SHA-256 of the description and of the code that runs it."""
        text = json.dumps({**self.description(), "code": code_digest()}, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _bargain_values(subject: Subject) -> Mapping[str, Any]:
    bargain = subject.bargain
    return {
        "parties": list(bargain.parties),
        "issues": [[issue.name, *issue.options] for issue in bargain.issues],
        "worth": [[[str(worth) for worth in row] for row in table] for table in bargain.worth],
        "reservation_value": [str(value) for value in bargain.reservation_value],
        "red_lines": [sorted(map(list, lines)) for lines in bargain.red_lines],
        "links": repr((bargain.interactions, bargain.constraints, bargain.cap)),
        "beliefs": repr(subject.beliefs),
    }


@lru_cache(maxsize=1)
def code_digest() -> str:
    """Return the SHA-256 of the version and of this room's source: other code gives other results."""
    room = Path(__file__).parents[1]
    whole = hashlib.sha256(goodoffices.__version__.encode())
    for path in sorted(room.rglob("*.py")):
        whole.update(path.relative_to(room).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()
