"""The annual round."""
