"""Pages of the cease-fire."""
