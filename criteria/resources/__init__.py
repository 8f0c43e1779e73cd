"""Workbooks of this floor: what goes out, comes back the same."""
