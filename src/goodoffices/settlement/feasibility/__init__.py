"""Find what all parties could accept, what blocks an agreement, and the smallest changes that make one possible."""
