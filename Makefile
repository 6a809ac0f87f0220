# Everything runs in .venv, which the first target makes with any Python from 3.10 on and pip.
PYTHON ?= python3
WORKERS ?= auto
LOGS ?= runs
RESULTS ?= benchmarks/results
# A clone of the paper's code (github.com/tue147/neurflow), to be compared with.
REFERENCE ?=
# Such as --quick, or --rounds 5.
BENCH ?=

FRONTEND := neurflow_lightning/tensorboard_plugin/frontend
VENV := .venv
BIN := $(VENV)/bin
OLDEST := .venv-oldest
# What is in the environment: a stamp for each set of extras, renewed when pyproject.toml changes.
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
# The workers share the cores: one thread each is faster than all threads fighting.
TESTS := -m pytest -n $(WORKERS) --maxprocesses 4
PYTEST := OMP_NUM_THREADS=1 $(BIN)/python $(TESTS)

benchmark = $(BIN)/python benchmarks/$(1).py $(2) --out $(RESULTS)/$(1).json --markdown $(RESULTS)/$(1).md

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow test-oldest doctest lint types frontend-check pictures bench dev clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

demo: $(READY) ## train on digits, watch the circuits form (about two minutes)
	$(BIN)/python examples/digits_demo.py --root $(LOGS) --tensorboard $(BIN)/tensorboard

test: $(READY) ## the tests, without the slow ones
	$(PYTEST) -m "not slow" tests

test-slow: $(READY) ## the slow tests alone: every torchvision classifier
	$(PYTEST) -m slow tests

test-oldest: $(OLDEST)/.ready ## the tab's tests on the oldest TensorBoard (wants Python 3.12 or older)
	OMP_NUM_THREADS=1 PYTHONPATH=. $(OLDEST)/bin/python $(TESTS) tests/tensorboard_plugin

doctest: $(READY) ## the examples in the docstrings
	$(BIN)/python -m pytest --doctest-modules neurflow_lightning

lint: $(READY_DEV) ## ruff and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(READY_DEV) ## mypy, strict
	$(BIN)/mypy

pictures: $(READY) ## the pictures of the NeurFlow tab, from a training on solar cells (some minutes)
	$(BIN)/python docs/pictures.py

frontend-check: ## the tab's page: types, tests, built from its sources (wants Node 18 or newer)
	cd $(FRONTEND) && npm ci --ignore-scripts --no-audit --no-fund && npm run check && npm test && npm run same

bench: $(READY) ## time, memory, calibration → benchmarks/RESULTS.md (two hours; wants a quiet machine)
	mkdir -p $(RESULTS)
	$(if $(REFERENCE),$(call benchmark,against_reference,--reference $(REFERENCE)))
	$(if $(REFERENCE),$(call benchmark,parity,--reference $(REFERENCE)))
	$(call benchmark,floor,$(BENCH))
	$(call benchmark,ablation,$(BENCH))
	$(call benchmark,scaling,$(BENCH))
	$(call benchmark,families,$(BENCH))
	$(call benchmark,overhead,$(BENCH))
	$(call benchmark,calibration,$(BENCH))
	$(call benchmark,tab,$(BENCH))
	$(BIN)/python benchmarks/report.py --results $(RESULTS)
	$(BIN)/python benchmarks/plots.py --results $(RESULTS)

dev: $(READY_DEV) ## the environment with every development tool

clean: ## remove the environment and every cache
	rm -rf $(VENV) $(OLDEST) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(READY): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[test,examples]'
	@touch $@

$(READY_DEV): pyproject.toml $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[test,examples,dev]'
	@touch $@

# Light: all but TensorBoard and what it needs of old comes from the other environment. TensorBoard
# 2.16 starts neither with NumPy 2 nor without pkg_resources.
$(OLDEST)/.ready: $(READY)
	$(BIN)/python -m venv --clear --without-pip $(OLDEST)
	$(BIN)/python -m pip --python $(OLDEST)/bin/python install --quiet 'tensorboard==2.16.*' 'numpy<2' 'setuptools<81'
	$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
		> "$$($(OLDEST)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/rest.pth"
	@touch $@

# Debian ships venv without ensurepip; there, the pip outside puts the one inside.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.10 or newer is needed; say which with PYTHON=..." if sys.version_info < (3, 10) else 0)'
	$(PYTHON) -m venv $(VENV) || \
		{ $(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip --python $@ install pip; }
