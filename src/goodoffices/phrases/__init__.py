"""Sentences of ours that are English text and can still be said in the reader's language."""
