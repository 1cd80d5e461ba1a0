"""Find the settlements that no other settlement dominates."""
