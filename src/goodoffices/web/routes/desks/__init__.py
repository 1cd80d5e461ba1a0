"""Routes of desks that do several acts with one form: the pen, the hall, attendance, packs."""
