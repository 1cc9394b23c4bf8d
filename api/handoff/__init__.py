"""From the bot to a person and back: who is asked for, who waits, who holds."""
