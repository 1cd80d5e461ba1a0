"""The bargain: issues with options, what each option is worth to each party, and what makes a settlement possible.

It consists of names, tuples and numbers. Issues, options and parties are numbered from 0 in the order given.
A *settlement* is one option index for each issue.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from goodoffices.bargain_tables import (
    PART,
    BargainTables,
    Number,
    check_bargain,
    check_once,
    check_types,
    option_numbers,
    sum_exactly,
    tables_from_arrays,
    tables_from_names,
)
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.text_tables import counted, html_table


@dataclass(frozen=True, slots=True, kw_only=True)
class BargainIssue:
    """One question to settle, and the options on the table. A single option is allowed."""

    name: str
    options: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.options:
            raise ScenarioError(f"issue {self.name!r} has no option; give at least one, or leave the issue out")
        check_once(self.options, f"issue {self.name!r} lists option")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A set of settlements: one of the named options on each named issue, and any option on the other issues.

    ``where`` has pairs (issue, options), in ascending order of issues. Without pairs the box has all settlements.
    """

    where: tuple[tuple[int, tuple[int, ...]], ...]

    def __post_init__(self) -> None:
        if any(first >= second for (first, _), (second, _) in pairwise(self.where)):
            raise ScenarioError(
                "the issues of a box are repeated or not in ascending order; name each once, in ascending order"
            )

    def holds(self, settlement: tuple[int, ...]) -> bool:
        """Return whether ``settlement`` is inside the box."""
        return all(settlement[issue] in options for issue, options in self.where)

    @property
    def scope(self) -> tuple[int, ...]:
        """The issues named."""
        return tuple(issue for issue, _ in self.where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """Worth that every settlement inside a box adds for each party (hyper-rectangle, synergy, package)."""

    box: Box
    worth: tuple[Number, ...]
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """Settlements that are not allowed: all those inside ``forbidden``, for the reason in ``name``."""

    forbidden: Box
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One test on the set of accepting parties: their weights must add up to at least ``at_least``."""

    weights: tuple[Number, ...]
    at_least: Number
    name: str

    def holds(self, accepting: frozenset[int]) -> bool:
        """Return whether the parties in ``accepting`` meet it."""
        return sum((Fraction(self.weights[party]) for party in accepting), Fraction(0)) >= Fraction(self.at_least)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How agreement is reached: every requirement must hold. Weights are not negative, so more consent never harms."""

    name: str
    requirements: tuple[Requirement, ...]

    def holds(self, accepting: frozenset[int]) -> bool:
        """Return whether consent of the parties in ``accepting`` is enough."""
        return all(requirement.holds(accepting) for requirement in self.requirements)

    @classmethod
    def unanimity(cls, n_parties: int) -> Rule:
        """Return the rule that every party must accept."""
        whole = Requirement(weights=(1,) * n_parties, at_least=n_parties, name="every party accepts")
        return cls(name="unanimity", requirements=(whole,))

    @classmethod
    def signatories(cls, n_parties: int, required: tuple[int, ...], quota: int = 0) -> Rule:
        """Return the rule that all of ``required`` accept, and at least ``quota`` of the others."""
        needed = tuple(int(party in required) for party in range(n_parties))
        others = tuple(1 - weight for weight in needed)
        return cls(
            name=f"{len(required)} required signatories and {quota} of the others",
            requirements=(
                Requirement(weights=needed, at_least=len(required), name="every required signatory accepts"),
                Requirement(weights=others, at_least=quota, name=f"{quota} of the other parties accept"),
            ),
        )

    @classmethod
    def weighted_majority(cls, weights: tuple[Number, ...], at_least: Number) -> Rule:
        """Return the rule that the weights of the accepting parties reach ``at_least``."""
        whole = Requirement(weights=weights, at_least=at_least, name=f"accepting weights reach {at_least}")
        return cls(name="weighted majority", requirements=(whole,))

    @classmethod
    def sufficient_consensus(cls, n_parties: int, blocs: tuple[tuple[int, ...], ...], share: Number) -> Rule:
        """Return the rule that in every bloc more than ``share`` of the members accept (half: a majority of each).

        References
        ----------
        The Northern Ireland talks of 1996-98 took decisions by majorities within both traditions (rules of procedure,
        29 July 1996, paragraph 34).
        """
        requirements = []
        for number, bloc in enumerate(blocs, start=1):
            weights = tuple(int(party in bloc) for party in range(n_parties))
            least = math.floor(Fraction(share) * len(bloc)) + 1
            requirements.append(
                Requirement(weights=weights, at_least=min(least, len(bloc)), name=f"{least} of bloc {number} accept")
            )
        return cls(name="sufficient consensus", requirements=tuple(requirements))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Bargain:
    """What the parties bargain over, in numbers.

    Parameters
    ----------
    issues
        Names and options.
    parties
        Names, one per party.
    worth
        ``worth[issue][option][party]``, in the party's own points. Whole numbers, fractions or floats. A float means
        its exact binary value.
    reservation_value
        For each party, the worth of having no agreement.
    rule
        How agreement is reached; unanimity if not given.
    cap
        For each party, an upper limit on the worth of a settlement, or ``None``.
    strict
        For each party, whether a settlement must be worth *more* than no agreement, and not only as much.
    red_lines
        For each party, the pairs (issue, option) that it never accepts.
    interactions, constraints
        Worth added, or settlements forbidden, by combinations of options.
    assumptions
        What was assumed when the numbers were read. Every result repeats it.
    left_out
        What of the files this bargain does not contain, such as a party whose worth could not be read. Every result
        begins with it, and none is called proven for the whole.
    """

    issues: tuple[BargainIssue, ...]
    parties: tuple[str, ...]
    worth: tuple[tuple[tuple[Number, ...], ...], ...]
    reservation_value: tuple[Number, ...] = ()
    rule: Rule | None = None
    cap: tuple[Number | None, ...] = ()
    strict: tuple[bool, ...] = ()
    red_lines: tuple[frozenset[tuple[int, int]], ...] = ()
    interactions: tuple[Interaction, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    assumptions: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_types(self.issues, self.worth)
        if not self.parties:
            raise ScenarioError("the bargain has no party; give at least one")
        check_once(self.parties, "the bargain lists the party")
        check_once([issue.name for issue in self.issues], "the bargain lists the issue")
        n = len(self.parties)
        fill = object.__setattr__
        fill(self, "reservation_value", self.reservation_value or (0,) * n)
        fill(self, "rule", self.rule or Rule.unanimity(n))
        fill(self, "cap", self.cap or (None,) * n)
        fill(self, "strict", self.strict or (False,) * n)
        fill(self, "red_lines", self.red_lines or (frozenset(),) * n)
        check_bargain(self)

    @classmethod
    def from_names(
        cls,
        worth: Mapping[str, Mapping[str, Mapping[str, Number]]],
        *,
        reservation_value: Mapping[str, Number] | None = None,
        red_lines: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    ) -> Bargain:
        """Build a bargain from names, so that no table can be turned the wrong way.

        Parameters
        ----------
        worth
            ``worth[party][issue][option]``, in each party's own points; every party states every option.
        reservation_value
            By party, what no agreement is worth; 0 for those left out.
        red_lines
            ``red_lines[party][issue]``: the options that a party never accepts.

        Raises
        ------
        ScenarioError
            If a party, issue or option is missing or not known; it is named.

        Examples
        --------
        >>> Bargain.from_names({"North": {"well": {"ours": 4, "both": 2}}, "South": {"well": {"ours": 0, "both": 3}}})
        <Bargain: 2 parties, 1 issue, 2 settlements>
        """
        return cls._of(tables_from_names(worth, reservation_value or {}, red_lines or {}))

    @classmethod
    def from_arrays(
        cls,
        parties: Sequence[str],
        issues: Mapping[str, Sequence[str]],
        worth: Sequence[Sequence[Sequence[Number]]],
        *,
        reservation_value: Sequence[Number] = (),
    ) -> Bargain:
        """Build a bargain from arrays or nested lists.

        Parameters
        ----------
        parties
            n names.
        issues
            The options of each issue, by its name.
        worth
            For each party one list per issue with one number per option. Where these sizes are equal, a table turned
            the wrong way cannot be found; then `from_names` is safer.
        reservation_value
            (n,); 0 for all if not given.

        Raises
        ------
        ScenarioError
            If a size does not fit; it says which.
        """
        return cls._of(tables_from_arrays(parties, issues, worth, reservation_value))

    @classmethod
    def _of(cls, tables: BargainTables) -> Bargain:
        issues = tuple(BargainIssue(name=name, options=options) for name, options in tables.issues.items())
        return cls(
            issues=issues, parties=tables.parties, worth=tables.worth, reservation_value=tables.reservation_value,
            red_lines=tables.red_lines,
        )  # fmt: skip

    def __repr__(self) -> str:
        parties = counted(len(self.parties), "party", "parties")
        issues, settlements = counted(len(self.issues), "issue"), counted(self.settlements, "settlement")
        return f"<Bargain: {parties}, {issues}, {settlements}>"

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one row per issue and option, with the worth to each party; ready for a data frame."""
        return [
            {"issue": issue.name, "option": option, **dict(zip(self.parties, row, strict=True))}
            for issue, table in zip(self.issues, self.worth, strict=True)
            for option, row in zip(issue.options, table, strict=True)
        ]

    def _repr_html_(self) -> str:
        return html_table(self.to_rows())

    def settlement(self, chosen: Mapping[str, str] | Sequence[int]) -> tuple[int, ...]:
        """Return a settlement as option numbers, from names by issue or from numbers; raises `ScenarioError`."""
        return option_numbers({issue.name: issue.options for issue in self.issues}, chosen)

    @property
    def settlements(self) -> int:
        """The number of settlements, possible or not."""
        return math.prod(len(issue.options) for issue in self.issues)

    @property
    def decided_by(self) -> Rule:
        """The rule. It is never ``None``."""
        assert self.rule is not None
        return self.rule

    def worth_of(self, settlement: tuple[int, ...]) -> tuple[Fraction, ...]:
        """Return the exact worth of ``settlement`` to each party, with interactions and caps."""
        settlement = self._checked(settlement)
        parts = [self.worth[issue][option] for issue, option in enumerate(settlement)]
        parts += [link.worth for link in self.interactions if link.box.holds(settlement)]
        totals = [sum_exactly(column) for column in zip(*parts, strict=True)]
        return tuple(
            total if cap is None else min(total, Fraction(cap)) for total, cap in zip(totals, self.cap, strict=True)
        )

    def accepting(self, settlement: tuple[int, ...]) -> frozenset[int]:
        """Return the parties that can accept ``settlement``: it is worth enough and crosses no red line of theirs."""
        settlement = self._checked(settlement)
        chosen = set(enumerate(settlement))
        accepting = set()
        for party, worth in enumerate(self.worth_of(settlement)):
            least = Fraction(self.reservation_value[party])
            enough = worth > least if self.strict[party] else worth >= least
            if enough and not chosen & self.red_lines[party]:
                accepting.add(party)
        return frozenset(accepting)

    def is_possible(self, settlement: tuple[int, ...]) -> bool:
        """Return whether ``settlement`` breaks no constraint and is accepted by enough parties under the rule."""
        settlement = self._checked(settlement)
        if any(constraint.forbidden.holds(settlement) for constraint in self.constraints):
            return False
        return self.decided_by.holds(self.accepting(settlement))

    def _checked(self, settlement: tuple[int, ...]) -> tuple[int, ...]:
        """Return ``settlement`` as option numbers. Those of the solvers are plain numbers already, and are many."""
        if type(settlement) is tuple and len(settlement) == len(self.issues):
            sizes = (len(issue.options) for issue in self.issues)
            if all(type(option) is int and 0 <= option < size for option, size in zip(settlement, sizes, strict=True)):
                return settlement
        return self.settlement(settlement)

    def named(self, settlement: tuple[int, ...]) -> dict[str, str]:
        """Return the option names of ``settlement`` by issue name."""
        return {issue.name: issue.options[o] for issue, o in zip(self.issues, self.settlement(settlement), strict=True)}

    @property
    def beginning(self) -> tuple[str, ...]:
        """What stands before every answer on a bargain in part: what is not in it."""
        return (f"Not the whole scenario. Left out: {' '.join(self.left_out)}",) if self.left_out else ()

    def certainty(self, status: str) -> str:
        """Return how far an answer is certain; of a bargain in part, nothing is proven for the whole."""
        return f"{status}{PART}" if self.left_out and status != "bounded" else status

    def with_reservation(self, reservation_value: Sequence[Number]) -> Bargain:
        """Return the same bargain with other reservation values, one for each party in the order of the parties."""
        given: Any = reservation_value  # callers need not check types
        if not isinstance(given, Sequence) or isinstance(given, str) or not given:
            raise ScenarioError(f"reservation_value is {given!r}; give one number for each party")
        return replace(self, reservation_value=tuple(given))
