"""Frameworks of criteria: what they say, which applies, how they conform to the one above."""
