"""Attackers with a clock: what can be told of hidden acts from the moments at which things come."""
