"""Word-processor files: reading with tracked changes, and writing."""
