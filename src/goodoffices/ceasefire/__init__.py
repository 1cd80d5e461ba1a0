"""Statistics on the incident ledger: does the cease-fire hold, where, on whose word."""
