# What people type; every target is one or two commands that can be typed without make, too.

# Compose's newer form where it is installed, else the older program.
COMPOSE := $(shell docker compose version >/dev/null 2>&1 && echo docker compose || echo docker-compose)
SERVER_PORT ?= $(shell sed -n 's/^SERVER_PORT=[^0-9]*\([0-9]*\).*/\1/p' .env 2>/dev/null)
API ?= http://localhost:$(or $(SERVER_PORT),8080)

.DEFAULT_GOAL := help
.PHONY: help up down logs test load health stats clean

help: ## says what there is
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

up: .env ## starts everything in containers
	$(COMPOSE) up -d

down: ## stops it; what is stored stays
	$(COMPOSE) down

logs: ## shows what the services say, and follows
	$(COMPOSE) logs -f --tail=100

test: ## runs every check and every test
	./mvnw verify

load: ## loads a file: make load FILE=prices.csv
	$(COMPOSE) run --rm cli load $(FILE)

health: ## asks whether it is well
	@curl -sS $(API)/api/v1/health; echo

stats: ## asks for the market's figures
	@curl -sS $(API)/api/v1/stats; echo

clean: ## removes what was built; what is stored stays
	./mvnw -q clean

.env:
	@echo 'Copy .env.example to .env, and set POSTGRES_PASSWORD in it.' >&2; false
