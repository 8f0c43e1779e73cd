"""Guards of the round: each answers with a reason, empty when the way is clear."""
