# Thin on purpose: each target is one command a person could type. `make help` lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
PARALLEL ?= 2
PORT ?= 3000

.DEFAULT_GOAL := help
.PHONY: help setup run test test-fast lint lint-python lint-rooms lint-sql types format messages check dbt columns capacity manifest docs dev bench bench-reading bench-costs bench-narrative bench-prose bench-memory bench-forged bench-audit bench-unknown bench-nightly bench-growth bench-explore bench-formats bench-faults bench-scans bench-ray bench-lake readings mutate clean

help: ## list the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(INSTALLED) ## create .venv and install the locked dependencies (other targets do it on first use)

$(INSTALLED): requirements.lock pyproject.toml
	@echo "setup: creating $(VENV) with $$($(PYTHON) --version) and installing requirements.lock into it; this takes a few minutes"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "setup: Python 3.11 or newer is needed; name one with make PYTHON=python3.11" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
	@echo "setup: done; the command is $(BIN)/juesuan"

run: $(INSTALLED) ## read everything new under data/raw and build the warehouse
	$(BIN)/juesuan run

test: $(INSTALLED) ## what CI runs: lint, types and the whole test suite
	$(MAKE) --jobs=$(PARALLEL) lint types
	$(BIN)/pytest -n $(PARALLEL) --dist loadfile --no-loadscope-reorder

test-fast: $(INSTALLED) ## unit and architecture tests and doctests only
	$(BIN)/pytest tests/unit tests/architecture pipelines

lint: lint-sql lint-python lint-rooms ## ruff, import-linter and sqlfluff

lint-python: $(INSTALLED) ## ruff alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lint-rooms: $(INSTALLED) ## import-linter alone
	$(BIN)/lint-imports

lint-sql: $(INSTALLED) ## sqlfluff alone
	JUESUAN_WAREHOUSE_PATH=$(CURDIR)/data/warehouse/lint.duckdb $(BIN)/sqlfluff lint --processes $(PARALLEL) dbt_project/models dbt_project/tests

types: $(INSTALLED) ## mypy, strict
	$(BIN)/mypy

messages: $(INSTALLED) ## add what the command says anew to its message catalogue, to be translated
	$(BIN)/python -m tests.messages

format: $(INSTALLED) ## ruff format, ruff --fix and sqlfluff fix
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	JUESUAN_WAREHOUSE_PATH=$(CURDIR)/data/warehouse/lint.duckdb $(BIN)/sqlfluff fix dbt_project/models dbt_project/tests

check: $(INSTALLED) lint types manifest test-fast ## everything quick: lint, types, dbt parse, fast tests, Dagster definitions
	$(DG) check defs

# Dagster keeps runs and schedules there, and reads its own settings from dagster.yaml in it.
DG := DAGSTER_HOME=$(CURDIR)/.dagster $(BIN)/dg

DOCS_DIRS := --project-dir $(CURDIR)/docs/site/dbt/project --profiles-dir $(CURDIR)/docs/site/dbt/project
DBT_DIRS := --project-dir $(CURDIR)/dbt_project --profiles-dir $(CURDIR)/dbt_project
DBT := JUESUAN_WAREHOUSE_PATH=$(CURDIR)/data/warehouse/dbt/juesuan.duckdb $(BIN)/dbt

dbt: $(INSTALLED) ## build and test the dbt project, unit tests too, in a copy of the warehouse
	mkdir -p $(CURDIR)/data/warehouse/dbt
	cp $(CURDIR)/data/warehouse/juesuan.duckdb $(CURDIR)/data/warehouse/dbt/juesuan.duckdb
	$(DBT) build $(DBT_DIRS)

columns: $(INSTALLED) ## write what follows from the seeds of labels: what dbt says of columns, and lists in docs/zh
	$(BIN)/python -m pipelines.exploring.column_docs dbt_project
	$(BIN)/python -m pipelines.exploring.chinese_pages dbt_project docs

capacity: $(INSTALLED) ## write docs/capacity.md, in both languages, from docs/performance/unit_costs.csv
	$(BIN)/python -m pipelines.exploring.capacity_page docs/performance/unit_costs.csv docs

manifest: $(INSTALLED) ## dbt parse
	$(DBT) parse $(DBT_DIRS)

docs: $(INSTALLED) ## the dbt docs site as one static page with a page for each identity, form and class, docs/site/index.html
	mkdir -p docs/site/dbt
	$(BIN)/python -m pipelines.exploring.identity_pages dbt_project docs/site/dbt/project data/warehouse/juesuan.duckdb
	$(BIN)/python -m pipelines.exploring.name_pages docs/site/dbt/project
	@# A copy: the warehouse may be replaced meanwhile. Without one the site lacks the columns' types.
	test ! -f data/warehouse/juesuan.duckdb || cp data/warehouse/juesuan.duckdb docs/site/dbt/juesuan.duckdb
	JUESUAN_WAREHOUSE_PATH=$(CURDIR)/docs/site/dbt/juesuan.duckdb $(BIN)/dbt docs generate --static $(DOCS_DIRS) --target-path $(CURDIR)/docs/site/dbt
	cp docs/site/dbt/static_index.html docs/site/index.html

dev: $(INSTALLED) ## the Dagster UI, on 127.0.0.1:3000 or make dev PORT=...
	$(DG) dev --host 127.0.0.1 --port $(PORT)

bench: $(INSTALLED) ## measure a first and a second run on the sample documents
	$(BIN)/python tests/benchmarks/measure_runs.py

bench-reading: $(INSTALLED) ## measure reading speed against pdfplumber, camelot and bare pdfium
	PYTHONPATH=. $(BIN)/python tests/benchmarks/reading_speed.py

bench-costs: $(INSTALLED) ## measure what reading a document takes in each format, and how large it is
	PYTHONPATH=. $(BIN)/python -W ignore tests/benchmarks/reading_costs.py

bench-memory: $(INSTALLED) ## watch the memory of a process that reads a thousand documents
	PYTHONPATH=. $(BIN)/python tests/benchmarks/reading_memory.py

bench-narrative: $(INSTALLED) ## measure how fast prose is read into claims
	PYTHONPATH=. $(BIN)/python tests/benchmarks/narrative_speed.py

bench-prose: $(INSTALLED) ## how much of the prose that strangers wrote is read right
	PYTHONPATH=. $(BIN)/python tests/benchmarks/strangers_prose.py

bench-forged: $(INSTALLED) ## read a thousand forged documents back, figure for figure, and watch memory
	PYTHONPATH=. $(BIN)/python tests/benchmarks/forged_corpus.py

bench-audit: $(INSTALLED) ## change single digits by the thousand: noticed, and blamed on the right figure?
	PYTHONPATH=. $(BIN)/python -W ignore tests/benchmarks/audit.py

bench-unknown: $(INSTALLED) ## replace words by nonsense: is every number still a figure, and none misnamed?
	PYTHONPATH=. $(BIN)/python tests/benchmarks/unknown_wording.py

bench-nightly: $(INSTALLED) ## measure nights, kill fifty at random moments, and compare what the next ones make
	PYTHONPATH=. $(BIN)/python tests/benchmarks/nights.py

bench-growth: $(INSTALLED) ## measure what 100, 1,000 and 10,000 documents cost to build, to add to, to load and to ask
	PYTHONPATH=. $(BIN)/python -W ignore tests/benchmarks/growth.py

bench-explore: $(INSTALLED) ## measure the explorer in a browser, on ten thousand documents
	PYTHONPATH=. $(BIN)/python -W ignore tests/benchmarks/explorer.py

bench-formats: $(INSTALLED) ## read the same disclosures in every format: is every figure that of the Word file?
	PYTHONPATH=. $(BIN)/python tests/benchmarks/formats.py

bench-faults: $(INSTALLED) ## spoil PDFs the way pages are spoilt: is every figure still read, and none wrong?
	PYTHONPATH=. $(BIN)/python tests/benchmarks/page_faults.py

bench-scans: $(INSTALLED) ## scan documents in every condition: what is right before and after the repair, and what it takes
	PYTHONPATH=. $(BIN)/python tests/benchmarks/scans.py

bench-ray: $(INSTALLED) ## read on a Ray cluster of two nodes on this machine: the same rows, and at what cost? needs juesuan[ray]
	PYTHONPATH=. $(BIN)/python -W ignore tests/benchmarks/ray_cluster.py

bench-lake: $(INSTALLED) ## load, build and ask a file and a lake: the same rows, and at what cost? needs PostgreSQL
	PYTHONPATH=. $(BIN)/python -W ignore tests/benchmarks/lake.py

SEED ?= 1
readings: $(INSTALLED) ## write anew what is made of fixed documents and what identities bind (tests/golden), to be read as a diff
	PYTHONPATH=. $(BIN)/python -W ignore -m tests.golden.readings
	PYTHONPATH=. $(BIN)/python -W ignore -m tests.golden.equations

mutate: $(INSTALLED) ## change the project by one sign, bound or condition at a time: do tests notice? make mutate SEED=...
	PYTHONPATH=. $(BIN)/python -W ignore -m tests.mutating --seed $(SEED)

clean: ## remove what tools wrote, but neither .venv nor the warehouse
	rm -rf docs/site dbt_project/target dbt_project/logs logs build htmlcov .coverage \
		.pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
