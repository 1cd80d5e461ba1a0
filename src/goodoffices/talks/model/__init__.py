"""What a talks file can say: actors, claims, rounds, agenda, obligations, cease-fire terms."""
