"""What tries to break "one voice": a world with its events, and the promises checked after each.

`world` is a house with everybody around it, `seen` what the database says, `promises` what must
hold, `machine` and `walk` the two ways through. Not for: what a simpler test shows.
"""
