"""Write the calibration that is shipped: ``python tools/forecast_calibration.py deu3_dev.csv``; a test compares it.

The data are DEU III (Arregui & Perarnaud 2022; Thomson et al. 2012, 2006), development part; only residuals are kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

from goodoffices.forecast.shipping import shipped_text
from goodoffices.forecast.tables import cases_of
from goodoffices.formats.position_tables.deu import read_positions_deu

TARGET = Path(__file__).resolve().parents[1] / "src" / "goodoffices" / "forecast" / "data" / "deu3.json"


def main() -> None:
    """Read the wide table named on the command line and write the residuals."""
    if len(sys.argv) != 2:
        sys.exit("usage: python tools/forecast_calibration.py deu3_dev.csv")
    TARGET.write_text(shipped_text(cases_of(read_positions_deu(Path(sys.argv[1])))), encoding="utf-8")


if __name__ == "__main__":
    main()
