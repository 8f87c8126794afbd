# One command to run the program (make run), one to check it (make test). Both set up what they need.

BIN := .venv/bin
TOUR := build/tour
OFFSCREEN := QT_QPA_PLATFORM=offscreen

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run tour test lint format bench clean set-up-tests

# $(call check,NAME,COMMAND): one line when all is well, else what the command said and its name.
check = @if told=$$($(2) 2>&1); then echo "$(1): good"; \
	else echo "$$told"; echo "Stopped: $(1) failed." >&2; exit 1; fi

help: ## these lines
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

run: ## start the program (without a screen: make the tour)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then sh packaging/setup.sh window && exec $(BIN)/ehya; \
	else echo "There is no screen here: making the tour instead, in $(TOUR)."; \
	$(MAKE) --no-print-directory tour; fi

tour: ## a made-up file, a picture of every page and the Excel report, in build/tour
	@sh packaging/setup.sh tour
	@rm -rf $(TOUR) && mkdir -p $(TOUR)
	@$(BIN)/ehya sample --file $(TOUR)/sample.ehya --units 400 --seed 1
	@$(OFFSCREEN) $(BIN)/ehya tour --file $(TOUR)/sample.ehya --output $(TOUR)
	@$(BIN)/ehya export --file $(TOUR)/sample.ehya --report progress --output $(TOUR)/progress.xlsx
	@echo "Made in $(TOUR):" && ls $(TOUR)

test: lint ## every check: lint, then the tests
	@$(OFFSCREEN) $(BIN)/python -m pytest -q -n auto --maxprocesses 8 || \
	{ echo "Stopped: pytest failed." >&2; exit 1; }

lint: set-up-tests ## ruff, mypy and the import contracts
	$(call check,ruff check,$(BIN)/ruff check .)
	$(call check,ruff format,$(BIN)/ruff format --check .)
	$(call check,mypy,$(BIN)/mypy)
	$(call check,import contracts,$(BIN)/lint-imports)

format: set-up-tests ## put the code into its one form
	@$(BIN)/ruff check --fix-only --quiet . && $(BIN)/ruff format .

bench: set-up-tests ## how fast, as ratios to the bare libraries
	@$(OFFSCREEN) $(BIN)/python -m tests.benchmarks

clean: ## remove what was made, but .venv
	@rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name .venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

set-up-tests:
	@sh packaging/setup.sh test
