"""Sentences, labels and catalogues in the languages of the interface."""
