"""Acts kept for good: an append-only, hash-chained, sealed store on SQLite and PostgreSQL."""
