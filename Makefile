# Thin on purpose: what a target does is written in scripts/, in Python without dependencies.
# PORT, WEB_CONCURRENCY and the other variables of README.md may be given here: make run PORT=8001

PYTHON ?= python3
TARGETS := run dev test check lint messages lock

.DEFAULT_GOAL := help
.PHONY: help $(TARGETS)

help $(TARGETS):
	@$(PYTHON) -m scripts $@
