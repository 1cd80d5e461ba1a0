"""Pages of texts and their versions."""
