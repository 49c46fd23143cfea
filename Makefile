# Two commands: `make run` and `make test`. Nothing needs to be installed by hand but Python and make.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: run test setup-test lint format bench lock sample picture clean

run: $(VENV)/.installed
	$(BIN)/funnel nightly --config data/sample/funnel.toml

# A file of tests stays in one process: what it builds for all of them is built once. The longest
# files come first (tests/conftest.py).
test: setup-test
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# What the tests need beside Python packages, from Debian: a headless Chromium, a CJK font, pdftotext
# and the programs of a PostgreSQL server.
setup-test: $(VENV)/.installed-dev
	@sh tests/browser/setup.sh
	@sh tests/ingest/database/setup.sh

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --disable-progress-bar sql docs/sql

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# One line a figure, and bench/RESULTS.md. One benchmark, large: BENCH="ingest --rows 10000000".
bench: $(VENV)/.installed-dev
	$(BIN)/python -m bench $(BENCH)

sample: $(VENV)/.installed-dev
	$(BIN)/funnel sample --into data/sample

# The README's pictures of the sample's pages, and the week on paper.
picture: run setup-test
	$(BIN)/python tests/browser/picture.py reports docs
	$(BIN)/funnel report --config data/sample/funnel.toml --lang zh --pdf
	cp reports/2026-W46.pdf docs/sample-week.pdf

# Name, version and hashes of every package; no registry is named.
lock: $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --extra build --extra sample \
		-o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --extra dev \
		-c requirements.lock -o requirements-dev.lock pyproject.toml

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# The project itself is installed without its dependencies, which the lock has brought. The small
# bundle of plotly.js comes beside them where npm can bring it.
$(VENV)/.installed: $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python tools/plotly_basic.py || true
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf $(VENV) data/lake data/quarantine data/runs data/*.duckdb reports/assets
