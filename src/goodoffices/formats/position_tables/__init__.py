"""Tables of positions: who stands where on an issue."""
