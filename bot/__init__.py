"""The dialogue of Relais: Rasa as a function behind one HTTP call.

Not for: storing anything, knowing who writes, or talking to a phone network. The api does that.

The variables below have to stand before Rasa and TensorFlow are first imported.
"""

import os

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
