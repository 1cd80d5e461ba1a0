"""Exercises: the clock of the talks, briefs, injects, actions and what is revealed at the end."""
