"""Rehearsals: what follows from what one assumes of the parties, with automated negotiators. Never a forecast."""
