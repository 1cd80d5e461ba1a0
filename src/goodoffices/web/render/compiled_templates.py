"""Templates, compiled once: what was compiled is kept beside the source files, as Python keeps its modules."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(FileSystemBytecodeCache):
    """Keeps each compiled template until its source, the options it is compiled with, Python or Jinja change.

    By default they stand in the folder of Python's own compiled modules, so whoever may change them may change the
    program. Where that folder cannot be written, or Python keeps nothing either, each process compiles its templates
    itself.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path(__file__).with_name("__pycache__")
        super().__init__(str(self._folder), f"template-%s.{sys.implementation.cache_tag}.jinja")

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return where a template is kept, with what is known of it."""
        options = (environment.autoescape, environment.trim_blocks, environment.lstrip_blocks, environment.undefined)
        return super().get_bucket(environment, name, filename, f"{options}\n{source}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, if it can be kept."""
        if not sys.dont_write_bytecode:
            with contextlib.suppress(OSError):
                self._folder.mkdir(exist_ok=True)
                super().dump_bytecode(bucket)
