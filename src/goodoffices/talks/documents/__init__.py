"""Texts as documents: clauses, brackets and variants; comparison, alignment and agreement."""
