# The project's commands. Each starts from nothing: Python >= 3.11 with venv, make, and a package index.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
export PORT ?= 8000

.PHONY: help demo demo-data test check bench attacks mutation docs fix lock clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/.run: requirements.txt requirements-embedded.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 of nieuwer is nodig; dit is " + sys.version.split()[0] + ". Geef er een mee: make PYTHON=python3.12 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Afhankelijkheden installeren (eenmalig)..."
	@$(PIP) -r requirements.txt
	@PYTHONPATH=src $(BIN)/python -m banenafspraak.config.cluster || $(PIP) -r requirements-embedded.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@$(BIN)/python tools/compile_messages.py
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@$(PIP) -r requirements-dev.txt
	@touch $@

demo: $(VENV)/.run ## everything from nothing, served on http://127.0.0.1:$PORT
	@exec $(BIN)/banenafspraak demo

demo-data: $(VENV)/.run ## all that demo does short of serving
	@$(BIN)/banenafspraak demo --zonder-server

test: $(VENV)/.dev ## the whole test suite
	@bash tools/with_browser $(BIN)/python -m pytest $(TESTARGS)

check: $(VENV)/.dev ## lint, types, import contracts, template and migration checks
	@bash tools/check

fix: $(VENV)/.dev ## format and repair what can be repaired
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: $(VENV)/.dev ## all benchmarks
	@$(BIN)/python -m bench

attacks: $(VENV)/.dev ## all attack harnesses
	@$(BIN)/python -m attacks

mutation: $(VENV)/.dev ## the mutation score of the rules: make mutation [MUTANTS='banenafspraak.wet.quotum*']
	@test -d var/mutation/lib/mutmut || $(PIP) -r requirements-mutation.txt --target var/mutation/lib
	@bash tools/mutation $(MUTANTS)

docs: $(VENV)/.dev ## the documentation site, with the rule manual made from tests/spec
	@$(BIN)/python tools/build_docs.py

lock: ## new versions into the lock files (needs uv)
	@uv lock --upgrade
	@bash tools/export_lock

clean: ## removes the environment and everything that was made
	@rm -rf $(VENV) var build docs/site
