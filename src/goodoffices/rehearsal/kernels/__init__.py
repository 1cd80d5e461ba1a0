"""Compiled loops for batches: arrays in, arrays out, the same numbers as the readable engine, bit for bit."""
