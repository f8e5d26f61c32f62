# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PORT ?= 8321
# each file of tests in one process; more than four would load the models too often
SIDE_BY_SIDE := --numprocesses auto --maxprocesses 4 --dist loadfile
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup demo up test quick check format lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

setup: $(READY) ## make the virtual environment from the pinned lock

# torch comes first and alone: a wider range may pull gigabytes of CUDA.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet "$$(grep '^torch==' requirements.lock)"
	$(BIN)/pip install --quiet --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --editable .
	touch $(READY)

demo: $(READY) ## set up, replay the demo history through every channel, print where the brief is
	HIVECAST_HOME=$${HIVECAST_HOME:-$(CURDIR)/demo-home} $(BIN)/hivecast demo

up: $(READY) ## start the API, the schedules and the Prefect server on 127.0.0.1
	$(BIN)/hivecast up

test: $(READY) ## set up and run every test
	$(BIN)/pytest $(SIDE_BY_SIDE) --cov --cov-report=term

quick: $(READY) ## the tests that start no server and load no model
	$(BIN)/pytest $(SIDE_BY_SIDE) -m "not slow"

check: $(READY) ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## pin everything anew from pyproject.toml
	rm -rf $(VENV)-lock
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install --quiet torch==2.13.0
	$(VENV)-lock/bin/pip install --quiet ".[dev]"
	$(VENV)-lock/bin/pip freeze --exclude hivecast | sed 's/^\(torch==[0-9.]*\)+.*/\1/' > requirements.lock
	rm -rf $(VENV)-lock

clean: ## remove what the targets made
	rm -rf $(VENV) $(VENV)-lock demo-home .cache
