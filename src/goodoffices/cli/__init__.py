"""The command line: read, call one function, print."""

from goodoffices.cli.main import main

__all__ = ["main"]
