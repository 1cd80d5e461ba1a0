"""Decision rules as pure arithmetic: who counts, what is enough, what would change the outcome."""
