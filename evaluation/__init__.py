"""How well Relais understands: what it is judged by, the scores, and docs/understanding.md.

Not for: anything that runs at a helpline.
"""
