"""Many runs of many cells: what is assumed, what is drawn for each run, what came out, and what may be said of it."""
