"""Seats, the people in them, proxies and compartments."""
