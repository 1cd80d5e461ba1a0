"""The debrief of an exercise: what happened and who knew it, the journal, what was possible, what chance decided."""
