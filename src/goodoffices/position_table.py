"""Position tables: where each actor stands on each issue, as read from a file and used by ``forecast``.

They have the numbers and texts of the file, in its order. Nothing is computed here. Positions are on the issue's own
scale.
"""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow:
    """One actor on one issue.

    Attributes
    ----------
    position, position_low, position_high
        The assessed point on the issue's scale, and the ends of its range if one is given.
    salience
        How much the issue matters to the actor, in [0, 1].
    capability
        What the actor can bring to bear on this issue, in any unit, 0 or more.
    source
        Where the assessment comes from. Several rows for one actor and issue, with different sources, are contested.
    line
        The line of the file, for messages; 0 if there is none.
    """

    issue: str
    actor: str
    position: float
    salience: float
    capability: float
    position_low: float | None = None
    position_high: float | None = None
    source: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionIssue:
    """One issue: its scale, the status quo and the outcome if they are known, and the cluster it was decided in.

    ``is_scale_assumed`` says that nobody states the scale, and that it is taken as 0 to 100.
    """

    name: str
    scale: tuple[float, float] = (0.0, 100.0)
    is_scale_assumed: bool = False
    reference: float | None = None
    outcome: float | None = None
    cluster: str = ""
    line: int = 0

    def __post_init__(self) -> None:
        low, high = self.scale
        if not low < high:
            raise ForecastInputError(
                f"the scale of issue {self.name!r} runs from {low:g} to {high:g}; the first must be the smaller"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionTable:
    """All issues and rows of one file, in its order. ``parameters`` are model settings that the file states.

    ``notes`` say how the file was read, and which of its columns were not.
    """

    file: str
    issues: tuple[PositionIssue, ...]
    rows: tuple[PositionRow, ...]
    parameters: tuple[tuple[str, str], ...] = ()
    accommodation: tuple[tuple[str, str, float], ...] = ()
    notes: tuple[str, ...] = ()
