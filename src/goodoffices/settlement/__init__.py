"""Exact answers: what could be agreed and what blocks it."""
