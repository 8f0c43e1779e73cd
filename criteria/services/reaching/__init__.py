"""Disseminations and urging written."""
