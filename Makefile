# Two commands do everything: `make demo` and `make test`. Both set up what they need first.
.PHONY: setup demo test lint lock clean

VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
# Hundreds of processes load the same packages: without bytecode each of them would compile all of it again.
export PYTHONDONTWRITEBYTECODE :=

setup: $(READY)

# `uv` where it is on the PATH, plain venv and pip where not; either way every file is checked by its hash.
$(READY): requirements.lock pyproject.toml deploy/setup.sh
	@sh deploy/setup.sh "$(VENV)"
	@touch $@

demo: $(READY)
	@$(PY) -m healer demo $(if $(KEEP),--keep "$(KEEP)")

test: $(READY) lint
	@sh deploy/setup.sh --browser
	@$(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder

lint: $(READY)
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports

lock:
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url --no-annotate -o requirements.lock

clean:
	rm -rf $(VENV) build dist *.egg-info
