"""Tournaments: every strategy against every other in every scenario and assignment, and how each fared."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from goodoffices.bargain import Bargain
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.garbage_collection import paused_collector
from goodoffices.progress import Progress, is_stopped
from goodoffices.rehearsal.batches.estimates import Interval, mean_interval, rate
from goodoffices.rehearsal.draws import key_of
from goodoffices.rehearsal.negotiators.catalogue import negotiator_named
from goodoffices.rehearsal.preferences import preferences_of
from goodoffices.rehearsal.run import play_with
from goodoffices.rehearsal.setting import Setting
from goodoffices.rehearsal.transcript import Run
from goodoffices.text_tables import wrapped_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One run: the scenario, the strategies in order of the parties, and what came out."""

    scenario: str
    strategies: tuple[str, ...]
    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one strategy fared: its mean gain with an interval over scenarios, its agreements, their mean turn."""

    strategy: str
    gain: Interval
    agreed: Interval
    turn: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tournament:
    """All matches of a tournament."""

    matches: tuple[Match, ...]
    strategies: tuple[str, ...]

    def standings(self) -> tuple[Standing, ...]:
        """Return how each strategy fared, the largest mean gain first."""
        found = []
        for strategy in self.strategies:
            seats = [(one, at) for one in self.matches for at, name in enumerate(one.strategies) if name == strategy]
            agreed = [one for one, _ in seats if one.run.is_agreement]
            by_scenario: dict[str, list[float]] = {}
            for one, at in seats:
                by_scenario.setdefault(one.scenario, []).append(one.run.gain[at])
            means = np.array([float(np.mean(gains)) for gains in by_scenario.values()])
            found.append(
                Standing(
                    strategy=strategy,
                    gain=mean_interval(means, seed=1),
                    agreed=rate(len(agreed), len(seats)),
                    turn=float(np.mean([one.run.turn for one in agreed])) if agreed else float("nan"),
                )
            )
        return tuple(sorted(found, key=lambda one: -one.gain.value))

    def table_text(self, width: int) -> str:
        """Return the standings as a table; strategies whose intervals overlap share a rank."""
        rows, rank, limit = [], 1, float("-inf")
        for place, one in enumerate(self.standings(), 1):
            if one.gain.high < limit or place == 1:
                rank, limit = place, one.gain.low
            gain = f"{one.gain.value:.3f} ({one.gain.low:.3f} to {one.gain.high:.3f})"
            rows.append([str(rank), one.strategy, gain, f"{one.agreed.value:.1%}", f"{one.turn:.1f}"])
        head = ["rank", "strategy", "mean gain (over scenarios)", "agreement", "turns"]
        table = wrapped_table(head, rows, width)
        return "\n".join([f"negotiations: {len(self.matches):,}", *table])

    def csv_text(self) -> str:
        """Return every match as comma-separated values."""
        lines = ["scenario,strategies,ending,turn,settlement,gains"]
        for one in self.matches:
            settlement = " ".join(map(str, one.run.settlement or ()))
            gains = " ".join(map(repr, one.run.gain))
            strategies = " | ".join(one.strategies)
            lines.append(f'"{one.scenario}","{strategies}",{one.run.ending.value},{one.run.turn},{settlement},{gains}')
        return "\n".join(lines) + "\n"


def play_tournament(
    bargains: Sequence[tuple[str, Bargain]],
    strategies: Sequence[str],
    *,
    n_turns: int = 100,
    self_play: bool = True,
    seed: int = 1,
    progress: Progress | None = None,
) -> Tournament:
    """Let every combination of strategies play every scenario in every assignment, in alternating proposals.

    Raises
    ------
    ScenarioError
        If there are fewer than two strategies and no self-play, or a strategy is unknown.
    """
    names = tuple(dict.fromkeys(strategies))
    if not names or (len(names) < 2 and not self_play):
        raise ScenarioError("one strategy meets nobody; name another, or let it meet itself")
    negotiators = {name: negotiator_named(name) for name in names}
    key = key_of(seed)
    matches: list[Match] = []
    with paused_collector():
        for number, (title, bargain) in enumerate(bargains):
            preferences = preferences_of(bargain)
            for chosen in itertools.product(names, repeat=len(bargain.parties)):
                if not self_play and len(set(chosen)) < len(chosen):
                    continue
                setting = Setting(
                    parties=bargain.parties, preferences=preferences, n_turns=n_turns, rule=bargain.rule,
                    negotiators=tuple(negotiators[name] for name in chosen), essential=_essential(bargain),
                )  # fmt: skip
                run = play_with(setting, key, len(matches), transcript=False)
                matches.append(Match(scenario=title, strategies=chosen, run=run))
                if is_stopped(progress):
                    return Tournament(matches=tuple(matches), strategies=names)
            if progress is not None:
                progress(f"negotiations: {len(matches):,}", (number + 1) / len(bargains))
    return Tournament(matches=tuple(matches), strategies=names)


def _essential(bargain: Bargain) -> frozenset[int]:
    """Return the parties without whom the rule of the bargain cannot be met."""
    everyone = frozenset(range(len(bargain.parties)))
    return frozenset(party for party in everyone if not bargain.decided_by.holds(everyone - {party}))
