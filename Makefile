# The words of this project. `make demo` and `make test` do their whole set-up on a machine that has
# Python 3.11 and make; CONTRIBUTING.md says when to use which.

BIN := .venv/bin
# What tests and gates keep, such as a database, stays out of the data of whoever runs them.
export ATTAIN_DATA ?= $(CURDIR)/.venv/data
# A file of tests is one process's work; tests/conftest.py puts the longest first.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist loadscope --no-loadscope-reorder

.PHONY: help demo dossiers test fuzz check format bench docs lock ready
.DEFAULT_GOAL := help

help: ## say what there is to make
	@sed -n 's/^\([a-z]*\):.* ## /make \1\t/p' Makefile

demo: ## serve the demonstration estate of 22 sites (PORT=8000); Ctrl-C ends it
	@sh tools/setup.sh runtime
	@$(BIN)/python -m demo >/dev/null
	@$(BIN)/attain demo $(if $(PORT),--port $(PORT))

dossiers: ## certify the demonstration dossiers and print their proofs, without a server
	@sh tools/setup.sh runtime
	@$(BIN)/python -m demo

ready:
	@sh tools/setup.sh dev

check: ready ## the gates alone: format, lint, types, rooms, library
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	$(BIN)/python -m attain library check

# What needs no database covers the rooms of rules and numbers, whose coverage is held; watching for
# it would take the pages twice as long. All the rest is tried on SQLite, and once more on PostgreSQL
# what asks for a database.
PURE := $(addprefix tests/,architecture commands contract docs dossier lake library measurement standards)
REST := tests $(addprefix --ignore=,$(PURE))
# A page looks alike and lets in the same people on both databases; `make fuzz` tries that on
# PostgreSQL as well, and every odd text in every form, which takes minutes.
FUZZED := --ignore=tests/access

test: check ## the gates, then every test on both databases (ARGS="-k word" picks some, on SQLite)
	@sh tools/java.sh
	@sh tools/browser.sh
	$(PYTEST) $(if $(ARGS),$(ARGS),$(PURE) --cov)
	$(if $(ARGS),,$(PYTEST) $(REST))
	$(if $(ARGS),,sh tools/postgres.sh $(PYTEST) $(REST) $(FUZZED) -m "database and not browser")

# Hours of it: each operation of the API with many requests, each form and parameter with every text.
FUZZ := tests/api/test_generated_requests.py tests/api/test_naughty_bodies.py \
	tests/access/test_naughty_input.py tests/access/test_naughty_questions.py
fuzz: ready ## 5,000 generated requests, every naughty text and all pages, on both databases
	ATTAIN_API_CASES=5000 ATTAIN_NAUGHTY=all $(BIN)/python -m pytest $(FUZZ)
	ATTAIN_API_CASES=5000 ATTAIN_NAUGHTY=all sh tools/postgres.sh $(BIN)/python -m pytest $(FUZZ)
	sh tools/postgres.sh $(PYTEST) $(REST) -m browser
	sh tools/postgres.sh $(PYTEST) tests/access --ignore=tests/access/test_naughty_input.py

format: ready ## put the code into its form
	$(BIN)/python -m ruff format .
	$(BIN)/python -m ruff check --fix .

bench: ready ## measure speed and memory against bare engines
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.workplace
	$(BIN)/python -m benchmarks.roadmap
	$(BIN)/python -m benchmarks.maturity_estate

docs: ready ## write the reference pages anew from the code
	$(BIN)/python -m tools.reference

# The locks name every package with its hash and no host. All three agree on every version.
# UPGRADE=--upgrade takes the newest versions; otherwise what is locked stays as it is.
COMPILE := $(BIN)/python -m uv pip compile -q --universal --python-version 3.11 \
	--generate-hashes --no-header $(UPGRADE)
AS_LOCKED := $(COMPILE) --constraints requirements/dev.txt

lock: ready ## write requirements/ anew from pyproject.toml (UPGRADE=--upgrade for newer versions)
	$(COMPILE) --extra spark --extra postgres --group dev --group bootstrap pyproject.toml -o requirements/dev.txt
	$(AS_LOCKED) pyproject.toml -o requirements/runtime.txt
	$(AS_LOCKED) --group pyproject.toml:bootstrap -o requirements/bootstrap.txt
	$(AS_LOCKED) --group pyproject.toml:assets -o requirements/assets.txt
