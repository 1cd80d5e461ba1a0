"""Rounds, invitations, delegations and sessions."""
