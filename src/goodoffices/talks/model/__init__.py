"""The values that a talks file can contain: actors, claims, rounds, agenda, obligations, cease-fire terms."""
