"""What the compiled loops take, and the arrays they are given. All other cells run on the readable engine."""
