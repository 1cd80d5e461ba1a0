"""What is rehearsed: the bargain of all parties assessed, who of them sits at the table, and who carries messages."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from goodoffices.bargain import Bargain
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.formats.scenarios.scenario import Timing
from goodoffices.names import comparable, nearest_word
from goodoffices.rehearsal.preferences import Space
from goodoffices.settlement.uncertainty.beliefs import UncertainBargain

WELLS = Bargain.from_names(
    {
        "North": {
            "well": {"north": 8, "both": 5, "south": 0},
            "road": {"free": 1, "toll": 4},
            "seat": {"a": 3, "b": 0},
        },
        "South": {
            "well": {"north": 0, "both": 4, "south": 8},
            "road": {"free": 5, "toll": 0},
            "seat": {"a": 0, "b": 2},
        },
    },
    reservation_value={"North": 6, "South": 5},
)
"""A small invented bargain for examples: a well, a road and a seat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Somebody who could carry messages: by name and slug, accepted by which parties of the bargain.

    ``party`` is its own number in the bargain, if it was assessed itself.
    """

    name: str
    slug: str
    accepted_by: frozenset[int]
    party: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Subject:
    """What is rehearsed.

    Parameters
    ----------
    title
        Of the talks, or the name of the file.
    bargain, beliefs
        All parties assessed; ``beliefs`` where numbers are uncertain.
    slugs
        By which parties may be named besides their names; empty for files.
    at_table
        The numbers of those who negotiate and have to sign.
    carriers
        Who could carry messages.
    notes
        What stands above every answer.
    may_see
        Names of the seats in the compartments of what was used.
    discounts
        Per party the discount, whether it is per turn, and the worth of each turn.
    """

    title: str
    bargain: Bargain
    beliefs: UncertainBargain | None = None
    slugs: tuple[str, ...] = ()
    at_table: tuple[int, ...]
    carriers: tuple[Carrier, ...] = ()
    notes: tuple[str, ...] = ()
    may_see: tuple[str, ...] = ()
    discounts: tuple[tuple[float, bool, float], ...] = ()

    def __post_init__(self) -> None:
        if len(self.at_table) < 2:
            raise ScenarioError(
                f"{self.title} has {len(self.at_table)} party at the table; a rehearsal needs at least two with worths"
            )

    @property
    def parties(self) -> tuple[str, ...]:
        """The names of those at the table."""
        return tuple(self.bargain.parties[party] for party in self.at_table)

    def said(self, quantity: str) -> str:
        """Return the name of an assumed number with its party by name: *patience of the North* for a lasting name."""
        what, of, slug = quantity.partition(" of ")
        names = dict(zip(self.slugs, self.bargain.parties, strict=False))
        return f"{what}{of}{names[slug]}" if slug in names else quantity

    def number(self, name: str) -> int:
        """Return the number of a party of the bargain by its name or slug, or raise `UnknownWordError`."""
        names = {comparable(slug): at for at, slug in enumerate(self.slugs)}
        names |= {comparable(party): at for at, party in enumerate(self.bargain.parties)}
        if comparable(name) not in names:
            known = self.slugs or self.bargain.parties
            raise UnknownWordError("party", name, tuple(known), nearest=nearest_word(name, known))
        return names[comparable(name)]

    def negotiating(self, name: str) -> int:
        """Return the number of a party at the table; as `number`, and a party that is not there is refused too.

        Raises
        ------
        UnknownWordError
            If there is no such party. It names those at the table.
        ScenarioError
            If the party does not negotiate here.
        """
        lasting = self.slugs or self.bargain.parties
        try:
            number = self.number(name)
        except UnknownWordError as error:
            here = tuple(lasting[at] for at in self.at_table)
            raise UnknownWordError("party", name, here, nearest=nearest_word(name, here)) from error
        if number not in self.at_table:
            some, other = " and ".join(self.parties), self.bargain.parties[number]
            raise ScenarioError(f"{other} does not negotiate in this rehearsal; only {some} do")
        return number

    def with_parties(self, names: tuple[str, ...]) -> Subject:
        """Return the subject with other parties at the table, in the order of the bargain."""
        return replace(self, at_table=tuple(sorted({self.number(name) for name in names}))) if names else self

    def with_carriers(self, names: tuple[str, ...]) -> Subject:
        """Return the subject with only some of those who could carry messages, in the order named."""
        if not names:
            return self
        known = {comparable(one.slug): one for one in self.carriers}
        known |= {comparable(one.name): one for one in self.carriers}
        found = []
        for name in names:
            if comparable(name) not in known:
                slugs = tuple(one.slug for one in self.carriers)
                raise UnknownWordError("intermediary", name, slugs, nearest=nearest_word(name, slugs))
            found.append(known[comparable(name)])
        return replace(self, carriers=tuple(found))


def subject_of(bargain: Bargain, *, title: str = "this bargain") -> Subject:
    """Return the subject of a bargain without uncertainty, in which all negotiate.

    A nameless envoy whom all accept carries messages where the format needs one.
    """
    n = len(bargain.parties)
    envoy = Carrier(name="an envoy whom all accept", slug="envoy", accepted_by=frozenset(range(n)))
    return Subject(title=title, bargain=bargain, at_table=tuple(range(n)), carriers=(envoy,), notes=bargain.beginning)


def discounts_of(timing: Timing) -> tuple[tuple[float, bool, float], ...]:
    """Return per party what time does, as a scenario file states it."""
    return tuple(
        (1.0 if one is None else float(one[0]), one is not None and one[1] == "turn", float(added))
        for one, added in zip(timing.discount, timing.worth_per_turn, strict=True)
    )


@lru_cache(maxsize=4)
def space_of(subject: Subject) -> Space:
    """Return the settlements of a subject's bargain. A subject is told apart by its identity, which costs nothing."""
    return Space(
        sizes=tuple(len(issue.options) for issue in subject.bargain.issues),
        forbidden=tuple(limit.forbidden for limit in subject.bargain.constraints),
    )
