"""What all could accept, what blocks it, and the smallest change that opens it."""
