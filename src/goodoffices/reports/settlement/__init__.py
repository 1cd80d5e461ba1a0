"""Settlement answers from talks: the bargain in a view, tables, pictures, sentences."""
