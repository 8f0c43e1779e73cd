"""Acts of the round."""
