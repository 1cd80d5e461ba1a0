"""`goodoffices ceasefire …`: the commands that read files of events and bulletins."""
