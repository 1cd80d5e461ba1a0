"""The desk: the only room that knows HTTP."""
