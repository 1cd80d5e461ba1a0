"""What is assumed of the talks besides the parties' worths: frictions, patience, who would sit with whom.

Every number is a value or a range, with its origin. A number that nobody states has its neutral value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, UnknownWordError, quoted
from goodoffices.names import nearest_word
from goodoffices.rehearsal.graph import Filter, Form
from goodoffices.rehearsal.presence import Walkout
from goodoffices.rehearsal.setting import Closing
from goodoffices.settlement.uncertainty.beliefs import Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number that may be assumed: its limits, its neutral value, whether it is whole, and what it is in words."""

    low: float
    high: float
    neutral: float
    words: str
    is_whole: bool = False


QUANTITIES: dict[str, Quantity] = {
    "devaluation": Quantity(
        low=0.0, high=0.99, neutral=0.0, words="share of its range by which a side rates the other's proposal lower"
    ),
    "will-sit": Quantity(low=0.0, high=1.0, neutral=1.0, words="probability that a side sits down with the other"),
    "delay": Quantity(low=0, high=1000, neutral=0, words="turns that a message takes", is_whole=True),
    "travel": Quantity(low=0, high=1000, neutral=0, words="turns of a shuttle between two places", is_whole=True),
    "loss": Quantity(low=0.0, high=1.0, neutral=0.0, words="probability that a message is never told"),
    "distortion": Quantity(
        low=0.0, high=1.0, neutral=0.0, words="probability per issue that another option is heard"
    ),
    "read-back": Quantity(
        low=0.0, high=1.0, neutral=0.0, words="probability that a distortion is caught by reading back"
    ),
    "relays-per-turn": Quantity(
        low=0, high=1000, neutral=0, words="messages an intermediary carries in a turn; 0 is any number", is_whole=True
    ),
    "threshold": Quantity(
        low=0.0, high=1.0, neutral=0.0,
        words="share of its own range below which an interested intermediary withholds a proposal",
    ),
    "patience": Quantity(
        low=0.01, high=100.0, neutral=1.0, words="exponent beta of the parties' concession: below 1 they hold out"
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """One number: a value if ``low`` is ``high``, else a range, with its origin. ``party``: only of this party."""

    quantity: str
    low: float
    high: float
    mode: float | None = None
    party: str = ""
    origin: str = ""

    def __post_init__(self) -> None:
        if self.quantity not in QUANTITIES:
            names = tuple(QUANTITIES)
            raise UnknownWordError("assumption", self.quantity, names, nearest=nearest_word(self.quantity, names))
        known = QUANTITIES[self.quantity]
        middle = self.low if self.mode is None else self.mode
        if not (np.isfinite(self.low) and np.isfinite(self.high)) or not self.low <= middle <= self.high:
            raise ScenarioError(
                f"{self.name} runs from {self.low:g} to {self.high:g}; give finite numbers, the lower first, and the "
                "likeliest between them"
            )
        if self.low < known.low or self.high > known.high:
            raise ScenarioError(
                f"{self.name} runs from {self.low:g} to {self.high:g}; give numbers from {known.low:g} to "
                f"{known.high:g}"
            )

    @property
    def name(self) -> str:
        """The quantity, with the party if it is only of one."""
        return f"{self.quantity} of {self.party}" if self.party else self.quantity

    @property
    def is_range(self) -> bool:
        """Whether it is drawn anew for each run."""
        return self.low < self.high

    def draw(self, rng: np.random.Generator, n: int) -> NDArray[np.float64]:
        """Return ``n`` draws; of a whole number each from low to high is possible."""
        drawn = Range(low=self.low, high=self.high, mode=self.mode).draw(rng, n)
        return np.floor(drawn + 0.5) if QUANTITIES[self.quantity].is_whole else drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedSpoiler:
    """Somebody who disturbs the talks once, with parties by name; see `presence.Spoiler`."""

    name: str
    turn: int | None = None
    probability: float = 0.0
    acceptances: int | None = None
    reservation: tuple[tuple[str, float], ...] = ()
    lost_turns: int = 0
    silenced_turns: int = 0
    devaluation: float = 0.0

    def __post_init__(self) -> None:
        if self.turn is None and self.acceptances is None and not self.probability:
            raise ScenarioError(f"{self.name} never strikes; say in which turn, with which probability, or how near")
        if not 0.0 <= self.probability <= 1.0:
            raise ScenarioError(f"the probability of {self.name} is {self.probability:g}; give a share from 0 to 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedRatifier:
    """Somebody who approves after an agreement: with a probability, or a party assessed, by its own worths."""

    name: str
    probability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """All that is assumed besides the worths.

    Parameters
    ----------
    numbers
        What is stated; the rest is neutral.
    form, filter, is_nearby, closing
        How intermediaries pass proposals on, what they withhold, how options are confused, and whether the accepted
        copies are compared.
    strategies
        By party, or under the empty name for all others.
    n_turns
        Turns allowed.
    walkout, spoilers, ratifiers
        Whether and how parties may leave, who disturbs the talks, and who has the last word.
    parties, intermediaries
        Who sits at the table, and who carries messages; empty for all that the scenario has.
    notes
        What stands above every answer, such as that the numbers are invented.
    """

    numbers: tuple[Assumed, ...] = ()
    form: Form = Form.VERBATIM
    filter: Filter = Filter.NONE
    is_nearby: bool = False
    closing: Closing = Closing.EXACT
    strategies: Mapping[str, str] = field(default_factory=dict)
    n_turns: int = 100
    walkout: Walkout = Walkout.FORBIDDEN
    spoilers: tuple[AssumedSpoiler, ...] = ()
    ratifiers: tuple[AssumedRatifier, ...] = ()
    parties: tuple[str, ...] = ()
    intermediaries: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = [one.name for one in self.numbers]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ScenarioError(f"{twice} is assumed twice; state it once")
        if self.n_turns < 1:
            raise ScenarioError(f"{self.n_turns} turns leave no time to talk; give 1 or more")

    def stated(self, quantity: str, party: str = "") -> Assumed:
        """Return what is assumed of a quantity: for the party, or else for all, or else its neutral value."""
        for wanted in (party, ""):
            for one in self.numbers:
                if (one.quantity, one.party) == (quantity, wanted):
                    return one
        neutral = QUANTITIES[quantity].neutral
        return Assumed(quantity=quantity, low=neutral, high=neutral)

    def varied(self, more: Iterable[Assumed]) -> Assumptions:
        """Return the same with other numbers in place of those of the same names."""
        new = tuple(more)
        kept = tuple(one for one in self.numbers if one.name not in {other.name for other in new})
        return replace(self, numbers=(*kept, *new))

    @property
    def is_undisturbed(self) -> bool:
        """Whether nobody may leave or disturb the talks."""
        return self.walkout is Walkout.FORBIDDEN and not self.spoilers

    @property
    def is_simple(self) -> bool:
        """Whether nobody may leave, disturb or ratify."""
        return self.is_undisturbed and not self.ratifiers

    @property
    def helps_intermediaries(self) -> bool:
        """Whether anything is assumed by which going through intermediaries can be better than direct contact."""
        devalued = any(one.quantity == "devaluation" and one.high > 0.0 for one in self.numbers)
        refusing = any(one.quantity == "will-sit" and one.low < 1.0 for one in self.numbers)
        return refusing or self.filter is Filter.SOFTENING or (devalued and self.form is Form.OWN_IDEA)


def assumed_from(text: str, origin: str = "the command line") -> Assumed:
    """Return what ``NAME=LOW:HIGH``, ``NAME=VALUE`` or ``NAME=LOW:MODE:HIGH`` states.

    Raises
    ------
    ScenarioError, UnknownWordError
        If it is not written so, or there is no such quantity.
    """
    name, equals, numbers = text.partition("=")
    try:
        values = [float(part) for part in numbers.split(":")]
    except ValueError:
        values = []
    if not equals or not 1 <= len(values) <= 3:
        if name.strip().partition(" of ")[0] in QUANTITIES:
            raise ScenarioError(
                f"{quoted(text)} has no number that can be read; write for example {name.strip()}=0.2:0.5"
            )
        raise ScenarioError(f"{quoted(text)} is not an assumption; write for example devaluation=0:0.2 or delay=3")
    quantity, _, party = name.strip().partition(" of ")
    mode = values[1] if len(values) == 3 else None
    return Assumed(quantity=quantity, low=values[0], high=values[-1], mode=mode, party=party.strip(), origin=origin)


def form_named(name: str) -> Form:
    """Return the form of a relay by its name, or raise `UnknownWordError`."""
    known = tuple(one.value for one in Form)
    if name not in known:
        raise UnknownWordError("form", name, known, nearest=nearest_word(name, known))
    return Form(name)
