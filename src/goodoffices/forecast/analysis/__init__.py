"""Find what would change a forecast: levers, sensitivity, the veto core."""
