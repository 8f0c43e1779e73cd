"""Frameworks written: their heads, groups and criteria, their moves, exceptions, what follows from a change above."""
