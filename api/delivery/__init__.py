"""Handing messages to a provider: after the commit, retried, in order, never twice."""
