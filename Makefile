# A machine with python3 and make is enough: each target makes the environment that it needs.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INSTALL = $(if $(shell command -v uv),uv pip install --quiet --python $(BIN)/python,$(BIN)/pip install --quiet --disable-pip-version-check)
export PYTHONUTF8 := 1
unexport PYTHONPATH

.PHONY: demo test check lint mutants traceability gate release bench lock serve site contract clean help

help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# The demonstration needs the command alone; tests and checks need the rest.
$(VENV)/outils: pyproject.toml | $(BIN)/python
	@echo "Installing the command and its tools (a minute or two)…"
	$(INSTALL) --editable ".[outils]"
	@touch $@

$(VENV)/installed: pyproject.toml | $(BIN)/python
	@echo "Installing the package with what its tests need (a minute or two)…"
	$(INSTALL) --editable ".[dev]"
	@touch $@ $(VENV)/outils

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; set PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "python3 cannot make an environment (on Debian: apt-get install python3-venv)"; exit 1; }

demo: $(VENV)/outils ## one payment plan, then two reforms on the real region of Provence-Alpes-Côte d'Azur
	$(BIN)/openfisca-cpts schedule examples/cpts_fictives.csv --id fictive-02
	$(BIN)/openfisca-cpts simulate examples/cpts_paca.csv --from 2026 --to 2028 \
		--reform part_variable_60 --reform nouveaux_seuils --variantes \
		--output sorties/cpts_paca.xlsx --report sorties/cpts_paca.html
	@echo
	@echo "À ouvrir : sorties/cpts_paca.html (le rapport) et sorties/cpts_paca.xlsx (le classeur)."

# One process for the YAML tests: those of one name in a file have one id, and would run once.
test: $(VENV)/installed ## every test, on all cores
	$(BIN)/pytest tests/yaml
	$(BIN)/pytest --numprocesses auto tests/python

check: $(VENV)/installed ## sources, notes and statuts of every figure, and the tests that assert it
	$(BIN)/openfisca-cpts check

lint: $(VENV)/installed ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/yamllint --strict .
	$(BIN)/mypy

mutants: $(VENV)/installed ## every figure of the law, changed one at a time: a test must notice
	$(BIN)/openfisca-cpts mutants

traceability: $(VENV)/installed ## from each line of a document to the tests that assert its figure
	$(BIN)/openfisca-cpts traceability --output sorties/tracabilite.csv

gate: $(VENV)/installed ## the version and the changelog say what changed since the last release
	$(BIN)/python .ci/change_gate.py

release: $(VENV)/installed ## store this version as the last release
	$(BIN)/python .ci/change_gate.py --store

bench: $(VENV)/installed ## ratios of speed
	$(BIN)/python benchmarks/loading.py
	$(BIN)/python benchmarks/yearly_scale.py
	$(BIN)/python benchmarks/years.py
	$(BIN)/python benchmarks/payments.py
	$(BIN)/python benchmarks/simulation.py
	$(BIN)/python benchmarks/sweep.py

lock: $(VENV)/installed ## the versions of the command's libraries, into requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --extra outils --universal --upgrade --quiet \
		--no-header --no-emit-index-url --no-annotate --output-file requirements.lock

serve: $(VENV)/outils ## the Web API on port 5000
	$(BIN)/openfisca serve --country-package openfisca_cpts --port 5000

site: $(VENV)/installed ## the review site, into site/
	$(BIN)/python -m openfisca_cpts.outils.site

contract: $(VENV)/installed ## store the public contract after a wanted change
	$(BIN)/python tests/python/public_contract.py

clean: ## remove what the targets made
	rm -rf $(VENV) build dist sorties site *.egg-info
