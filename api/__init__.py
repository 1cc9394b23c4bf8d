"""Relais: the service that keeps the thread, runs the turn and hands over to a person."""
