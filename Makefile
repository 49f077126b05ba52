# procdive: `make run` opens the screen, `make test` checks everything. Needs git, make, python3 and python3-venv.
BIN := .venv/bin
export PYTHON ?= python3

.PHONY: run test lint oracles bench kernels screenshots completions bpf clean

run:            ## the screen, or a command: make run ARGS='ps nginx'
	@tools/venv.sh run
	@$(BIN)/procdive $(ARGS)

test: lint      ## what continuous integration runs: the checks of lint, then every test
	@$(BIN)/pytest -n auto --dist loadgroup $(ARGS)

lint:           ## ruff, mypy --strict, the layers
	@tools/venv.sh test
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

oracles:        ## as root on Debian: the real tools that tests compare procdive with
	@tools/oracles.sh

bench:          ## every figure of the README anew, each beside its peer: benchmarks/results, then README.md
	@tools/venv.sh test
	@$(BIN)/python -m benchmarks $(ARGS)
	@$(BIN)/python -m tools.readme_figures

kernels:        ## the engines' tests under other kernels, emulated: docs/kernels.json, docs/kernels.md, README.md
	@tools/venv.sh test
	@$(BIN)/python -m tools.kernels $(ARGS)

screenshots:    ## the pictures of the README anew, from a real nginx
	@tools/venv.sh test
	@$(BIN)/python -m screenshots

completions:    ## what is made from the program itself anew: completion files, docs/keys.md, docs/json.md
	@tools/venv.sh test
	@$(BIN)/python -m tools.completions
	@$(BIN)/python -m tools.keys_page
	@$(BIN)/python -m tools.json_page

bpf:            ## the compiled programs of the trace anew, from explorer/kernel/bpf/*.bpf.c: needs clang, llvm, libbpf-dev
	@tools/venv.sh test
	@$(BIN)/python -m tools.bpf_objects $(ARGS)

clean:          ## what make and the tests left here
	rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist procdive.egg-info
