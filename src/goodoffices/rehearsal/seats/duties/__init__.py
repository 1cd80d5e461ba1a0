"""What automated seats do: one module for each duty, from an outlook to intentions."""
