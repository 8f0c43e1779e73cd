"""Frameworks that concretise: chosen, checked, submitted, issued, looked at again."""
