"""Where the round stands: lists, lateness, steps, overviews."""
