"""Pages of an exercise: a seat's brief, the board of control, the debrief."""
