"""The picture of what could be agreed: who gets what on each issue, and what that is worth to each party."""

from __future__ import annotations

import textwrap
from typing import Any

from goodoffices.bargain import Bargain
from goodoffices.reports.settlement.answer import SettlementAnswer, shown_settlement
from goodoffices.reports.settlement.bargain_from_view import AssessedBargain

Settlement = tuple[int, ...]

_SHORT, _LONG = 30, 44


def answer_picture(answer: SettlementAnswer) -> Any:
    """Return the axes of a figure: above, how near each option is to each party's best; below, worth and range."""
    from matplotlib.figure import Figure

    settlement = shown_settlement(answer)
    rows = len(answer.bargain.issues)
    figure = Figure(figsize=(11, 3.6 + 0.62 * rows + 0.5 * len(answer.bargain.parties)), layout="constrained")
    heights = [max(rows, 2), max(len(answer.bargain.parties), 2)]
    above, below = figure.subplots(2, 1, height_ratios=heights)
    figure.suptitle(_title(answer), x=0.01, ha="left", fontsize=12)
    if settlement is None:
        above.text(0.5, 0.5, "no settlement, and no opening was found", ha="center", transform=above.transAxes)
        below.set_axis_off()
        return above
    _heat(above, answer.bargain, settlement)
    _ranges(below, answer, settlement)
    return above


def _title(answer: SettlementAnswer) -> str:
    named = "The settlement chosen" if answer.best.picks else "What the smallest opening opens"
    mark = "\nInvented for teaching: nobody's real preferences" if answer.assessed.is_invented else ""
    return f"{named}{mark}"


def _percent(value: float, place: float = 0.0) -> str:
    return f"{value:.0%}".replace("%", " %")


def _wrapped(text: str, width: int) -> str:
    """Return ``text`` on several lines, right-to-left words isolated so that they keep their direction."""
    return "\n".join(textwrap.wrap(isolated(text), width)) or " "


def isolated(text: str) -> str:
    """Return ``text`` so that right-to-left words keep their direction (Unicode annex 9)."""
    return f"\u2068{text}\u2069" if any("\u0590" <= sign <= "\u08ff" for sign in text) else text


def _heat(ax: Any, bargain: Bargain, settlement: Settlement) -> None:
    """Draw a grid of issues and parties: dark is the party's best option on the issue, white its worst."""
    shares = []
    for issue, table in enumerate(bargain.worth):
        row = []
        for party in range(len(bargain.parties)):
            column = [float(line[party]) for line in table]
            low, high = min(column), max(column)
            row.append((float(table[settlement[issue]][party]) - low) / (high - low) if high > low else float("nan"))
        shares.append(row)
    ax.imshow(shares, cmap="Blues", vmin=0, vmax=1.25, aspect="auto")
    for y, row in enumerate(shares):
        for x, share in enumerate(row):
            words = "–" if share != share else _percent(share)
            ax.text(x, y, words, ha="center", va="center", color="white" if share > 0.7 else "black", fontsize=9)
    labels = [
        _wrapped(one.name, _LONG) + "\n→ " + _wrapped(one.options[settlement[issue]], _LONG)
        for issue, one in enumerate(bargain.issues)
    ]
    ax.set_yticks(range(len(labels)), labels, fontsize=8)
    ax.set_xticks(range(len(bargain.parties)), [_wrapped(name, 18) for name in bargain.parties], fontsize=9)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set_xlabel("100 %: the party's best option on the issue; 0 %: its worst; –: indifferent", fontsize=8)


def _ranges(ax: Any, answer: SettlementAnswer, settlement: Settlement) -> None:
    """Draw, per party, no agreement (with its range) and the settlement, as shares of its best combination."""
    from goodoffices.settlement.plots import COLOURS

    bargain, lines = answer.bargain, _least_ranges(answer.assessed)
    worth = bargain.worth_of(settlement)
    shares = []
    for party in range(len(bargain.parties)):
        top = float(sum(max(row[party] for row in table) for table in bargain.worth)) or 1.0
        low, high = lines[party]
        shares.append((min(low, float(worth[party])) / top, high / top))
        least = float(bargain.reservation_value[party])
        first = party == 0
        ax.plot([low / top, high / top], [party, party], color="0.75", linewidth=8, solid_capstyle="butt",
                label="range assessed for no agreement" if first else None)  # fmt: skip
        ax.plot(least / top, party, "|", color="black", markersize=16, markeredgewidth=2,
                label="no agreement, likeliest" if first else None)  # fmt: skip
        ax.plot(float(worth[party]) / top, party, "o", color=COLOURS[0], markersize=9,
                label="this settlement" if first else None)  # fmt: skip
    ax.set_yticks(range(len(bargain.parties)), [_wrapped(name, _SHORT) for name in bargain.parties], fontsize=9)
    ax.set_ylim(len(bargain.parties) - 0.5, -0.5)
    left, right = min(0.0, *(low for low, _ in shares)) - 0.02, max(high for _, high in shares) + 0.02
    ax.set_xlim(left, max(1.02, right))
    ax.xaxis.set_major_formatter(_percent)
    ax.set_xlabel("share of the best the party could have on every issue at once", fontsize=9)
    ax.grid(axis="x", color="0.92")
    ax.set_axisbelow(True)
    ax.figure.legend(*ax.get_legend_handles_labels(), frameon=False, loc="outside lower center", ncols=3, fontsize=9)


def _least_ranges(assessed: AssessedBargain) -> list[tuple[float, float]]:
    found = [(float(value), float(value)) for value in assessed.bargain.reservation_value]
    for belief in () if assessed.beliefs is None else assessed.beliefs.reservations:
        low, high = (belief.worth, belief.worth) if isinstance(belief.worth, float) else (None, None)
        if low is None or high is None:
            low, high = belief.worth.low, belief.worth.high  # type: ignore[union-attr]
        mine = found[belief.party]
        found[belief.party] = min(mine[0], low), max(mine[1], high)
    return found


def chances_picture(answer: SettlementAnswer) -> Any:
    """Return the axes of a figure: how likely all accept the likeliest settlements, and who accepts each."""
    from matplotlib.figure import Figure

    from goodoffices.settlement.plots import plot_acceptance

    figure = Figure(figsize=(11, 6), layout="constrained")
    ax = figure.subplots()
    if answer.robust is None:
        ax.text(0.5, 0.5, "the assessments state every figure as certain", ha="center", transform=ax.transAxes)
        return ax
    plot_acceptance(answer.robust, ax)
    shown = min(10, answer.robust.choices.shape[0])
    ax.set_yticks(range(shown), [f"no. {at + 1}" for at in range(shown)])
    ax.xaxis.set_major_formatter(_percent)
    ax.set_xlabel("share of the worlds drawn; bars: all accept, with 95 % interval")
    ax.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=3)
    mark = "\nInvented for teaching: nobody's real preferences" if answer.assessed.is_invented else ""
    figure.suptitle(f"How likely all accept the likeliest settlements{mark}", x=0.01, ha="left", fontsize=12)
    return ax
