"""How well models did: backtests, calibration and folds."""
