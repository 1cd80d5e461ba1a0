"""A bargain as numbers: integer form, gains, exact comparison, enumeration."""
