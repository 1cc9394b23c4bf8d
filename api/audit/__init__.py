"""Who read or did what, append-only."""
