"""Organisation and people."""
