"""The centre: what talks are and the rules they follow. Pure: no files, clock, randomness or heavy library."""
