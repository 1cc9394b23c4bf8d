"""What a message means: components of ours in Rasa's pipeline. Not for: what is answered to it."""
