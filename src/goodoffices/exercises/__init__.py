"""Exercises: the loop that joins automated seats to talks, batches of runs, the demonstration."""
