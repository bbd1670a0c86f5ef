# Every target sets up what it needs by itself, and only when something changed.
.DEFAULT_GOAL := help
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEVELOP := $(VENV)/.develop
INSTALL := $(BIN)/python -m pip install -q --disable-pip-version-check --root-user-action ignore

# Bytecode is kept whatever the shell says: without it, every process compiles the project again.
unexport PYTHONDONTWRITEBYTECODE

# The newest Python that is new enough, whatever its name on this machine.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

.PHONY: help
help: ## Show this help
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | awk -F'|' '{printf "  make %-10s %s\n", $$1, $$2}'

.PHONY: sandbox
sandbox: $(READY) ## Start HubSpot, smsmode and the integration on this machine (ARGS="--json --port 0 --seed 7 --empty")
	@$(BIN)/python -m sandbox $(ARGS)

.PHONY: hubspot
hubspot: $(READY) ## Start the fake HubSpot alone (ARGS="--port 4101 --json")
	@$(BIN)/python -m fakes.hubspot --port 4101 $(ARGS)

.PHONY: smsmode
smsmode: $(READY) ## Start the fake smsmode alone (ARGS="--port 4102 --json")
	@$(BIN)/python -m fakes.smsmode --port 4102 $(ARGS)

.PHONY: verify
verify: $(READY) ## Hold the app that is installed in a running sandbox against the vendors' contract (ARGS="--junit report.xml")
	@$(BIN)/python -m sandbox.verify $(ARGS)

.PHONY: test
test: $(DEVELOP) ## Run the whole suite, Gherkin included (ARGS="-k stop")
	@$(BIN)/python -m pytest -n 3 $(ARGS)

.PHONY: bdd
bdd: $(DEVELOP) ## Play the tutorial's scenarios alone, step by step (ARGS="-k F4")
	@$(BIN)/python -m pytest features -p no:randomly -vv --gherkin-terminal-reporter $(ARGS)

.PHONY: check
check: $(DEVELOP) ## Format, lint, types, import contracts, coverage, both databases: what CI asks
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --cache-dir .import_linter_cache
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q -n 2 --hypothesis-profile=full --all-databases
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report

.PHONY: format
format: $(DEVELOP) ## Put the code in its usual form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

.PHONY: nightly
nightly: $(DEVELOP) ## Kill workers at each commit, and at random two hundred times, on each database (ARGS="-k sqlite")
	@CRASH_ROUNDS=200 $(BIN)/python -m pytest tests/crash --all-databases $(ARGS)

.PHONY: bench
bench: $(DEVELOP) ## Print what the loop and the start cost, as ratios to a baseline of the same run
	@$(BIN)/python -m tests.bench $(ARGS)

.PHONY: smoke
smoke: $(DEVELOP) ## Start the sandbox for real, run one loop against it over sockets, and stop it
	@$(BIN)/python -m tests.smoke

.PHONY: clean
clean: ## Remove what the other targets made
	@rm -rf $(VENV) build dist htmlcov .coverage .coverage.* *.egg-info
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Rules of their own, so that a change of pins or packages, and nothing else, sets up again: what
# runs the sandbox first, so that a first SMS does not wait for the tools of those who develop it.
$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found on the PATH." >&2; exit 1; }
	@test -x $(BIN)/pip || $(MAKE) --no-print-directory venv
	@echo "Setting up $(VENV) (once; again only when the pins change)…" >&2
	@$(INSTALL) -c constraints.txt -e .
	@touch $@

$(DEVELOP): $(READY)
	@echo "Adding what tests and checks need…" >&2
	@$(INSTALL) 'pip>=25.1'
	@$(INSTALL) -c constraints.txt --group test --group lint
	@touch $@

# Debian ships Python without pip. Its package of it is unpacked into the environment: that needs no
# rights, and changes nothing of the machine.
.PHONY: venv
venv:
	@$(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 && exit 0; \
	echo "This Python has no pip: taking the one that apt knows, for $(VENV) alone…" >&2; \
	$(PYTHON) -m venv --clear --without-pip $(VENV) && cd $(VENV) && mkdir -p apt/lists/partial \
	&& apt="apt-get -qq -o Dir::State::Lists=$$PWD/apt/lists -o Dir::Cache=$$PWD/apt -o APT::Sandbox::User=$$(id -un)" \
	&& $$apt update && $$apt download python3-pip-whl && dpkg -x python3-pip-whl_*.deb apt \
	&& set -- apt/usr/share/python-wheels/pip-*.whl && bin/python $$1/pip install -q --no-index $$1 \
	&& rm -rf apt python3-pip-whl_*.deb && exit 0; \
	echo "Python's venv module is missing. On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1
