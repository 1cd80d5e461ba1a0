"""Measure how good models are: backtests, calibration and folds."""
