# Two commands do everything: `make demo` shows it, `make run` is it. PORT=8080 and DATA=folder choose port and folder.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo run test check format bench chaos docs vendor clean

PYTHON := .venv/bin/python
READY := .venv/.ready
TOOLS := .venv/.ready-for-tests
SCRIPT_TOOLS := node_modules/.ready

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -e 's/:.*## /\t/' | while IFS=$$'\t' read -r name what; do printf '  make %-8s %s\n' "$$name" "$$what"; done

demo: $(READY) ## the server with a demonstration agency and meeting (in demo-data, or DATA=…)
	@DATA="$${DATA:-demo-data}" exec $(PYTHON) run.py demo

run: $(READY) ## the server (in data, or DATA=…); the first visit creates the administrator
	@exec $(PYTHON) run.py serve

# Hundreds of processes are started: none of them compiles again what another has.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(TOOLS) $(SCRIPT_TOOLS) ## everything that is checked and tested, HANDS=… at once; installs Chromium, LibreOffice and Node when root
	@scripts/install-test-tools.sh & tools=$$!; $(MAKE) --no-print-directory check || { wait $$tools; exit 1; }; wait $$tools
	@node --test tests/js/*.test.js
	@$(PYTHON) -m compileall -q -j 0 run.py meetingroom
	@$(PYTHON) -m pytest -n $(or $(HANDS),$(shell expr $$(nproc) + 1)) --dist worksteal --reruns 2 --reruns-delay 1 --durations 15

check: $(TOOLS) $(SCRIPT_TOOLS) ## lint, format, types, translations; of Python, scripts and sheets
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@node_modules/.bin/biome check --error-on-warnings
	@ln -sfn ../static/js types/js
	@node_modules/.bin/tsc --project types/jsconfig.json
	@node_modules/.bin/tsc --project types/strict.json
	@$(PYTHON) scripts/translations.py check

format: $(TOOLS) $(SCRIPT_TOOLS) ## lets ruff and Biome format and sort
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .
	@node_modules/.bin/biome check --fix

bench: $(TOOLS) ## measures (bench/README.md says what)
	@$(PYTHON) -m bench

chaos: $(TOOLS) ## three minutes of killing everything at random (CHAOS_SECONDS=180 SEED=… EDGES=3); nothing may be lost
	@$(PYTHON) -m tests.chaos --seconds $(or $(CHAOS_SECONDS),180) $(if $(SEED),--seed $(SEED)) $(if $(EDGES),--edges $(EDGES))

docs: $(READY) ## writes the pages of commands, events and addresses anew
	@$(PYTHON) scripts/commands.py
	@$(PYTHON) scripts/events.py
	@$(PYTHON) scripts/routes.py

vendor: ## fetches browser libraries, icons and fonts anew
	@scripts/vendor.sh

clean: ## removes what was made, but no data
	@rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
	@rm -f meetingroom/translations/vi/LC_MESSAGES/messages.mo

$(READY): requirements.txt scripts/make-venv.sh
	@scripts/make-venv.sh requirements.txt
	@touch $@

$(TOOLS): requirements.txt requirements-dev.txt scripts/make-venv.sh
	@scripts/make-venv.sh requirements-dev.txt
	@touch $(READY) $@

$(SCRIPT_TOOLS): package.json package-lock.json scripts/make-node-modules.sh
	@scripts/make-node-modules.sh
	@touch $@
