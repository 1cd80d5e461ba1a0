"""Pages: for each, what it shows of a view. They know nothing of the store, and of the talks only views and commands."""
