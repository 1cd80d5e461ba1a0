"""Commands that print papers for one reader: minutes, the week, a round, and what a sealed file holds."""
