"""Compiled loops of the room: arrays in, arrays out, nothing checked. Their wrappers stand one folder up."""
