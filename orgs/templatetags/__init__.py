"""Template tags of the house: the look and the navigation."""
