# Two commands matter: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run format lint types static check test coverage messages bench shots demo-reset
export PORT TESTS

PYTHON := .venv/bin/python
# What a production start would see; keys that protect nothing
PRODUCTION := env -u DEBUG SECRET_KEY=check-only-key-of-no-installation-0123456789-abcdefghijklmnop \
	PACKET_KEYS=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
	LETTER_CERTIFICATE=var/check-only.pem \
	ALLOWED_HOSTS=sko.example SITE_URL=https://sko.example TRUSTED_PROXIES=1

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

setup: ## the environment alone, in .venv and node_modules (TESTS=1: with the browser for tests)
	@bin/setup

run: ## start web, worker and beat (PORT=8000); the demo company is loaded on the first start
	@bin/setup
	@$(PYTHON) bin/run

lint: setup ## ruff, djlint, djangofmt; nothing is changed
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/djangofmt --check templates

format: setup ## bring code and templates to the format that lint asks for
	.venv/bin/django-upgrade --exit-zero-even-if-changed --target-version 5.2 $$(git ls-files '*.py' ':!*/migrations/*')
	.venv/bin/ruff check --fix --exit-zero --quiet .
	.venv/bin/ruff format .
	.venv/bin/djangofmt templates

types: setup ## mypy
	.venv/bin/mypy .

static: lint types ## all that no test says: lint, types, imports, migrations, production settings
	.venv/bin/lint-imports
	$(PYTHON) manage.py makemigrations --check --dry-run
	@mkdir -p var  # VAR_DIR may be elsewhere
	@test -f var/check-only.pem || $(PYTHON) manage.py draw_letter_certificate var/check-only.pem
	$(PRODUCTION) $(PYTHON) manage.py check --deploy --fail-level WARNING

check: static ## static, and the tests that need neither a browser nor long
	.venv/bin/pytest -n 2 -m "not browser and not long"

ifdef APP
# events/packets has its tests in events/tests/packets
app := $(firstword $(subst /, ,$(APP)))
test: setup
	.venv/bin/pytest $(app)/tests$(patsubst $(app)%,%,$(APP))
else
test: export TESTS = 1
test: static ## everything that must hold; APP=events/packets: the tests of that alone
	.venv/bin/pytest -n 2
endif

coverage: export TESTS = 1
coverage: setup ## which lines and branches the tests leave out, in var/coverage
	@mkdir -p var
	.venv/bin/pytest -n 2 --cov --cov-report=term:skip-covered --cov-report=html:var/coverage

messages: setup ## bring the catalogues of letters (locale/) to what their source says, and compile them
	$(PYTHON) bin/messages

bench: setup ## measure pages, imports and the tick (ROWS=agenda,team: only those); writes var/bench.json
	$(PYTHON) manage.py bench --rows="$(ROWS)"

shots: export TESTS = 1
shots: setup ## a screenshot of every page for every role, into shots/
	$(PYTHON) manage.py shots

demo-reset: setup ## throw this machine's data away and load the demo company again
	@$(PYTHON) bin/demo-reset
