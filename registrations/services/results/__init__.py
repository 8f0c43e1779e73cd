"""The log of the year's results."""
