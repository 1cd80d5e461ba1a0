"""Pages of those who run sessions: the hall, attendance, speakers, roster, packs."""
