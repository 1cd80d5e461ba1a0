"""Forecast answers from talks and from files: the line-up in a view, tables, pictures, sentences."""
