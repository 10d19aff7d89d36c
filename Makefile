# One verb each; all of them are jobs of tools/dev.py, which sets everything up by itself.

PYTHON ?= python3

.PHONY: build check test lint types bench

build check test lint types bench:
	@$(PYTHON) tools/dev.py $@
