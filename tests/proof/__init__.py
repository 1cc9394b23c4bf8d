"""The foundation, proved: machines that try to break what everything else stands on.

Each proof is a test. Run small they belong to `make test`; `make proof` runs them at full size
(`--full`) and writes what they measured into docs/proof.md. Not for: what a simpler test shows.
"""
