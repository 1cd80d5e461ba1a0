"""Pages of what a secretariat writes: notes, minutes, the week, lists and files."""
