"""What is sealed, with which key, and how it is destroyed."""
