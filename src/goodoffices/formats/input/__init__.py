"""Reading files of unknown origin: limits, YAML and JSON with positions, diagnostics."""
