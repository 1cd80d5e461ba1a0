"""The loops: arrays in, arrays out, no checks, no objects. Import the modules where a loop is about to run."""
