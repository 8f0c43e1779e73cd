"""Commands of the round."""
