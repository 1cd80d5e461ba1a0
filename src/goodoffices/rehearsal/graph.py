"""Who may address whom: a format as a graph over seats, with a channel at each intermediary.

In plenary and direct talks the parties hear each other at once. In proximity and shuttle talks every message goes
through intermediaries whom the parties accept. Two intermediaries, each accepted by one side, are joined only if that
is stated.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.names import nearest_word
from goodoffices.rehearsal.preferences import Tables
from goodoffices.talks.base.enums import Format

Routes = tuple[tuple[tuple[int, ...] | None, ...], ...]
"""For each sender and recipient the intermediaries on the way; ``None`` if there is no way."""


class Form(StrEnum):
    """How an intermediary passes a proposal on."""

    VERBATIM = "verbatim"
    """Word for word, with its source."""
    PARAPHRASE = "paraphrase"
    """In other words, with its source; it may be distorted."""
    OWN_IDEA = "own-idea"
    """As an idea of the intermediary's: the source is hidden; it may be distorted."""


class Filter(StrEnum):
    """What an intermediary keeps to itself."""

    NONE = "none"
    INTERESTED = "interested"
    """What is worth less than a threshold to the intermediary or its client."""
    SOFTENING = "softening"
    """What asks more of the recipient, as the intermediary estimates it, than the last proposal it told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What an intermediary does to the messages that pass through it.

    Parameters
    ----------
    delay
        Turns on the way.
    relays_per_turn
        How many messages, each to one recipient, it carries in a turn; the others wait in line. ``None``: any number.
    loss
        The probability that a message is never told.
    form, distortion, is_nearby
        The form of a relay; the probability per issue that another option is heard; whether only options beside it in
        file order are confused with it.
    read_back
        The probability that a distorted issue is caught by reading back, at the price of the delay once more.
    filter, threshold
        What is withheld; for an interested intermediary the share of its range below which it withholds.
    travel
        In shuttle talks, the turns between two places.
    """

    delay: int = 0
    relays_per_turn: int | None = None
    loss: float = 0.0
    form: Form = Form.VERBATIM
    distortion: float = 0.0
    is_nearby: bool = False
    read_back: float = 0.0
    filter: Filter = Filter.NONE
    threshold: float = 0.0
    travel: int = 0

    def __post_init__(self) -> None:
        for name in ("loss", "distortion", "read_back", "threshold"):
            value = getattr(self, name)
            if not 0.0 <= value <= 1.0:
                raise ScenarioError(f"the {name.replace('_', '-')} of a channel is {value:g}; give a share from 0 to 1")
        if self.delay < 0 or self.travel < 0:
            raise ScenarioError("the delay and the travel of a channel are counted in turns; give 0 or more")
        if self.relays_per_turn is not None and self.relays_per_turn < 1:
            raise ScenarioError(
                f"an intermediary that carries {self.relays_per_turn} messages a turn carries nothing; give 1 or more"
            )

    @property
    def is_free(self) -> bool:
        """Whether every message passes at once, whole and under its name."""
        return self == Channel()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Intermediary:
    """Somebody who carries messages: for whom, how, and joined to which other intermediaries.

    ``interest`` is what it wants itself, per issue and option; it is used only by an interested filter.
    """

    name: str
    accepted_by: frozenset[int]
    channel: Channel = Channel()
    joined_to: frozenset[int] = frozenset()
    interest: Tables | None = None


def format_named(name: str) -> Format:
    """Return a format by its name.

    Raises
    ------
    UnknownWordError
        If there is no such format.
    """
    known = tuple(one.value for one in Format)
    if name not in known:
        raise UnknownWordError("format", name, known, nearest=nearest_word(name, known))
    return Format(name)


def is_mediated(form: Format) -> bool:
    """Return whether the parties speak only through intermediaries."""
    return form in (Format.PROXIMITY, Format.SHUTTLE)


def routes_of(form: Format, parties: Sequence[str], intermediaries: Sequence[Intermediary]) -> Routes:
    """Return the shortest way of each message; of equally short ways the one whose intermediaries come first.

    Raises
    ------
    ScenarioError
        If a party can reach another through nobody.
    """
    n = len(parties)
    rows: list[tuple[tuple[int, ...] | None, ...]] = []
    for sender in range(n):
        row: list[tuple[int, ...] | None] = []
        for recipient in range(n):
            way: tuple[int, ...] | None = ()
            if sender != recipient and is_mediated(form):
                way = _way(sender, recipient, intermediaries)
                if way is None:
                    raise ScenarioError(_no_way(form, parties, (sender, recipient), intermediaries))
            row.append(way)
        rows.append(tuple(row))
    return tuple(rows)


def _way(sender: int, recipient: int, intermediaries: Sequence[Intermediary]) -> tuple[int, ...] | None:
    ways = [(at,) for at, one in enumerate(intermediaries) if sender in one.accepted_by]
    seen: set[int] = set()
    while ways:
        longer: list[tuple[int, ...]] = []
        for way in ways:
            last = intermediaries[way[-1]]
            if recipient in last.accepted_by:
                return way
            seen.add(way[-1])
            longer += [(*way, other) for other in sorted(last.joined_to) if other not in seen]
        ways = longer  # type: ignore[assignment]
    return None


def _no_way(form: Format, parties: Sequence[str], pair: tuple[int, int], intermediaries: Sequence[Intermediary]) -> str:
    accepted = []
    for party in pair:
        names = [one.name for one in intermediaries if party in one.accepted_by]
        accepted.append(f"{parties[party]} accepts {', '.join(names) or 'nobody'}")
    return (
        f"in {form.value} talks {parties[pair[0]]} and {parties[pair[1]]} need an intermediary whom both accept, or "
        f"two that are joined: {'; '.join(accepted)}"
    )
