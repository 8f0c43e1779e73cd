"""Prompts, meetings, comments, counted ballots."""
