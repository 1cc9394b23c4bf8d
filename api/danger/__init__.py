"""Danger words, seen before any model and whoever holds the conversation."""
