# Needs Python (3.11 to 3.13) and make; everything else comes from the package registry into .venv.
# Of several, the newest that can make an environment: the tests take a sixth less time on 3.13 than on 3.11.
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11; do \
  "$$python" -c 'import ensurepip' 2>/dev/null && echo "$$python" && exit; done; echo python3)
BUILT = .venv/.built
export UV_PYTHON_DOWNLOADS = never

.PHONY: briefing demo test lab dashboard docs notebooks sample pictures lock supply-chain clean

briefing: $(BUILT)
	.venv/bin/faultline brief

demo: $(BUILT)  ## a briefing of a crisis of 1962, in briefings/thirteen-days, beside your own
	.venv/bin/faultline brief --seeds examples/thirteen-days --period 1962-10-22..1962-10-28

# Several processes, and each module compiled once for all of them, wherever PYTHONDONTWRITEBYTECODE is set.
test: $(BUILT)
	PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest -n logical --maxprocesses 8 --dist loadfile --no-loadscope-reorder

lab: $(BUILT)
	.venv/bin/faultline lab

dashboard: $(BUILT)  ## serve the notebooks as pages without code
	.venv/bin/faultline dashboard

docs: $(BUILT)  ## write the generated parts of the pages again: tables, helpers, commands, indicators, rates
	.venv/bin/python -m docs.generator

notebooks: $(BUILT)  ## run the committed notebooks again, in place
	.venv/bin/python -m tests.notebooks

sample: $(BUILT)  ## make docs/sample and the pictures of the README again
	.venv/bin/python -m docs.generator.sample_briefing

pictures: $(BUILT)  ## make docs/lab, the pictures of the notebooks, and those of the tutorial again
	.venv/bin/python -m docs.generator.lab_pictures
	.venv/bin/python -m docs.generator.tutorial_pictures

lock: $(BUILT)  ## after a change of dependencies: the lock, and what is made of it
	.venv/bin/uv lock
	.venv/bin/uv sync -q --frozen --inexact
	.venv/bin/python -m docs.generator.supply_chain

supply-chain: $(BUILT)  ## write the copies of the lock, the bill of materials and the licences again
	.venv/bin/python -m docs.generator.supply_chain

$(BUILT): pyproject.toml uv.lock requirements.build.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "$(PYTHON) is $$($(PYTHON) --version 2>&1), expected Python 3.11 to 3.13: name one with make PYTHON=python3.12" >&2; exit 2; }
	@[ -x .venv/bin/pip ] || $(PYTHON) -m venv --clear .venv || \
	  { echo "$(PYTHON) cannot make a virtual environment: on Debian and Ubuntu, apt-get install python3-venv" >&2; exit 2; }
	.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.build.txt
	.venv/bin/uv sync -q --frozen --inexact --compile-bytecode --python .venv/bin/python
	.venv/bin/python -m compileall -q analysis
	@touch $@

clean:  ## remove the environment, but never seeds/ or briefings/, which have the analyst's notes
	rm -rf .venv .pytest_cache .hypothesis
