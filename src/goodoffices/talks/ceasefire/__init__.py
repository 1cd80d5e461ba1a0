"""Cease-fire terms, ledgers of allegations, and confirmations."""
