"""The brief of one seat: sections, dates, renderings."""
