"""Draw results with matplotlib, as SVG or PNG, in colours that colour-blind readers can tell apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from goodoffices.settlement.uncertainty.robustness import Robust


COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#F0E442", "#000000")
"""Colours from M. Okabe & K. Ito (2008), Color Universal Design."""
_MARKERS = "osD^vP*X"


def _axes(ax: Any) -> Any:
    if ax is not None:
        return ax
    from matplotlib.figure import Figure

    return Figure(figsize=(7, 5), layout="constrained").subplots()


def save(ax: Any, path: Path) -> None:
    """Write the figure of ``ax`` to ``path``. The suffix of the path gives the format."""
    ax.figure.savefig(path)


def _label(text: str) -> str:
    """Return ``text`` between isolating characters, so that right-to-left names keep their direction (UAX 9)."""
    return f"\u2068{text}\u2069" if any("\u0590" <= character <= "\u08ff" for character in text) else text


def plot_acceptance(found: Robust, ax: Any = None) -> Any:
    """Draw how probable it is that the leading settlements are possible, and that each party accepts them."""
    ax = _axes(ax)
    bargain = found.assessment.bargain
    n = min(10, found.choices.shape[0])
    at = np.arange(n)
    errors = np.stack([found.probability[:n] - found.low[:n], found.high[:n] - found.probability[:n]])
    ax.barh(at, found.probability[:n], xerr=np.maximum(errors, 0.0), color="0.8", label="possible")
    for party, name in enumerate(bargain.parties):
        marker = _MARKERS[party % len(_MARKERS)]
        ax.plot(
            found.by_party[:n, party], at, marker, color=COLOURS[party % len(COLOURS)], label=f"{_label(name)} accepts"
        )
    ax.set_yticks(at, [" / ".join(bargain.named(found.settlement(row)).values()) for row in range(n)])
    ax.invert_yaxis()
    ax.set_xlim(0, 1.02)
    ax.set_xlabel("share of the worlds")
    ax.legend(frameon=False)
    return ax
