"""The crash matrix: the process is killed at every hook, and ledgers of others say what was lost.

A cell is one death: a database, a channel, a hook, a seed. Not for: failures that nobody dies of.
"""
