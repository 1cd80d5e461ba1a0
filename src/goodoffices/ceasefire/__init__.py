"""Does the cease-fire hold? Statistics of daily counts: pure functions on arrays."""
