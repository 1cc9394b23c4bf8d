"""Speaker-labelled conversations over the whole stack: read by anybody, played by real processes.

Not for: what one part does by itself; each part has its own tests.
"""
