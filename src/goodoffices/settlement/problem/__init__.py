"""A bargain as numbers: integer form, gains, exact dominance, enumeration."""
