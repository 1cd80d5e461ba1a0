"""Files of field offices as rows of a ledger: spreadsheets, exports of field forms, lines read over the radio."""
