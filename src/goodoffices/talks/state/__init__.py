"""What one seat knows and may do: its slice, knowledge, view and permissions."""
