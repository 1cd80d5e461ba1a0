"""Begin own talks from the terminal: the empty spreadsheet, new talks, and reading a spreadsheet in again."""
