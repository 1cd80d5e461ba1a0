"""`goodoffices ledger …`: files of field offices into a ledger, a form for phones, lines for the radio."""
