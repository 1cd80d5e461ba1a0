"""Write the calibration that is shipped: ``python tools/forecast_calibration.py deu3_dev.csv``; a test compares it.

The data are DEU III (Arregui & Perarnaud 2022; Thomson et al. 2012, 2006), development part; only residuals are kept.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from goodoffices.canonical_json import result_json
from goodoffices.forecast.calibration.backtest import is_scoreable
from goodoffices.forecast.calibration.calibration import calibrate
from goodoffices.forecast.inputs.from_tables import cases_of
from goodoffices.forecast.inputs.lineup import Case
from goodoffices.forecast.models.cards import DEFAULT_MODELS, model_named
from goodoffices.forecast.models.run import FLOOR
from goodoffices.formats.position_tables.detect import read_positions

TARGET = Path(__file__).resolve().parents[1] / "src" / "goodoffices" / "forecast" / "data" / "deu3.json"


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
    return result_json({
        "name": "deu3", "attribution": ATTRIBUTION, "spread": "positions", "floor": FLOOR,
        "domain": "European Union legislation", "date": "1996-2019", "clusters": clusters, "banks": banks,
    })  # fmt: skip


def main() -> None:
    """Read the wide table named on the command line and write the residuals."""
    if len(sys.argv) != 2:
        sys.exit("usage: python tools/forecast_calibration.py deu3_dev.csv")
    TARGET.write_text(shipped_text(cases_of(read_positions(Path(sys.argv[1])))), encoding="utf-8")


if __name__ == "__main__":
    main()
