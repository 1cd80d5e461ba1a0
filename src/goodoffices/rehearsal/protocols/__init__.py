"""The rules by which parties propose and accept, one module each."""
