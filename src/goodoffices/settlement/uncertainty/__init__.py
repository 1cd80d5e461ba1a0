"""Answers under beliefs: robustness, acceptance, value of information."""
