"""The elements of a word-processor file as values: paragraphs, marks, numbers, formulas, and a count of its words."""
