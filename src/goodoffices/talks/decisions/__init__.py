"""Questions put under a rule, packages, and their outcomes."""
