"""Which settlements no other one dominates."""
