"""The calibration that comes with the package, made from cases: one bank of residuals per point model."""

from __future__ import annotations

from collections.abc import Sequence

from goodoffices.forecast.backtest import is_scoreable
from goodoffices.forecast.calibration import calibrate
from goodoffices.forecast.lineups import Case
from goodoffices.forecast.models.cards import DEFAULT_MODELS, model_named
from goodoffices.forecast.running import FLOOR
from goodoffices.forecast.writing import canonical_json

__all__ = ["shipped_text"]

_DECIMALS = 6
ATTRIBUTION = (
    "Residuals computed from DEU III, Decision-making in the European Union: J. Arregui & C. Perarnaud (2022), J. "
    "European Public Policy 29(1), "
    "doi:10.1080/13501763.2021.1982755, data doi:10.34810/data53; R. Thomson et al. (2012, 2006)."
)


def shipped_text(cases: Sequence[Case]) -> str:
    """Return the file ``data/deu3.json`` for the development part of DEU III."""
    known = [case for case in cases if is_scoreable(case)]
    clusters = list(dict.fromkeys(case.cluster for case in known))
    banks = {}
    for name in DEFAULT_MODELS:
        model = model_named(name)
        found = calibrate(known, model, name="deu3")
        banks[model.label] = {
            "residuals": [round(float(value), _DECIMALS) for value in found.residuals],
            "clusters": [clusters.index(cluster) for cluster in found.clusters],
        }
    return canonical_json({
        "name": "deu3", "attribution": ATTRIBUTION, "spread": "positions", "floor": FLOOR,
        "domain": "European Union legislation", "date": "1996-2019", "clusters": clusters, "banks": banks,
    })  # fmt: skip
