# The commands by the names that others have them under. Each is a line that can be typed by itself; package.json has the rest.
.PHONY: help run run_all migrate makemigrations csu format check test build

TURNOUT = node --enable-source-maps dist/server/main.js
BUILT = node scripts/build.mjs --if-stale

help: ## what there is
	@sed -n 's/^\([a-z_]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

run: ## everything in one process, with examples in it, on http://localhost:8000
	npm start

run_all: ## with DATABASE_URL: server, both workers and the outbox, a process each; without: `run`
	@if [ -z "$$DATABASE_URL" ]; then exec npm start; fi; \
	set -e; $(BUILT); $(TURNOUT) migrate; trap 'kill 0' INT TERM EXIT; \
	$(TURNOUT) worker --queues periodic & $(TURNOUT) worker --queues notifications & $(TURNOUT) outbox --sleep 1 & \
	npm run serve

migrate: ## brings the database to the newest schema
	$(BUILT) && $(TURNOUT) migrate

makemigrations: ## begins a schema file; they are plain SQL and written by hand: make makemigrations NAME=what_it_does
	@echo "$(NAME)" | grep -Eq '^[a-z0-9_]+$$' || { echo 'make makemigrations NAME=what_it_does'; exit 2; }
	@last=$$(ls server/db/migrations | tail -n 1 | cut -c 1-4); \
	file=$$(printf 'server/db/migrations/%04d_%s.sql' "$$(expr $$last + 1)" "$(NAME)"); \
	echo '-- Why, in a sentence. Then `npm run schema`.' > "$$file"; echo "$$file"

csu: ## makes an admin; asks who
	$(BUILT) && $(TURNOUT) create-admin

format: ## writes every file as Prettier has it
	npm run format

check: ## types, lint, form, unused code, and that what is generated is up to date
	npm run check

test: ## the tests, on the embedded database
	npm test

build: ## builds dist/
	npm run build
