"""Reading the round."""
