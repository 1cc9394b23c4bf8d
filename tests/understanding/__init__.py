"""What Relais is judged by, and whether it is good enough. Not for: single rules of reading."""
