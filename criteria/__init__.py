"""Criteria and cycles."""
