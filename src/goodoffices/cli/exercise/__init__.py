"""`goodoffices exercise …`: exercises on a scenario."""
