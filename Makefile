# The two commands of the README are `make run` and `make test`; the others are their siblings.
# Everything lives in .venv and .careerbot; delete both to start anew.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help install run ask build test check bench clean

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
EMULATE := emulate@0.11.2
Q ?=

help:
	@echo "make run             ask questions in the terminal (installs and builds the index first)"
	@echo "make ask Q=\"...\"     answer one question"
	@echo "make test            run the tests"
	@echo "make check           run the linter and the type checker"
	@echo "make bench           print the speed and quality tables"
	@echo "make install         create .venv with everything in it"

# The first Python of 3.11 or newer, by its usual names.
PYTHON = $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)

install: $(INSTALLED)

$(INSTALLED): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "careerbot needs Python 3.11 or newer: install it (python.org, or your system's packages), then run make again." >&2; exit 1; }
	@echo "Installing into $(VENV): about 550 MB to download the first time, 2 GB on the disk."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python cannot create virtual environments here: on Debian and Ubuntu, apt install python3-venv; then run make again." >&2; exit 1; }
	@$(BIN)/python -m pip install --disable-pip-version-check --no-input -r requirements.lock \
		&& $(BIN)/python -m pip install --disable-pip-version-check --no-input --quiet --no-deps --no-build-isolation --editable . \
		|| { echo "Installing failed (see above). Check the connection and the free disk space (2 GB), then run make again: it continues where it stopped." >&2; exit 1; }
	@# Slack's side in the tests; without Node those tests are skipped and say so.
	@if command -v npm >/dev/null; then \
		npm install --silent --no-save --no-audit --no-fund --prefix $(VENV)/node $(EMULATE) >/dev/null 2>&1 \
		|| echo "note: $(EMULATE) could not be installed; the tests that need it will be skipped."; fi
	@touch $@
	@echo "Installed. Next: make run, or make test."

# A build that skipped an unreadable file says so and exits with 1; what it built is served.
build: install
	@$(BIN)/careerbot index build || test $$? -eq 1

run: build
	@if test -t 0; then $(BIN)/careerbot chat; else \
		echo "No terminal is attached. To ask one question: make ask Q=\"will ai replace backend developers?\""; fi

ask: build
	@test -n "$$Q" || { echo 'Which question? make ask Q="will ai replace backend developers?"' >&2; exit 2; }
	@$(BIN)/careerbot ask -- "$$Q"

# A worker a core, four at most: each holds the models, about 1 GB. Threads that wait leave the cores
# to the other workers.
test: install
	@OMP_WAIT_POLICY=passive $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal -m "not slow"

check: install
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: build
	@$(BIN)/python -m benchmarks.speed

clean:
	rm -rf $(VENV) .careerbot

export Q
