# Confab. `make` lists what can be made.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
CONFAB := .build/release/confab
SOURCES := Sources Tests Package.swift
SWIFT_VERSION_MIN := 6.3

.PHONY: help demo test build lint format deps clean

help: ## list what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

demo: build ## run the ordering race and show both views and the verdicts
	@$(CONFAB) run scenarios/ordering-race-timestamps.yaml --events messages

test: build lint ## lint, check every scenario on the release build, run all tests on the debug build
	@echo "== scenarios, release build"
	@$(CONFAB) check scenarios/
	@echo "== tests, debug build"
	@swift build --build-tests --quiet
	@swift test --skip-build > .build/tests.log 2>&1 || { \
	    grep -E '✘|↳|Fatal|error:' .build/tests.log; echo "everything that was printed is in .build/tests.log"; exit 1; }
	@tail -n 1 .build/tests.log

build: deps ## build the release version of confab
	@echo "== building confab (the first time takes a few minutes)"
	@swift build --configuration release --product confab --quiet

lint: deps ## check format and documentation comments; fails on any finding
	@echo "== lint"
	@swift format lint --strict --recursive $(SOURCES)

format: deps ## format all sources in place
	@swift format --in-place --recursive $(SOURCES)

deps: ## install what is lacking: the GNU Scientific Library
	@scripts/install-dependencies $(SWIFT_VERSION_MIN)

clean: ## remove everything that was built
	@rm -rf .build
