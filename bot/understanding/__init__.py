"""NLU components of ours, in Rasa's pipeline. Not for: intents and dangers, which Rasa learns."""
