"""Play a seat: the kinds of automated seats, what a seed draws for them, the pacer, and their reasons."""
