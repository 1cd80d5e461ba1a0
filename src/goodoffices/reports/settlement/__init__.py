"""Settlement answers from talks and from files: the bargain in a view, tables, pictures, sentences."""
