"""Decision rules, computed exactly: who counts, how much is enough, and what would change the outcome."""
