"""Pages of analysis: the grid of positions, and what all could sign."""
