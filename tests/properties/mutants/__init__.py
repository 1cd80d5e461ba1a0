"""Files that are changed at random, every reader that takes them, and what became of each."""
