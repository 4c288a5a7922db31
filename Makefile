# Everything is one command. `make` alone lists them; variables are given as in `make demo PORT=8001`.
PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
JOBS ?= 2
ARGS ?=
bin = $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test lint checks bench messages runtime develop requirements

help: ## List these targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

demo: runtime ## Run the site with demo content at http://127.0.0.1:8000/ (PORT=, DATABASE_URL=, REDIS_URL=)
	@PORT=$(PORT) $(bin)/python -m tools.demo

test: develop ## Run the whole suite (STRICT=1: a skipped group fails; ARGS="-k word": a part of it)
	@STRICT=$(STRICT) $(bin)/python -m tools.suite -n $(JOBS) --dist worksteal $(ARGS)

lint: develop ## Check the style of Python and templates
	@$(bin)/ruff check .
	@$(bin)/ruff format --check .
	@! find . -path ./$(VENV) -prune -o -name '*.html' -print | grep -q . || $(bin)/djlint --quiet --lint .

checks: develop ## Check migrations and the production settings
	@$(bin)/python manage.py makemigrations --check --dry-run
	@SECRET_KEY=$$($(bin)/python -c 'import secrets; print(secrets.token_urlsafe(64))') ALLOWED_HOSTS=localhost \
		EMAIL_URL=consolemail:// DJANGO_SETTINGS_MODULE=cms.settings.production $(bin)/python manage.py check --deploy --fail-level WARNING

bench: runtime ## Measure requests at 10,000 offers and 10,000 events (ARGS="name", DATABASE_URL= of a server)
	@$(bin)/python -m tools.bench $(ARGS)

messages: develop ## Collect texts to translate; fails where a language lacks one (needs gettext)
	@$(bin)/python manage.py update_catalogues
	@$(bin)/python manage.py update_supplement

requirements: develop ## Pin requirements.txt and requirements-dev.txt anew from the .in files
	@$(bin)/pip-compile --quiet --strip-extras --no-header --no-emit-index-url --no-emit-find-links requirements.in
	@$(bin)/pip-compile --quiet --strip-extras --no-header --no-emit-index-url --no-emit-find-links --unsafe-package pip requirements-dev.in

# A virtual environment with the pinned requirements; made anew only when those change.
runtime:
	@$(PYTHON) tools/environment.py $(VENV) requirements.txt

develop:
	@$(PYTHON) tools/environment.py $(VENV) requirements.txt requirements-dev.txt
