"""Pages: for each, what it shows of a view. They know nothing of the store, and of talks only views and commands."""
