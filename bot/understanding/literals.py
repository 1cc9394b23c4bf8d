"""Finds the facts that keep the child's words: amounts, ultimatums, platforms, ways to pay.

All of them take a plain text (`plain.read`) and give what was found with its place. Not for: facts
with a fixed list of values, nor for turning an ultimatum into a date, which needs to know what
time it is (`deadline`).
"""

from bot.understanding.amounts import amounts
from bot.understanding.found import Found
from bot.understanding.labels import LITERAL
from bot.understanding.names import methods, platforms
from bot.understanding.ultimatums import deadlines

__all__ = ["LITERAL", "Found", "amounts", "deadlines", "methods", "platforms"]
