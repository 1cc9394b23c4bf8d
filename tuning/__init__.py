"""Tunes the encoder of the bot to the training data: `make encoder`, an environment of its own.

Not for: `make train`, which learns the rest of the model in less than two minutes.
"""
