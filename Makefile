# Every command a contributor needs. `make run` and `make test` work on a fresh machine with
# Python >= 3.11, git and make: no docker, no system packages, no root.

PYTHON ?= python3
PORT ?= 8000
VOLMACHT_DATA ?= $(CURDIR)/var
export PORT VOLMACHT_DATA
export UV_PYTHON_DOWNLOADS = never
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Compiled modules are kept, whatever the shell says, and outside the sources: every process starts twice as fast.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX = $(CURDIR)/.venv/bytecode

UV = PYTHONPATH=.tools $(PYTHON) -m uv
VENV_PYTHON = .venv/bin/python

.PHONY: run setup setup-dev test check bench messages rules documents lock browser screenshots format

run: setup  ## set everything up and start Volmacht
	@exec .venv/bin/volmacht run

setup: .venv/.runtime .venv/.frontend .venv/.messages  ## what running needs

setup-dev: .venv/.dev .venv/.frontend .venv/.messages  ## what testing and checking need

.tools/.uv:
	@echo "Getting uv, which installs the rest (once)..."
	@$(PYTHON) -m pip install --quiet --target .tools --upgrade --root-user-action=ignore uv && touch $@

.venv/.venv: | .tools/.uv
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv && touch $@

# `pip install` instead of `pip sync`: the development packages may stand beside those of the runtime.
.venv/.runtime: requirements/runtime.lock pyproject.toml | .venv/.venv
	@echo "Installing what Volmacht needs (about a minute, once)..."
	@$(UV) pip install --quiet --python $(VENV_PYTHON) --require-hashes --only-binary :all: -r requirements/runtime.lock
	@$(UV) pip install --quiet --python $(VENV_PYTHON) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.lock .venv/.runtime
	@echo "Installing what tests and checks need (once)..."
	@$(UV) pip install --quiet --python $(VENV_PYTHON) --require-hashes --only-binary :all: -r requirements/dev.lock
	@touch $@

.venv/.frontend: package-lock.json package.json .venv/.runtime
	@echo "Getting the style sheets of the pages (once)..."
	@$(VENV_PYTHON) tools/frontend.py && touch $@

PO_FILES := $(shell find src -name '*.po' 2>/dev/null)
.venv/.messages: $(PO_FILES) .venv/.runtime
	@echo "Preparing the English texts..."
	@$(VENV_PYTHON) tools/messages.py compile && touch $@

messages: setup-dev  ## collect texts into the .po files and compile them
	@$(VENV_PYTHON) tools/messages.py update && $(VENV_PYTHON) tools/messages.py compile

browser:  ## chromium for the browser tests, where the system can install it
	@sh tools/system.sh

test: setup-dev browser  ## everything: both databases, browser
	@$(VENV_PYTHON) -m tools.run_tests

check: setup-dev  ## lint, types, import contracts, budgets: seconds
	@$(VENV_PYTHON) tools/check.py

rules: setup-dev  ## renew docs/rules: every rule, where it is kept and proven
	@$(VENV_PYTHON) tools/rules_table.py

documents: setup-dev  ## publish the next version of forms and checklist that are out of date
	@$(VENV_PYTHON) -m tools.documents

screenshots: setup-dev browser  ## renew docs/pictures; `make screenshots ALL=folder` for every main page
	@$(VENV_PYTHON) -m tools.screenshots $(if $(ALL),--all $(ALL))

format: setup-dev
	@.venv/bin/ruff format -q . && .venv/bin/ruff check -q --fix .

bench: setup-dev  ## ratios; `make bench ONLY=name` for one
	@$(VENV_PYTHON) -m bench $(if $(ONLY),--only $(ONLY))

lock: | .venv/.venv  ## renew the lock files from pyproject.toml
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --group build pyproject.toml -o requirements/runtime.lock
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --group build --group dev pyproject.toml -o requirements/dev.lock
	@$(MAKE) .venv/.runtime && $(VENV_PYTHON) tools/frontend.py --lock
