"""Telling open pages and workers that something changed. A hint; the database is the truth."""
