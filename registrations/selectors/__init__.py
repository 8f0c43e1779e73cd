"""Selectors of the register."""
