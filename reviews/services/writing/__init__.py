"""Writing, submitting and finishing a self-review."""
