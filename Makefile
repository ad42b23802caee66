# Every target sets up what it needs: a virtual environment in .venv with the versions of constraints.txt.
# Needs Python 3.11 or later, make and a network or a package mirror; nothing is installed outside .venv.
# Another interpreter: make test PYTHON=/path/to/python3.12 (after `make clean`, if .venv was made with one before).

MEETS := 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c $(MEETS) 2>/dev/null && echo "$$p" && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip --disable-pip-version-check -qq install --constraint constraints.txt
ARGS :=
MINUTES := 10
# Tests that read documents in their own process: what a process of its own runs is not counted.
MEASURED := $(addprefix tests/,text load taxonomy match context explain clean locate test_cases_measures.py \
	test_cases_words.py test_noise_invariance.py)

.DEFAULT_GOAL := help
.PHONY: help compare test lint bench mutants mutate coverage fuzz audit clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*  ## /\1|/p' Makefile | awk -F'|' '{ printf "make %-9s %s\n", $$1, $$2 }'

compare: $(VENV)/.ready  ## the five sample regions, side by side
	@$(BIN)/polcmp compare seeds

test: $(VENV)/.ready-dev  ## all tests; some of them: make test ARGS="-k dividend"
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.ready-dev  ## style, types, import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.ready-dev  ## ratios against peers measured in the same run
	@set -e; for one in startup throughput scaling store; do $(BIN)/python "benchmarks/$$one.py"; done

coverage: $(VENV)/.ready-dev  ## lines and branches that the tests reach, in the rooms that decide what is found
	$(BIN)/python -m coverage run -m pytest $(MEASURED) $(ARGS)
	$(BIN)/python -m coverage report
	@$(BIN)/python -m coverage json -o - -q | $(BIN)/python tests/coverage_shares.py

mutate: $(VENV)/.ready-dev  ## does a test notice a slip in polcmp/text and polcmp/match? ARGS="200 --seed 7"
	$(BIN)/python tests/mutate.py $(ARGS)

fuzz: $(VENV)/.ready-dev  ## MINUTES=10 of broken input for each target; what is found is kept as a test
	$(BIN)/python tests/fuzz/fuzz_long.py --minutes $(MINUTES) $(ARGS)

audit: $(VENV)/.ready-dev  ## known vulnerabilities of the pinned versions (needs a network; docs/dependencies.md)
	@$(BIN)/python -m pip --disable-pip-version-check -qq install pip-audit \
		|| { echo "make audit: pip-audit cannot be installed; without a network nothing is looked up" >&2; exit 1; }
	@said=$$($(BIN)/pip-audit --strict --progress-spinner off --requirement constraints.txt --no-deps --disable-pip 2>&1); \
		found=$$?; case "$$said" in *Traceback*) said=$$(printf '%s' "$$said" | tail -n 1 | cut -c 1-200) ;; esac; \
		printf '%s\n' "$$said" | grep -v '^WARNING'; test $$found = 0 \
		|| { echo "make audit: a version that is named with a vulnerability is to be raised. If a library could not be" \
		"audited, or there was no connection, nothing is known: PyPI itself must answer, a mirror does not do." >&2; exit 1; }

mutants: $(VENV)/.ready-dev  ## does a test notice when an entry of measures.yaml is lost? ARGS="200 --seed 7"
	$(BIN)/python tests/taxonomy_mutation.py $(ARGS)

clean:  ## remove what the other targets made
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage mutants

# A stamp is written last: without it .venv is unfinished (or somebody stopped make) and is made afresh.
# The build tools go first, so that polcmp is built with pinned versions and not with ones fetched for the occasion.
$(VENV)/.ready: pyproject.toml constraints.txt
	@"$(PYTHON)" -c $(MEETS) 2>/dev/null \
		|| { echo "polcmp needs Python 3.11 or later: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Setting up $(VENV) (once) ..." >&2
	@test -e $@ && $(BIN)/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear $(VENV)
	@rm -f $@
	@$(INSTALL) hatchling editables
	@$(INSTALL) --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q polcmp
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	@echo "Setting up the tools for development (once) ..." >&2
	@$(INSTALL) --no-build-isolation --editable '.[dev]'
	@touch $@
