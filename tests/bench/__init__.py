"""The bench's own arithmetic. Not for: measuring, which `make bench` does."""
