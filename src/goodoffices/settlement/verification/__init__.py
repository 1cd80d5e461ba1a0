"""An independent check of settlement answers."""
