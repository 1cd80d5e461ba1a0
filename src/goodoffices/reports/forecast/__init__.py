"""Forecast answers from talks: the line-up in a view, tables, pictures, sentences."""
