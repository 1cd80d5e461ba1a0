"""What one seat knows and may do: its slice, its knowledge, its view, its permissions."""
