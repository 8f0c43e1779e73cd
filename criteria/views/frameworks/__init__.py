"""Pages of frameworks: read and written."""
