"""Negotiating texts: versions, release, comments, stances, ratification, agreement."""
