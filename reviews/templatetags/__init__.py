"""Template tags of the round."""
