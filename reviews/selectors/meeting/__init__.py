"""Prompts, meetings, hearings, ballots."""
