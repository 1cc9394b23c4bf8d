"""What stands behind the Makefile: getting Relais ready, running it, testing it.

`prepare` and what it imports run on any Python from 3.8 with nothing installed, because they bring
the rest. `run` and `suite` start where the environments exist. Not for: anything of Relais itself;
api/, bot/ and actions/ never import from here.
"""
