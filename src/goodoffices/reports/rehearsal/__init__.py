"""From one seat's view to what is rehearsed."""
