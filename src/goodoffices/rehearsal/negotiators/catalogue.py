"""All negotiators by name: a card for each part, and how names are put together.

A name has parts joined by ``+``: a rule of proposing, then, if wanted, a rule of accepting and ``leaves(share)``.
Numbers in brackets set parameters: ``boulware(beta=0.2)+next``, ``trade-off(model=frequency)+combi(0.95)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, UnknownWordError, quoted
from goodoffices.names import nearest_word
from goodoffices.rehearsal.negotiators.acceptance_rules import (
    AcceptanceRule,
    Aspiration,
    Combined,
    Constant,
    Monotonic,
    Next,
    Time,
)
from goodoffices.rehearsal.negotiators.basis import Clock
from goodoffices.rehearsal.negotiators.composition import Composed, Voter
from goodoffices.rehearsal.negotiators.interface import Negotiator
from goodoffices.rehearsal.negotiators.opponent_models import MODELS, Model
from goodoffices.rehearsal.negotiators.proposal_rules import (
    AtRandom,
    HardLine,
    Micro,
    ProposalRule,
    TimeDependent,
    TitForTat,
)
from goodoffices.rehearsal.negotiators.seekers import Seeker, TradeOff

Arguments = Mapping[str, float | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One part of a negotiator: what it does, its parameters with their ranges, and where it comes from.

    ``accepting`` is the rule of accepting that goes with it if none is named.
    """

    what: str
    source: str
    parameters: Mapping[str, tuple[float, float]]
    accepting: str = ""
    needs_model: bool = False
    needs_deadline: bool = False
    is_compiled: bool = False


_FARATIN = "Faratin, Sierra & Jennings 1998"
_TIME = {"beta": (0.001, 1000.0), "slack": (0.0, 1e9)}
_BAARSLAG = "Baarslag, Hindriks & Jonker 2013"

PROPOSALS: dict[str, Card] = {
    "boulware": Card(
        what="concedes late: beta 1/4", source=_FARATIN, parameters=_TIME, accepting="aspiration",
        needs_deadline=True, is_compiled=True,
    ),
    "linear": Card(
        what="concedes evenly: beta 1", source=_FARATIN, parameters=_TIME, accepting="aspiration",
        needs_deadline=True, is_compiled=True,
    ),
    "conceder": Card(
        what="concedes early: beta 4", source=_FARATIN, parameters=_TIME, accepting="aspiration",
        needs_deadline=True, is_compiled=True,
    ),
    "hard-line": Card(
        what="always proposes its best settlement", source="", parameters={}, accepting="next", is_compiled=True
    ),
    "tit-for-tat:relative": Card(
        what="concedes by the ratio of the other's last two proposals", source=_FARATIN, parameters={},
        accepting="next", is_compiled=True,
    ),
    "tit-for-tat:absolute": Card(
        what="concedes by the difference of the other's last two proposals", source=_FARATIN, parameters={},
        accepting="next", is_compiled=True,
    ),
    "tit-for-tat:averaged": Card(
        what="concedes by the ratio over a window of the other's proposals", source=_FARATIN,
        parameters={"window": (1, 100)}, accepting="next", is_compiled=True,
    ),
    "micro": Card(
        what="one new own settlement for each new one heard", source="de Jonge 2022", parameters={},
        accepting="micro", is_compiled=True,
    ),
    "trade-off": Card(
        what="at the same own worth, what is most like the other's last proposal",
        source="Faratin, Sierra & Jennings 2002", parameters={"beta": (0.001, 1000.0), "width": (0.0, 1.0)},
        accepting="next", needs_model=True, needs_deadline=True,
    ),
    "nash-seeker": Card(
        what="above its aspiration, the best product of own and modelled gains", source="", accepting="next",
        parameters={"beta": (0.001, 1000.0)}, needs_model=True, needs_deadline=True,
    ),
    "max-min-seeker": Card(
        what="above its aspiration, the best smallest of own and modelled gains", source="", accepting="next",
        parameters={"beta": (0.001, 1000.0)}, needs_model=True, needs_deadline=True,
    ),
    "random": Card(what="any settlement", source="", parameters={}, accepting="constant", is_compiled=True),
    "random>=r": Card(
        what="any settlement not below no agreement", source="", parameters={}, accepting="constant", is_compiled=True
    ),
}  # fmt: skip

ACCEPTANCES: dict[str, Card] = {
    "aspiration": Card(
        what="at least the aspiration of this turn", source=_BAARSLAG, parameters={}, is_compiled=True
    ),
    "next": Card(
        what="at least as good as the own next proposal: factor * worth + addend", source=_BAARSLAG,
        parameters={"factor": (0.0, 10.0), "addend": (-1e9, 1e9)}, is_compiled=True,
    ),
    "constant": Card(what="at least a constant", source=_BAARSLAG, parameters={"least": (-1e9, 1e9)}),
    "time": Card(
        what="anything not below no agreement, from a share of time on", source=_BAARSLAG,
        parameters={"share": (0.0, 1.0)},
    ),
    "combi": Card(
        what="next; late, also the best of a window as long as the time left", source=_BAARSLAG,
        parameters={"share": (0.0, 1.0)},
    ),
    "micro": Card(what="at least the next own concession", source="de Jonge 2022", parameters={}),
}  # fmt: skip

VOTERS: dict[str, Card] = {
    "hill-climb": Card(
        what="single text: accepts what is no worse than the last text", source="Klein et al. 2003", parameters={},
        is_compiled=True,
    ),
    "anneal": Card(
        what="single text: accepts a loss L with probability exp(-L/theta), theta falling to 0",
        source="Klein et al. 2003", parameters={"theta": (0.0, 1e6)}, is_compiled=True,
    ),
}  # fmt: skip

_BETA = {"boulware": 0.25, "linear": 1.0, "conceder": 4.0}
_PART = re.compile(r"([a-z][a-z>=-]*(?::[a-z]+)?)(?:\(([^()]*)\))?")


def _clock(arguments: Arguments, beta: float) -> Clock:
    return Clock(
        beta=float(arguments.get("beta", beta)),
        is_late=arguments.get("clock", "early") == "late",
        slack=float(arguments.get("slack", 0.0)),
    )


_MAKERS: dict[str, Callable[[Arguments], ProposalRule]] = {
    **{
        name: lambda given, beta=beta: TimeDependent(_clock(given, beta))  # type: ignore[misc]
        for name, beta in _BETA.items()
    },
    "hard-line": lambda given: HardLine(),
    "tit-for-tat:relative": lambda given: TitForTat("relative"),
    "tit-for-tat:absolute": lambda given: TitForTat("absolute"),
    "tit-for-tat:averaged": lambda given: TitForTat("averaged", int(given.get("window", 5))),
    "micro": lambda given: Micro(),
    "trade-off": lambda given: TradeOff(_clock(given, 1.0), float(given.get("width", 0.05))),
    "nash-seeker": lambda given: Seeker("nash", _clock(given, 1.0)),
    "max-min-seeker": lambda given: Seeker("max-min", _clock(given, 1.0)),
    "random": lambda given: AtRandom(False),
    "random>=r": lambda given: AtRandom(True),
}

_ACCEPTING: dict[str, Callable[[Arguments], AcceptanceRule]] = {
    "aspiration": lambda given: Aspiration(),
    "next": lambda given: Next(float(given.get("factor", 1.0)), float(given.get("addend", 0.0))),
    "constant": lambda given: Constant(float(given.get("least", float("-inf")))),
    "time": lambda given: Time(float(given.get("share", 0.95))),
    "combi": lambda given: Combined(float(given.get("share", 0.95))),
    "micro": lambda given: Monotonic(),
}


@lru_cache(maxsize=256)
def negotiator_named(name: str) -> Negotiator:
    """Return a negotiator by its name. The same name gives the same one: it keeps nothing from one run to another.

    Raises
    ------
    UnknownWordError
        If a part is unknown; the error names the nearest.
    ScenarioError
        If a parameter is unknown or outside its range.

    Examples
    --------
    >>> negotiator_named("boulware+next").name
    'boulware+next'
    """
    parts = [part.strip() for part in name.split("+")]
    word, text = _split(parts[0], name)
    if word in VOTERS:
        given = _arguments(word, text, VOTERS[word])
        return Voter(name=name, theta=float(given.get("theta", 0.1)) if word == "anneal" else 0.0)
    known = (*PROPOSALS, *VOTERS)
    if word not in PROPOSALS:
        raise UnknownWordError("strategy", word, known, nearest=nearest_word(word, known))
    card = PROPOSALS[word]
    given = _arguments(word, text, card)
    accepting, leaves_at = card.accepting, None
    accepting_text = ""
    for part in parts[1:]:
        other, more = _split(part, name)
        if other == "leaves":
            leaves_at = _number(more, "leaves", (0.0, 1.0))
            continue
        if other not in ACCEPTANCES:
            raise UnknownWordError(
                "rule of accepting", other, tuple(ACCEPTANCES), nearest=nearest_word(other, ACCEPTANCES)
            )
        accepting, accepting_text = other, more
    rule = _MAKERS[word](given)
    return Composed(
        name=name,
        proposing=rule,
        accepting=_ACCEPTING[accepting](_arguments(accepting, accepting_text, ACCEPTANCES[accepting])),
        model=_model(given) if card.needs_model else None,
        leaves_at=leaves_at,
    )


def _model(given: Arguments) -> Model:
    name = str(given.get("model", "frequency"))
    if name not in MODELS:
        raise UnknownWordError("model", name, tuple(MODELS), nearest=nearest_word(name, MODELS))
    return MODELS[name]


def _split(part: str, name: str) -> tuple[str, str]:
    match = _PART.fullmatch(part)
    if match is None:
        raise ScenarioError(f"{quoted(name)} is not the name of a strategy; write for example boulware+next(1,0)")
    return match[1], match[2] or ""


def _arguments(word: str, text: str, card: Card) -> dict[str, float | str]:
    given: dict[str, float | str] = {}
    names = list(card.parameters)
    for place, piece in enumerate(piece.strip() for piece in text.split(",") if piece.strip()):
        key, equals, value = piece.partition("=")
        if not equals:
            if place >= len(names):
                raise ScenarioError(f"{word} has {len(names)} parameters; {quoted(piece)} is one too many")
            key, value = names[place], piece
        key = key.strip()
        if key in ("model", "clock") and (key == "model") == card.needs_model:
            given[key] = value.strip()
            continue
        if key not in card.parameters:
            raise UnknownWordError(f"parameter of {word}", key, tuple(names), nearest=nearest_word(key, names))
        given[key] = _number(value, f"{key} of {word}", card.parameters[key])
    return given


def _number(text: str, what: str, limits: tuple[float, float]) -> float:
    low, high = limits
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise ScenarioError(f"{what} is {quoted(text.strip())}; give a number from {low:g} to {high:g}")
    return value
