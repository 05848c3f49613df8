# Overmold. `make` alone says what there is. Everything sets itself up; nothing but Python 3.9 or newer and git is needed.
.POSIX:
PYTHON = python3
PYTEST_ARGS =
OFFLINE =
# Tests at a time: most wait for a KiCad, so a few more than there are processors.
JOBS = 3
BIN = .venv/bin
DEMO = tests/packages/demo.yaml
OUT = build/demo

help:
	@echo 'make demo        build the demo package, check it, print the verdicts and where files and pictures are'
	@echo 'make install     put the plugin into the KiCad of this user (asks before it changes a setting)'
	@echo 'make doctor      say what is missing when a button does not appear in KiCad'
	@echo 'make test        ruff, mypy, import floors, then every test (those that need KiCad skip where it is absent)'
	@echo 'make lint        only ruff, mypy and the import floors'
	@echo 'make kicad       install KiCad 9 and 10 side by side (Debian or Ubuntu, root or sudo) for the tests that need them'
	@echo 'make package     dist/: the plugin (also as an archive that needs no network) and the footprint library, for KiCad'"'"'s'
	@echo '                 Plugin and Content Manager; OFFLINE="linux macos windows" says for which systems, else for this one'
	@echo 'make generated   write anew what is made from something else: pages of rules, keys and fields, footprints, charts, pictures'
	@echo 'make bench       measure side by side with the peers; prints one table'
	@echo 'make test-pythons  the tests without KiCad on the oldest and the newest Python that KiCad ships (Debian or Ubuntu)'
	@echo 'make test-newest  the tests without KiCad on the newest and on the lowest versions that pyproject.toml allows'
	@echo 'make test-index  the tests that have the package index searched: are there wheels for every Python and system?'
	@echo 'make test-long   what takes a minute and more in a running KiCad: fifty cycles, the archives, the toolbar'
	@echo 'make test-physics  the fill of the mold held to all of its figures, which takes a minute or two'
	@echo 'make pins        write scripts/pins/ anew: the versions that all of this installs, for each Python'
	@echo 'make clean       remove what these commands made, except KiCad (.kicad)'
	@echo 'PYTHON=/path/to/python3 chooses the Python; PYTEST_ARGS="-k gap" chooses tests'

demo: .venv/ready
	@$(BIN)/python scripts/demo.py $(DEMO) $(OUT)

install: .venv/ready
	@$(BIN)/overmold kicad install

doctor: .venv/ready
	@$(BIN)/overmold kicad doctor

check: test

test: lint
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(PYTEST_ARGS)

lint: .venv/ready-for-tests
	$(BIN)/ruff check .
	@if $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then $(BIN)/mypy; \
	else echo 'mypy is left out: the numpy for this Python has older stubs; Python 3.11 or newer checks the types'; fi
	$(BIN)/lint-imports

kicad:
	scripts/install_kicad.sh

package: .venv/ready
	$(BIN)/python scripts/package.py dist --offline $(OFFLINE)

generated: .venv/ready
	$(BIN)/python scripts/make_generated.py

# Installed as users have it, compiled and not editable, before anything is measured.
bench: .venv-bench/ready
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall .
	.venv-bench/bin/python -m benchmarks

test-pythons:
	scripts/test_pythons.sh -n $(JOBS) --dist worksteal $(PYTEST_ARGS)

test-newest:
	PYTHON=$(PYTHON) scripts/test_newest.sh -n $(JOBS) --dist worksteal $(PYTEST_ARGS)

test-index: .venv/ready-for-tests
	$(BIN)/python -m pytest -m index $(PYTEST_ARGS)

test-long: .venv/ready-for-tests
	$(BIN)/python -m pytest -n 2 --dist worksteal -m long $(PYTEST_ARGS)

test-physics: .venv/ready-for-tests
	$(BIN)/python -m pytest -m physics $(PYTEST_ARGS)

pins:
	$(PYTHON) scripts/make_pins.py

clean:
	rm -rf .venv .venv-* build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.kicad/*' -prune -exec rm -rf {} +

.venv/ready: pyproject.toml scripts/make_venv.py scripts/pins/*.txt
	@$(PYTHON) scripts/make_venv.py .venv
	@touch $@

.venv/ready-for-tests: .venv/ready
	@$(PYTHON) scripts/make_venv.py .venv dev
	@touch $@

.venv-bench/ready: pyproject.toml scripts/make_venv.py scripts/pins/*.txt
	@$(PYTHON) scripts/make_venv.py .venv-bench bench
	@touch $@

.PHONY: help demo install doctor check test lint kicad package generated bench test-pythons test-newest test-index test-long test-physics pins clean
