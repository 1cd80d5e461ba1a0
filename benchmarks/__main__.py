"""Run the benchmarks: ``python -m benchmarks [NAME …] [--full]``. Without names all; without ``--full`` small sizes."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import time

import benchmarks


def main() -> None:
    """Import each benchmark module and call its ``run(full=…)``."""
    modules = [module for module in pkgutil.iter_modules(benchmarks.__path__) if not module.ispkg]
    known = sorted(module.name for module in modules if module.name != "__main__")
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one or more of: {', '.join(known)}")
    parser.add_argument("--full", action="store_true", help="the sizes of the targets: takes minutes")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in known]
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r}; known: {', '.join(known)}")
    names = arguments.names or known
    for number, name in enumerate(names, start=1):
        print(f"== {name} ({number} of {len(names)})", flush=True)
        begun = time.monotonic()
        importlib.import_module(f"benchmarks.{name}").run(full=arguments.full)
        print(f"== {name} took {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
