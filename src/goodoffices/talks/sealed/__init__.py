"""Sealed procedures: deposits, blind questions, list matching."""
