"""Opens a record, decides commands and stores their acts: the one application service, without HTTP."""
