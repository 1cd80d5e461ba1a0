"""Automated negotiators, protocols and batches of runs."""
