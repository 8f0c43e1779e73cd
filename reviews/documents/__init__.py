"""Papers of the round."""
