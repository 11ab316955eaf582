# From a checkout to a running site: `make run`. Needs git, make and Python 3.11 with venv, nothing else.

PYTHON ?= python3
IN := .venv/bin/python
INSTALL := $(IN) -m pip install -qq --disable-pip-version-check --no-input

python_fits = $(shell $(PYTHON) -c 'import sys, venv, ensurepip; print(sys.version_info >= (3, 11) or "")' 2>/dev/null)
python_needed = Margin needs Python 3.11 or newer with venv: on Debian 12, `apt-get install git make python3-venv` gives it

.PHONY: help run test lint format drill bench lock

help:
	@echo "make run    start the site at http://localhost:8000/ (another port: make run PORT=8001)"
	@echo "make test   run every test on SQLite, and on PostgreSQL those that a database can change (some of them: make test ARGS=tests/browser)"
	@echo "make lint   check the layout and the usual faults of the Python code (mend the layout: make format)"
	@echo "make drill  run what is too long for every test run: crashes, floods, backups under load, … (some of them: make drill ARGS=crashes)"
	@echo "make bench  measure speed: beside nginx and a stock django CMS page, cold, and with many records (needs nginx and wrk)"
	@echo "make lock   write the lock files anew from requirements*.txt (newer packages: make lock ARGS=--upgrade)"

# PORT, when given, reaches the command through the environment.
run: .venv/runtime
	@exec $(IN) manage.py start

test: .venv/development
	@exec $(IN) -m tests $(ARGS)

lint: .venv/development
	@.venv/bin/ruff check --quiet . && .venv/bin/ruff format --quiet --check .

format: .venv/development
	@.venv/bin/ruff check --quiet --fix-only --select I . && .venv/bin/ruff format --quiet .

drill: .venv/development
	@exec $(IN) -m tests.drill $(ARGS)

bench: .venv/development
	@exec $(IN) -m benchmarks

# The names of package indexes belong to whoever runs this, not in the lock.
compile = $(IN) -m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host $(ARGS)

lock: export CUSTOM_COMPILE_COMMAND = make lock
lock: | .venv/made
	@$(INSTALL) pip-tools==7.6.2
	@$(compile) --output-file requirements.lock requirements.txt
	@$(compile) --output-file requirements-dev.lock requirements-dev.txt

# Three empty files say how far the environment has come. An installation that is broken off takes `made`
# with it, so that the next one starts from an empty environment instead of half a package.
.venv/made:
	$(if $(python_fits),,$(error $(python_needed)))
	@echo "Making the Python environment in .venv …"
	@$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/runtime: requirements.lock | .venv/made
	@echo "Installing the packages (about half a minute) …"
	@rm .venv/made
	@$(INSTALL) --require-hashes --requirement requirements.lock
	@touch .venv/made $@

.venv/development: requirements-dev.lock | .venv/made
	@echo "Installing the packages and the test tools (about a minute) …"
	@rm .venv/made
	@$(INSTALL) --require-hashes --requirement requirements-dev.lock
	@touch .venv/made $@
