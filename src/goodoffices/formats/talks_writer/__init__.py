"""Write a talks file: the plain values of its sections, and the text in YAML."""
