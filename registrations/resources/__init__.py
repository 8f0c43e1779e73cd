"""Workbooks that fill the register."""
