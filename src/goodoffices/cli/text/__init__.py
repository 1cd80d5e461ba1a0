"""The commands of `goodoffices text`."""
