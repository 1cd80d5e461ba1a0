"""Commitments, guarantees, succession, and what is owed."""
