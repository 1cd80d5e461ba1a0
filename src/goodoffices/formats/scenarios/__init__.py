"""Scenarios of other negotiation programs."""
