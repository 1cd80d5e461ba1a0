"""Routes of exercises: looking as another seat, playing for it, and taking the debrief along."""
