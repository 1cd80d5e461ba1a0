"""The core: what talks are, and the rules they follow. It is pure: no files, clock, randomness or heavy libraries."""
