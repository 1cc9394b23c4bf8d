"""Both pages in a real browser, over the real processes: what a child and a counsellor meet.

Not for: what a page does with an answer it cannot get here (`web/tests`).
"""
