"""Minutes of a session as a paper, in one reader's version."""
