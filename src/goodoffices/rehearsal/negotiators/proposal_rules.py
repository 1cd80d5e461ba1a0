"""Rules of proposing that follow the time or what the others did. Each gives the party's next proposal and its worth.

References
----------
P. Faratin, C. Sierra & N. R. Jennings (1998). Negotiation decision functions for autonomous agents. Robotics and
Autonomous Systems 24(3-4), 159-182. There the tactics set each issue; ours set the worth of the whole proposal.
D. de Jonge (2022). An analysis of the linear bilateral ANAC domains using the MiCRO benchmark strategy. IJCAI 2022.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from rpds import HashTrieSet

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.draws import Draws
from goodoffices.rehearsal.negotiators.basis import EVEN, Basis, Clock, Following
from goodoffices.rehearsal.negotiators.interface import Heard, Own, Seen
from goodoffices.rehearsal.preferences import Settlement, new_tuple
from goodoffices.rehearsal.worth_order import Valued


class ProposalRule(Protocol):
    """Chooses the next proposal."""

    @property
    def hears(self) -> bool:
        """Whether its memory changes with what is heard."""

    @property
    def needs_deadline(self) -> bool:
        """Whether it works only with a known deadline."""

    @property
    def needs_model(self) -> bool:
        """Whether it uses a model of the others."""

    @property
    def clock(self) -> Clock:
        """How it sees time."""

    def begin(self, basis: Basis) -> Any:
        """Return the memory before the first move."""

    def hear(self, memory: Any, heard: Heard, own: Own) -> Any:
        """Return the memory after a proposal of another."""

    def following(self, memory: Any, basis: Basis, seen: Seen, draws: Draws, model: Any) -> Following[Any]:
        """Return the memory after the proposal that follows, and the proposal; ``None`` if there is none to make.

        ``model`` is what the party's model says of the others, for a rule that ``needs_model``.
        """


def not_below_floor(valued: Valued | None, basis: Basis, floor: float) -> Valued | None:
    """Return a proposal, or the least that is not below the floor, if it is below it."""
    if valued is None or valued.worth >= floor:
        return valued
    return basis.order.at_least(floor)


@dataclass(frozen=True, slots=True)
class TimeDependent:
    """The settlement of least own worth that is at least the aspiration."""

    clock: Clock = EVEN
    hears = False
    needs_deadline = True
    needs_model = False

    def begin(self, basis: Basis) -> None:
        """Remember nothing."""

    def hear(self, memory: None, heard: Heard, own: Own) -> None:
        """Remember nothing."""

    def following(self, memory: None, basis: Basis, seen: Seen, draws: Draws, model: Any) -> Following[None]:
        """Return what the aspiration asks for."""
        levels, turn, floor = basis.levels, seen.turn, seen.reservation_value
        level = levels[turn] if turn < len(levels) else basis.low
        return None, basis.order.at_least(level if level > floor else floor)


@dataclass(frozen=True, slots=True)
class HardLine:
    """Always the party's best settlement."""

    hears = False
    needs_deadline = False
    needs_model = False
    clock: Clock = EVEN

    def begin(self, basis: Basis) -> Valued | None:
        """Return the best settlement."""
        return basis.order.at_least(basis.high)

    def hear(self, memory: Valued | None, heard: Heard, own: Own) -> Valued | None:
        """Remember nothing new."""
        return memory

    def following(
        self, memory: Valued | None, basis: Basis, seen: Seen, draws: Draws, model: Any
    ) -> Following[Valued | None]:
        """Return the best settlement, if it is not below the floor."""
        return memory, memory if memory is not None and memory.worth >= seen.reservation_value else None


class Given(NamedTuple):
    """What the others' last proposals were worth to the party, its own last demand, and how many it has to answer."""

    worths: tuple[float, ...]
    demand: float | None
    counted: int


@dataclass(frozen=True, slots=True)
class TitForTat:
    """Concedes as the other conceded: by the ratio, the difference, or the ratio over a window of its proposals.

    With y the worth of the own last proposal and g_k the own worth of the other's k-th: relative y g_(k-1) / g_k,
    absolute y - (g_k - g_(k-1)), averaged y g_(k-window) / g_k; between the least and the best worth. The settlement is
    the one of least own worth that is at least as much.
    """

    manner: str = "relative"
    window: int = 1
    clock: Clock = EVEN
    hears = True
    needs_deadline = False
    needs_model = False

    def begin(self, basis: Basis) -> Given:
        """Return that nothing was heard."""
        return Given((), None, 0)

    def hear(self, memory: Given, heard: Heard, own: Own) -> Given:
        """Keep the worths of the last proposals."""
        worth = own.preferences.worth_of(heard.settlement)
        return Given((*memory.worths, worth)[-(self.window + 1) :], memory.demand, memory.counted + 1)

    def following(self, memory: Given, basis: Basis, seen: Seen, draws: Draws, model: Any) -> Following[Given]:
        """Return the answer to the latest concession."""
        demand = basis.high if memory.demand is None else memory.demand
        if memory.counted and len(memory.worths) > 1 and memory.demand is not None:
            demand = self._demand(demand, memory.worths[-1], memory.worths[0 if self.manner == "averaged" else -2])
        demand = max(min(max(demand, basis.low), basis.high), seen.reservation_value)
        valued = basis.order.at_least(demand)
        made = demand if valued is None else valued.worth
        return Given(memory.worths, made, 0), valued

    def _demand(self, demand: float, latest: float, earlier: float) -> float:
        if self.manner == "absolute":
            return demand - (latest - earlier)
        return demand * earlier / latest if latest > 0.0 else demand


class Concessions(NamedTuple):
    """How many own settlements were proposed, and which different ones each source has proposed."""

    made: int
    heard: dict[int, HashTrieSet[Settlement]]


@dataclass(frozen=True, slots=True)
class Micro:
    """The next best own settlement as long as no more were proposed than were heard; else an earlier one, by draw.

    Of several others the least generous counts.
    """

    hears = True
    needs_deadline = False
    needs_model = False
    clock: Clock = EVEN

    def begin(self, basis: Basis) -> Concessions:
        """Return that nothing was proposed or heard."""
        return Concessions(0, {})

    def hear(self, memory: Concessions, heard: Heard, own: Own) -> Concessions:
        """Count a settlement that this source had not proposed before."""
        known = memory.heard.get(heard.source)
        if known is None:
            known = HashTrieSet()
        if heard.settlement in known:
            return memory
        return new_tuple(Concessions, (memory.made, {**memory.heard, heard.source: known.insert(heard.settlement)}))

    def following(
        self, memory: Concessions, basis: Basis, seen: Seen, draws: Draws, model: Any
    ) -> Following[Concessions]:
        """Return the next concession, or an earlier proposal."""
        others = [len(known) for known in memory.heard.values()]
        is_complete = len(others) >= len(basis.table.parties) - 1 or -1 in memory.heard
        heard = min(others) if is_complete else 0
        if memory.made <= heard:
            valued = basis.order.nth(memory.made)
            if valued is not None and valued.worth >= seen.reservation_value:
                return new_tuple(Concessions, (memory.made + 1, memory.heard)), valued
        if memory.made == 0:
            return memory, None
        earlier = basis.order.nth(draws.choice(memory.made))
        return memory, not_below_floor(earlier, basis, seen.reservation_value)


@dataclass(frozen=True, slots=True)
class AtRandom:
    """Any settlement, or any that is not below the party's reservation value."""

    is_rational: bool = True
    clock: Clock = EVEN
    hears = False
    needs_deadline = False
    needs_model = False

    def begin(self, basis: Basis) -> None:
        """Remember nothing."""

    def hear(self, memory: None, heard: Heard, own: Own) -> None:
        """Remember nothing."""

    def following(self, memory: None, basis: Basis, seen: Seen, draws: Draws, model: Any) -> Following[None]:
        """Return a settlement by draw; of a hundred tries the first that may be proposed, or else the best."""
        preferences = basis.own.preferences
        sizes = preferences.space.sizes
        for attempt in range(100):
            place = attempt * len(sizes)
            settlement = tuple(draws.choice(size, place + issue) for issue, size in enumerate(sizes))
            worth = preferences.worth_of(settlement)
            is_open = preferences.may_sign(settlement) and preferences.space.holds(settlement)
            if is_open and (worth >= seen.reservation_value or not self.is_rational):
                return None, Valued(settlement, worth)
        best = basis.order.nth(0)
        return None, best if best is not None and best.worth >= seen.reservation_value else None
