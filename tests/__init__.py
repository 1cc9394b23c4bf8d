"""The tests: they mirror `api`, `bot` and `actions`; stand-ins and contracts beside them."""
