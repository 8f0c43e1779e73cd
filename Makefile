# Tự Soi. `make help` lists what there is; everything works from a clean clone with Python >= 3.11.
# As root on Debian, missing system packages are installed; elsewhere they are named.

PORT ?= 8000
HOST ?= 127.0.0.1
FILE ?=
ARGS ?=
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
export DJANGO_SETTINGS_MODULE ?= config.settings.dev
SERVE = $(PYTHON) -m gunicorn config.wsgi --bind $(HOST):$(PORT) --workers 2

.DEFAULT_GOAL := help
.PHONY: coverage queries help setup demo run test test-embedded test-servers nightly lint format bench backup restore lock messages

help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

.venv/run-ready: requirements.txt deploy/prepare
	bash deploy/prepare run

.venv/dev-ready: requirements.txt requirements-dev.txt deploy/prepare
	bash deploy/prepare dev

setup: .venv/run-ready ## Prepare an empty installation in this folder
	bash deploy/first_settings
	$(PYTHON) deploy/compile_messages.py
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) load_regulations
	@echo
	@echo "Ready. Next: $(MANAGE) createsuperuser, then make run, then follow the checklist on the first page."

demo: .venv/run-ready ## Load the demonstration province and serve it [PORT=8000]
	$(PYTHON) deploy/compile_messages.py
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) load_demo
	$(MANAGE) demo_logins
	@echo
	@echo "Mở / open http://$(HOST):$(PORT)/"
	PUBLIC_URL=http://$(HOST):$(PORT) $(SERVE)

run: .venv/run-ready ## Serve this installation on the loopback [PORT=8000]
	$(PYTHON) deploy/compile_messages.py
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) load_regulations
	$(SERVE)

test: .venv/dev-ready ## Lint, then all tests on SQLite, then on PostgreSQL with Redis, a worker and beat
	$(PYTHON) deploy/compile_messages.py
	@mkdir -p var; { bash deploy/lint >var/lint.log 2>&1; echo $$? >var/lint.status; } & \
	$(PYTHON) -m tests.run; tests=$$?; wait; cat var/lint.log; exit $$((tests + $$(cat var/lint.status)))

test-embedded: .venv/dev-ready ## Tests on SQLite only [ARGS="tests/orgs -x"]
	$(PYTHON) deploy/compile_messages.py
	$(PYTHON) -m tests.run --embedded -- $(ARGS)

test-servers: .venv/dev-ready ## Tests on a private PostgreSQL and Redis only [ARGS="tests/orgs -x"]
	$(PYTHON) deploy/compile_messages.py
	$(PYTHON) -m tests.run --servers -- $(ARGS)

queries: .venv/dev-ready ## Tests on SQLite, failing on pages that load related rows one by one [ARGS=...]
	ZEAL=1 $(PYTHON) -m tests.run --embedded -- -m "not processes" $(ARGS)

coverage: .venv/dev-ready ## Tests on SQLite counting branches, failing below the floor
	$(PYTHON) deploy/compile_messages.py
	$(PYTHON) -m tests.run --coverage

nightly: .venv/dev-ready ## What test runs at small named sizes, at full size; then coverage
	NIGHTLY=1 $(MAKE) --no-print-directory test
	$(MAKE) --no-print-directory coverage

lint: .venv/dev-ready ## ruff, djlint, import contracts, types of the pure modules, system checks, migrations
	$(PYTHON) deploy/compile_messages.py
	bash deploy/lint

format: .venv/dev-ready ## Bring Python files into the one form
	.venv/bin/ruff check --fix --quiet . || true
	.venv/bin/ruff format .

bench: .venv/dev-ready ## Measure pages, submit, import and dossiers against their floors
	$(PYTHON) -m benchmarks.run

backup: .venv/run-ready ## Write database and uploads into one archive [FILE=var/backups/....tar]
	$(MANAGE) backup $(FILE)

restore: .venv/run-ready ## Put an archive back into an empty installation: FILE=archive [ARGS=--force]
	@test -n "$(FILE)" || { echo "Say which archive: make restore FILE=var/backups/NAME.tar"; exit 2; }
	$(MANAGE) restore $(FILE) $(ARGS)

messages: .venv/dev-ready ## Collect the sentences to translate and compile the catalogue (needs gettext)
	$(MANAGE) makemessages -l vi --no-obsolete --no-wrap --add-location file -i .venv -i tests -i benchmarks -i var
	$(PYTHON) deploy/compile_messages.py

lock: .venv/dev-ready ## Lock requirements again, with hashes
	for name in requirements requirements-dev; do .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --universal --python-version 3.11 --custom-compile-command "make lock" $$name.in -o $$name.txt; done
