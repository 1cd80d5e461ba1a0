"""One run as a picture: a column for each seat, a line for each message, from top to bottom as time goes by."""

from __future__ import annotations

from textwrap import wrap

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.preferences import Settlement
from goodoffices.rehearsal.setting import Setting
from goodoffices.rehearsal.transcript import Fate, Kind, Message, Run

WIDTH = 360
TOP = 46
ROW = 19
MOST_LINES = 24
"""So many messages are drawn, the last ones; a long run repeats itself."""

_NAME_WIDTH, _NAME_LINES = 17, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The column of a seat: where it is, and its name in short lines. ``carries``: it only passes messages on."""

    x: float
    name: tuple[str, ...]
    carries: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message: from column to column, through those who carry it.

    ``points`` are its corners as SVG has them; ``head`` the arrow at its end, empty if it does not arrive. ``kind`` and
    ``fate`` are words of the engine; ``is_changed`` says that it was heard otherwise than it was sent. ``heard`` is
    the settlement as it was heard, by issue, and ``number`` that of the proposal, from 1.
    """

    points: str
    head: str
    x: float
    y: float
    kind: str
    fate: str
    is_changed: bool
    number: int
    sent_at: int
    heard_at: int
    sender: str
    recipient: str
    heard: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPicture:
    """One run of one cell: how it ended, what was agreed by issue, and its messages."""

    cell: str
    run: int
    ending: str
    turn: int
    settled: tuple[tuple[str, str], ...]
    lanes: tuple[Lane, ...]
    lines: tuple[Line, ...]
    turns: tuple[tuple[int, float], ...]
    n_left_out: int
    height: float


def picture_of(
    setting: Setting, run: Run, cell: str, number: int, issues: tuple[tuple[str, tuple[str, ...]], ...]
) -> RunPicture:
    """Return the picture of a run with its messages.

    Parameters
    ----------
    setting, run
        What was played, and how it went.
    cell, number
        The name of the cell and the number of the run.
    issues
        Names of issues, each with those of its options.
    """
    used = sorted({hop for message in run.messages for hop in _way(setting, message)})
    places = _places(setting.n, used)
    lanes = _lanes(setting, used, places)
    messages = sorted(run.messages, key=lambda m: (m.sent_at, m.proposal, m.kind is not Kind.PROPOSAL, m.recipient))
    drawn = messages[-MOST_LINES:]
    lines = tuple(_line(setting, places, message, row, issues) for row, message in enumerate(drawn))
    turns: dict[int, float] = {}
    for line in lines:
        turns.setdefault(line.sent_at, line.y)
    return RunPicture(
        cell=cell, run=number, ending=run.ending.value, turn=run.turn, settled=_settled(run.settlement, issues),
        lanes=lanes, lines=lines, turns=tuple(turns.items()), n_left_out=len(messages) - len(drawn),
        height=TOP + ROW * (len(drawn) + 1),
    )  # fmt: skip


def _way(setting: Setting, message: Message) -> tuple[int, ...]:
    """Return who carried the message as far as it came; its fate may have ended on the way."""
    way = setting.routes[message.sender][message.recipient] or ()
    return way[: message.relays] if message.fate in (Fate.LOST, Fate.WITHHELD) else way


def _places(n: int, used: list[int]) -> dict[tuple[str, int], float]:
    """Return the columns: half of the parties, who carries between them, the other parties."""
    half = (n + 1) // 2
    order = [("party", p) for p in range(half)] + [("carrier", hop) for hop in used]
    order += [("party", p) for p in range(half, n)]
    margin, left = 56.0, 24.0
    step = (WIDTH - left - 2 * margin) / max(len(order) - 1, 1)
    return {seat: round(left + margin + step * at, 1) for at, seat in enumerate(order)}


def _lanes(setting: Setting, used: list[int], places: dict[tuple[str, int], float]) -> tuple[Lane, ...]:
    names = {("party", p): name for p, name in enumerate(setting.parties)}
    names |= {("carrier", hop): setting.intermediaries[hop].name for hop in used}
    return tuple(
        Lane(x=x, name=tuple(wrap(names[seat], _NAME_WIDTH, max_lines=_NAME_LINES, placeholder="…")),
             carries=seat[0] == "carrier")
        for seat, x in places.items()
    )  # fmt: skip


def _line(
    setting: Setting,
    places: dict[tuple[str, int], float],
    message: Message,
    row: int,
    issues: tuple[tuple[str, tuple[str, ...]], ...],
) -> Line:
    hops = [places["carrier", hop] for hop in _way(setting, message)]
    corners = [places["party", message.sender], *hops]
    arrives = message.fate in (Fate.HEARD, Fate.UNDER_WAY)
    if arrives:
        corners.append(places["party", message.recipient])
    elif len(corners) == 1:
        corners.append((corners[0] + places["party", message.recipient]) / 2)
    y = TOP + ROW * (row + 0.5)
    rise = ROW * 0.55 / max(len(corners) - 1, 1)
    points = [(x, round(y + rise * at, 1)) for at, x in enumerate(corners)]
    (before, _), (x, last) = points[-2], points[-1]
    away = 5.0 if x < before else -5.0
    head = f"{x},{last} {x + away},{last - 3} {x + away},{last + 3}" if message.fate is Fate.HEARD else ""
    return Line(
        points=" ".join(f"{x},{y}" for x, y in points), head=head, x=x, y=round(y, 1), kind=message.kind.value,
        fate=message.fate.value, is_changed=message.heard != message.sent, number=message.proposal + 1,
        sent_at=message.sent_at, heard_at=message.arrives_at, sender=setting.parties[message.sender],
        recipient=setting.parties[message.recipient],
        heard=tuple(options[option] for (_, options), option in zip(issues, message.heard, strict=True)),
    )  # fmt: skip


def _settled(
    settlement: Settlement | None, issues: tuple[tuple[str, tuple[str, ...]], ...]
) -> tuple[tuple[str, str], ...]:
    if settlement is None:
        return ()
    return tuple((name, options[option]) for (name, options), option in zip(issues, settlement, strict=True))
