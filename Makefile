# Two commands matter: `make run` and `make test`. Each does all of its own set-up.
# They need Python 3.11 or newer and make; everything else goes into .venv.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# The tests start the command some eighty times: where compiled modules are not kept, each start compiles them anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run brief test quick check nightly screenshots docs bench clean

run: .venv/base.done       ## the start page in the browser: play, look around, host, begin
	$(BIN)/goodoffices serve --open

brief: .venv/base.done     ## the same talks as a brief, in the terminal and as an HTML file
	$(BIN)/goodoffices brief astana-2017 --html build/astana-2017-brief.html

test: .venv/dev.done       ## everything: format, lint, types, architecture, every test, every tutorial
	@$(BIN)/python tools/side_by_side.py

quick: .venv/dev.done      ## the tests that take milliseconds
	$(BIN)/pytest -n $$(getconf _NPROCESSORS_ONLN) -m "not slow and not nightly" tests/unit tests/architecture -q

check: .venv/dev.done      ## everything but tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

nightly: .venv/dev.done .venv/docs.done    ## the long runs: new examples of every property, 20,000 pairs of worlds, 2,000 kills
	GOODOFFICES_EXPLORE=1 $(BIN)/pytest -n auto -m "not nightly" -q tests/properties
	GOODOFFICES_EXPLORE=1 $(BIN)/pytest -m nightly -q

screenshots: .venv/dev.done ## pages to look at, in build/screenshots, and the pictures of the documentation, in docs/images
	GOODOFFICES_SCREENSHOTS=1 $(BIN)/pytest -n auto --dist worksteal -q tests/browser

docs: .venv/docs.done      ## the documentation as pages that need no network, in build/site
	$(BIN)/python tools/docs_site.py

bench: .venv/bench.done    ## side by side with peers, as ratios
	$(BIN)/python -m benchmarks

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Good Offices needs Python 3.11 or newer; none was found on the PATH."; exit 2; }
	$(PYTHON) -m venv .venv

# What is installed is compared with the digests of every package first; the project itself is installed after that.
.venv/base.done: .venv/bin/python pyproject.toml constraints.txt digests/run.txt
	@echo "Installing Good Offices into .venv (once)..."
	$(BIN)/python -m pip install -q --require-hashes -r digests/run.txt
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.done: .venv/base.done digests/test.txt
	@echo "Installing the tools of the tests into .venv (once)..."
	$(BIN)/python -m pip install -q --require-hashes -r digests/test.txt
	@touch $@

.venv/bench.done: .venv/dev.done
	$(BIN)/python -m pip install -q -e '.[dev,bench]' -c constraints.txt
	@touch $@

.venv/docs.done: .venv/base.done
	$(BIN)/python -m pip install -q -e '.[docs]' -c constraints.txt
	@touch $@

clean:                     ## remove what the other targets made
	rm -rf .venv build
