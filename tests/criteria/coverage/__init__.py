"""Dissemination, coverage and urging."""
