"""Tests of the house itself: its limits, its documents, and the commands that run it."""
