"""Claims and sources, contradictions, recognitions, positions and assessments."""
