"""All of Relais as real processes, for tests that believe nothing less.

Not for: what a fake shows as well in a thousandth of the time.
"""
