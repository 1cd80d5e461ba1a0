"""The application service: it opens a record, decides commands and stores their acts. It does not know HTTP."""
