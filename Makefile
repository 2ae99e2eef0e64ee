# `make run` and `make test` work on a machine with Rust, Python with pip, and Debian: what is missing is installed
# (as root) or named. Both need the package registries the first time and nothing after that.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test fmt lint bench eval fuzz schema

export CARGO_TERM_COLOR ?= auto
TARGET := $(or $(CARGO_TARGET_DIR),target)

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: ## answer calls on this machine with the embedded speech (ARGS="--listen 127.0.0.1:9000" and so on)
	@.ci/setup run
	cargo build --release --locked
	$(TARGET)/release/maitred models fetch
	exec $(TARGET)/release/maitred serve --dev $(ARGS)

test: ## everything CI runs: format, lint, licences, and every test, spoken calls included
	@.ci/setup test
	@.ci/checks

fmt: ## format the sources
	cargo fmt --all

lint: ## clippy, the sources' documentation and cargo-deny; warnings are errors
	@.ci/setup lint
	cargo clippy --all-targets --locked -- -D warnings
	cargo clippy --test fuzz --locked -- -D warnings
	cargo doc --no-deps --locked --quiet
	target/tools/bin/cargo-deny --locked --log-level error check bans licenses sources

bench: ## latency per kind of turn, what each engine and codec costs, what a large folder does, an order's way to its receiver, and a call in a storm (ARGS="--bench folder" for some)
	@.ci/setup run
	cargo run --quiet --release --locked -- models fetch
	cargo bench --locked $(or $(ARGS),--bench understanding --bench line --bench speech --bench folder --bench delivery --bench storm)

eval: ## tables: conversations understood, then orders spoken (EVAL=text or EVAL=spoken for one; EVAL_DIR=... judges that folder; see docs/evaluating.md)
	@.ci/setup test
	@.ci/eval

fuzz: ## hostile files and batches of restaurants for FUZZ_SECONDS (60) each (ARGS=yaml or ARGS=diff for one; FUZZ_SEED)
	cargo test --locked --test fuzz -- $(ARGS)

schema: ## write schema/restaurant.schema.json
	@mkdir -p schema $(TARGET)
	cargo run --quiet --locked -- schema > $(TARGET)/restaurant.schema.json
	cp $(TARGET)/restaurant.schema.json schema/restaurant.schema.json
