"""A round as one file: everything of it that one seat has."""
