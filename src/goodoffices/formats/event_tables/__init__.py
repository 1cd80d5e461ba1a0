"""Files of events and daily counts: UCDP GED, the user's own tables with or without a mapping, ledgers' bulletins."""
