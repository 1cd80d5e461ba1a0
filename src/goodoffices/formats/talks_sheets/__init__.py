"""The spreadsheet that begins own talks: its sheets and columns, an empty one with an example, and its reader."""
