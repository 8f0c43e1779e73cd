"""Named shortcomings and their remedy."""
