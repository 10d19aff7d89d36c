# One verb each; all of them are jobs of tools/dev.py, which sets everything up by itself.

PYTHON ?= python3

.PHONY: build check test lint types bench settled

build check test lint types bench settled:
	@$(PYTHON) tools/dev.py $@
