"""Rounds: plans, cycles, their dates."""
