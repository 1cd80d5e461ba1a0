"""The week in one document: what happened, what changed, what is contested and what comes, for one reader."""
