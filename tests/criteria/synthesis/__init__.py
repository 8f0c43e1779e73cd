"""Putting the opinions of a consultation together, answering them, and the papers in which it ends."""
