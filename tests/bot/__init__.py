"""Tests of the bot's channel, in the bot's environment.

Run: bot/.venv/bin/python -m pytest tests/bot
"""
