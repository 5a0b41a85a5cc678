# Two commands are all a newcomer needs: `make run` and `make test`. Both can be run again at any time.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench quality lock

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/app.stamp ## make .venv with what the server needs

run: setup ## serve on http://127.0.0.1:8000 with the embedded voice and a demo account
	@echo "== Preparing the database and the static files"
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@$(BIN)/python manage.py load_demo
	@echo "== Serving on http://$(ADDRESS):$(PORT) (Ctrl-C stops)"
	@exec $(BIN)/python -m uvicorn tts_project.asgi:application --host $(ADDRESS) --port $(PORT) \
		--loop uvloop --http httptools --reset-contextvars --timeout-graceful-shutdown 10 --no-access-log --log-level warning \
		--ws-max-size 65536 --ws-per-message-deflate false

test: $(VENV)/test.stamp check ## check the code, then run every test, three browsers included
	@tests/install_debian_packages.sh
	@PYTHON=$(PYTHON) tests/install_piper.sh
	@echo "== Tests, those in browsers beside the others"
	@$(BIN)/pytest -m "browser and not quality" >$(VENV)/browser-tests.log 2>&1 & browsers=$$!; \
		$(BIN)/pytest -m "not browser and not quality"; others=$$?; \
		echo "== Tests in browsers"; wait $$browsers; browsers=$$?; cat $(VENV)/browser-tests.log; \
		exit $$((others | browsers))

check: $(VENV)/test.stamp ## style, types, import contracts, migrations
	@echo "== Style";            $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "== Types";            $(BIN)/mypy
	@echo "== Import contracts"; $(BIN)/lint-imports
	@echo "== Migrations";       $(BIN)/python manage.py makemigrations --check --dry-run && $(BIN)/python manage.py check

format: $(VENV)/test.stamp ## put the code into shape
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: $(VENV)/test.stamp ## measure every target of docs/performance.md as a ratio, in one run
	@$(BIN)/python -m bench

quality: $(VENV)/test.stamp ## judge the voices with DistillMOS (installs torch)
	@$(BIN)/python -m venv --system-site-packages $(VENV)-quality
	@echo "$(CURDIR)/$(VENV)/lib/python3.11/site-packages" > $(VENV)-quality/lib/python3.11/site-packages/app.pth
	@$(VENV)-quality/bin/pip install --quiet --no-deps --requirement requirements/quality.txt
	@$(VENV)-quality/bin/python -m pytest -m quality tests/quality

lock: $(VENV)/test.stamp ## write requirements/*.txt anew from pyproject.toml
	@$(BIN)/pip install --quiet uv && requirements/lock.sh

$(BIN)/python:
	@echo "== Making $(VENV)"
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || \
		{ echo "== Installing python3-venv"; apt-get update -q && apt-get install -y -q python3-venv && $(PYTHON) -m venv $(VENV); }

$(VENV)/app.stamp: requirements/app.txt | $(BIN)/python
	@echo "== Installing what the server needs (about a minute the first time)"
	@$(BIN)/pip install --disable-pip-version-check --progress-bar off --require-hashes -r requirements/app.txt | grep -E '^(Collecting|Successfully)' || true
	@$(BIN)/python -c 'import django' && touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/app.stamp
	@echo "== Installing what the tests need"
	@$(BIN)/pip install --disable-pip-version-check --progress-bar off --require-hashes -r requirements/test.txt | grep -E '^(Collecting|Successfully)' || true
	@$(BIN)/python -c 'import pytest' && touch $@
