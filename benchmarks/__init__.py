"""Side by side with peers, in one process run, as ratios."""
