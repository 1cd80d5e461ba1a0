"""The talks file: schema, reader, checks and messages."""
