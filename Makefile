# Confab. `make` lists what can be made.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
CONFAB := .build/release/confab
# What tests may look into as well, so that the program and its tests are built once: it takes no more instructions.
RELEASE := --configuration release -Xswiftc -enable-testing
# These measure, and so run alone.
MEASURING := AllocationTests|StorageMemoryTests
SOURCES := Sources Tests Package.swift Benchmarks/Benchmarks Benchmarks/Package.swift
SWIFT_VERSION_MIN := 6.3
REPORTS := reports

.PHONY: help demo test reports race allocations benchmarks build lint format deps clean

help: ## list what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

demo: build ## run the ordering race and show both views and the verdicts
	@$(CONFAB) run scenarios/ordering-race-timestamps.yaml --events messages

test: build lint ## lint, check every scenario, run all tests, and those of threads under a sanitizer
	@echo "== scenarios, each on several numbers of partitions and threads"
	@$(CONFAB) check scenarios/ --verify
	@echo "== the full scale, at a hundredth of its size, on two threads"
	@$(CONFAB) run scenarios/full-scale.yaml --set populations.planet.users=5_000_000 --set system.chat_servers.count=100 \
	    --set system.storage.servers=10 --threads 2 > .build/full-scale.txt || { cat .build/full-scale.txt; exit 1; }
	@grep -E '^  (digest|ran|memory|messages)' .build/full-scale.txt
	@echo "== reports: whether they are what the plans give"
	@$(MAKE) --no-print-directory reports REPORTS=.build/reports
	@diff -rq reports .build/reports || { echo "make reports writes them anew"; exit 1; }
	@echo "== tests (to build them takes a few minutes)"
	@swift build $(RELEASE) --build-tests --quiet
	@swift test $(RELEASE) --skip-build --skip '$(MEASURING)' > .build/tests.log 2>&1 || { \
	    grep -E '✘|↳|Fatal|error:' .build/tests.log; echo "everything that was printed is in .build/tests.log"; exit 1; }
	@tail -n 1 .build/tests.log
	@$(MAKE) --no-print-directory allocations race

reports: build ## write the reports of the plans in plans/ anew
	@for plan in plans/*.yaml; do \
	    $(CONFAB) plan $$plan --out $(REPORTS)/$$(basename $$plan .yaml) > .build/plan.txt || [ $$? -eq 1 ] || { cat .build/plan.txt; exit 1; }; \
	    tail -n 1 .build/plan.txt; \
	done

allocations: deps ## count what a run allocates, and measure what a stored message takes
	@echo "== allocations"
	@swift build $(RELEASE) --build-tests --quiet
	@swift test $(RELEASE) --skip-build --no-parallel --filter '$(MEASURING)' > .build/allocations.log 2>&1 || { \
	    grep -E '✘|↳|error:' .build/allocations.log; echo "everything is in .build/allocations.log"; exit 1; }
	@grep 'Test run with' .build/allocations.log | tail -n 1

race: deps ## run what uses threads under the thread sanitizer
	@echo "== threads, under the thread sanitizer"
	@CONFAB_TESTS="Simulation Workloads World" swift test --sanitize=thread --scratch-path .build/sanitized --quiet \
	    --filter 'KernelTests|AttachmentTests|PholdTests|WorldTests' > .build/sanitized.log 2>&1 || { \
	    grep -E '✘|↳|WARNING|SUMMARY|error:' .build/sanitized.log; echo "everything is in .build/sanitized.log"; exit 1; }
	@if grep -q 'WARNING: ThreadSanitizer' .build/sanitized.log; then grep SUMMARY .build/sanitized.log; exit 1; fi
	@grep 'Test run with' .build/sanitized.log | tail -n 1

benchmarks: deps ## measure the kernel and its pieces; BENCHMARKS=REGEX runs some of them
	@swift package --package-path Benchmarks benchmark --no-progress $(if $(BENCHMARKS),--filter '$(BENCHMARKS)')

build: deps ## build the release version of confab
	@echo "== building confab (the first time takes a few minutes)"
	@swift build $(RELEASE) --product confab --quiet

lint: deps ## check format and documentation comments; fails on any finding
	@echo "== lint"
	@swift format lint --strict --recursive $(SOURCES)

format: deps ## format all sources in place
	@swift format --in-place --recursive $(SOURCES)

deps: ## install what is lacking: the GNU Scientific Library, ISA-L and SQLite
	@scripts/install-dependencies $(SWIFT_VERSION_MIN)

clean: ## remove everything that was built
	@rm -rf .build Benchmarks/.build
