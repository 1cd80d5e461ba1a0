"""Lists of one view for other programs: a calendar, and spreadsheets of actors, positions, stances and more."""
