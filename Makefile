# The everyday commands; `make help` lists them. Each step leaves an empty file named .done-... once it is finished, inside what
# it made, so that a second run does only what changed and a step that broke off is done again.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 5000
DEMO_PORT ?= 5001
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/messages.po))
FRONT_END := $(shell find static/styles static/scripts 2>/dev/null)
CHECKED := directory tests

.PHONY: help setup serve demo test lint format bench year translations lock clean
.NOTPARALLEL:

help: ## list these commands
	@awk -F ':[^#]*## ' '/^[a-z]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.done-package static/built/.done $(CATALOGUES) ## make everything that the site needs to run
	@echo "Everything is set up"

serve: setup ## set up, index, and serve Dudley's content on http://127.0.0.1:5000 (PORT=...)
	@$(BIN)/directory index
	@exec $(BIN)/directory serve --port $(PORT)

demo: export DIRECTORY_CONTENT := $(CURDIR)/tests/data/testbridge/content
demo: export DIRECTORY_INDEX := $(CURDIR)/.demo/search_index
demo: export DIRECTORY_DATABASE_URL := sqlite:///$(CURDIR)/.demo/directory.sqlite
demo: setup ## serve Testbridge, an invented borough with a full directory, on http://127.0.0.1:5001 (DEMO_PORT=...)
	@mkdir -p .demo
	@$(BIN)/directory index
	@exec $(BIN)/directory serve --port $(DEMO_PORT)

test: setup $(VENV)/.done-development node_modules/.done-tests ## set up what is missing and run every check and test
	@$(BIN)/python -m tests.programs
	@$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(VENV)/.done-package $(VENV)/.done-development ## check style, types, safety and which room may import which
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/ruff format --check $(CHECKED)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive directory

format: $(VENV)/.done-development ## put the code into the one form that lint asks for
	$(BIN)/ruff check --fix $(CHECKED)
	$(BIN)/ruff format $(CHECKED)

bench: setup $(VENV)/.done-development .bench-venv/.done ## measure the speed of pages and searches beside others (some 12 minutes)
	$(BIN)/python -m tests.bench --peer .bench-venv/bin

year: setup $(VENV)/.done-development ## live through an invented year under our rules and those of peers (SEED=1)
	$(BIN)/python -m tests.year --seed $(or $(SEED),1)

translations: setup ## collect new strings into the catalogues, then compile them
	$(BIN)/pybabel -q extract --mapping-file pyproject.toml --no-wrap --add-location file \
	    --keyword lazy_gettext --keyword lazy_ngettext:1,2 --keyword lazy_pgettext:1c,2 \
	    --project "Family information directory" --output-file translations/messages.pot .
	$(BIN)/pybabel -q update --input-file translations/messages.pot --output-dir translations --no-wrap \
	    --no-fuzzy-matching --ignore-pot-creation-date
	@$(MAKE) --no-print-directory setup

lock: ## work out the lock files again after a change in pyproject.toml or package.json (needs uv and npm)
	tools/lock

clean: ## remove everything that these commands made
	rm -rf $(VENV) .bench-venv node_modules static/built .demo .bench .mypy_cache .pytest_cache .ruff_cache \
	    .import_linter_cache .hypothesis translations/*/LC_MESSAGES/*.mo translations/messages.pot
	find search_index -mindepth 1 ! -name README.md -delete
	find directory tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.done-venv:
	@tools/make-venv "$(PYTHON)" $(VENV)
	@touch $@

$(VENV)/.done-runtime: $(VENV)/.done-venv requirements/runtime.lock
	@echo "Installing what the directory runs on"
	@$(PIP) --require-hashes -r requirements/runtime.lock
	@touch $@

$(VENV)/.done-package: $(VENV)/.done-runtime pyproject.toml
	@echo "Installing the directory itself as $(BIN)/directory"
	@$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.done-development: $(VENV)/.done-runtime requirements/development.lock
	@echo "Installing what the tests run on"
	@$(PIP) --require-hashes -r requirements/development.lock
	@touch $@

.bench-venv/.done: requirements/bench.lock
	@tools/make-venv "$(PYTHON)" .bench-venv
	@.bench-venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r $<
	@touch $@

node_modules/.done: package-lock.json tools/front-end $(VENV)/.done-venv
	@echo "Installing what the front end is built from"
	@tools/front-end install
	@touch $@

node_modules/.done-tests: node_modules/.done
	@echo "Installing the checker of HTML"
	@tools/front-end install-for-tests
	@touch node_modules/.done $@

static/built/.done: package-lock.json tools/build-front-end.js $(FRONT_END) | node_modules/.done
	@tools/front-end build
	@touch $@

translations/%.mo: translations/%.po $(VENV)/.done-runtime
	@$(BIN)/pybabel -q compile --input-file $< --output-file $@
	@touch $@
