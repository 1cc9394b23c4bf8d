"""The turns that no message starts: what the bot is told has happened.

Their words live in the dialogue like all others. Not for: when they are sent.
"""

OPENED = "opened"
RETURNED = "returned"
CRISIS_OVER = "crisis_over"
