# The doors of the house. Each is one line; what needs more lives in scripts/.
export PATH := $(PATH):/opt/swift/usr/bin
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run build test lint format bench fuzz screenshots

help:         ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' Makefile | expand -t 14
run:          ## install what is missing, build, start the demo on http://127.0.0.1:8080 (other port: PORT=8090)
	@scripts/run $(if $(PORT),--port $(PORT))
build:        ## build the release binary .build/release/sigap
	@scripts/build
test:         ## install what the tests need, run every test (only some Swift tests: FILTER=SOPTests)
	@scripts/test $(FILTER)
lint:         ## format and house rules
	@scripts/lint
format:       ## rewrite the sources in the format of the house
	@swift format --in-place --recursive --parallel Sources Tests Package.swift
bench:        ## measure; prints a table, proves nothing
	@scripts/bench
fuzz:         ## feed the readers of outside bytes with hostile input
	@scripts/fuzz
screenshots:  ## pictures of the demo's pages, on a phone and on a desk, light and dark
	@scripts/screenshots
