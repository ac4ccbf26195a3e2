# make demo    sets everything up and builds the graph of the sample articles
# make test    sets everything up and runs all tests that are not slow
# make help    the other targets

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The CPU build of torch, for a machine with a network, where the default wheel for Linux brings gigabytes of CUDA:
#   make demo TORCH_INDEX=https://download.pytorch.org/whl/cpu
TORCH_INDEX ?=
TORCH := torch==$(shell sed -n 's/^torch==//p' constraints.txt)
export OMP_NUM_THREADS := 1

.PHONY: help demo test lint slow bench screenshots analyses docs clean

help:
	@sed -n 's/^#: //p' Makefile

$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kg needs Python 3.11 or newer; name one with make PYTHON=…")'
	$(PYTHON) -m venv $(VENV)
	$(if $(TORCH_INDEX),$(BIN)/pip install --quiet --index-url $(TORCH_INDEX) $(TORCH))
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.made pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $(VENV)/.installed $@

#: demo         set up, build the graph of the sample articles in demo/, ask two queries, name the page
demo: $(VENV)/.installed
	$(BIN)/kg build samples -o demo
	@echo; echo '$$ kg query who_spoke_with_whom --graph demo'
	@$(BIN)/kg query who_spoke_with_whom --graph demo --limit 12
	@echo; echo '$$ kg query planned_never_held --graph demo'
	@$(BIN)/kg query planned_never_held --graph demo --limit 12
	@echo; echo "Open demo/graph.html in a browser."

#: test         set up, check style, types and imports, run every test but the slow ones
test: lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow" $(ARGS)

#: lint         ruff, mypy, the direction of imports
lint: $(VENV)/.installed-test
	$(BIN)/ruff check kg tests
	$(BIN)/mypy
	$(BIN)/lint-imports

#: slow         the tests that take long: live models over much text, soak
slow: $(VENV)/.installed-test
	$(BIN)/python -m pytest -m slow $(ARGS)

#: bench        the benchmarks, as ratios in one run
bench: $(VENV)/.installed-test
	$(BIN)/python -m pytest -s -m slow tests/benchmarks $(ARGS)

#: screenshots  pictures of the page of the samples, in docs/images
screenshots: $(VENV)/.installed-test
	$(BIN)/kg build samples -o demo
	$(BIN)/python -m tests.browser.screenshots demo docs/images

#: analyses     the stored analyses that rule and speech tests run from, made anew with the shipped models
analyses: $(VENV)/.installed-test
	$(BIN)/python -m tests.sentences
	$(BIN)/python -m tests.passages
	$(BIN)/python -m tests.entity_passages

#: docs         the list of rules in docs/rules.md, and the HTML reference of the ontology, in docs/ontology
docs: $(VENV)/.installed-test
	$(BIN)/python -m kg.upkeep.rulebook docs/rules.md
	@mkdir -p docs/ontology
	$(BIN)/python -m kg.upkeep.ontology_page docs/ontology/index.html

#: clean        take away what the targets have made, the environment too
clean:
	rm -rf $(VENV) demo out build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
