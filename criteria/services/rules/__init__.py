"""Regulations written: loaded, derived, confirmed."""
