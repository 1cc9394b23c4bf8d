"""What a turn costs: all of Relais beside stock Rasa, in one run, so that noise meets both.

Not for: tests (none of these figures is the same on two machines; only their ratios say something).
"""
