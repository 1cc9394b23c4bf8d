"""What the bot decides. Pure choices (`walk`, `crisis`) and one thin module a topic.

Not for: words (all of them are in bot/domain) and not for anything of the api.
"""
