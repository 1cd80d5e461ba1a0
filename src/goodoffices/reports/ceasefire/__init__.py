"""Does the cease-fire hold? Files of events, counted and judged, as one page of sentences or as JSON."""
