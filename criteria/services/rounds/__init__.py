"""Plans and cycles written, and the plan as a paper."""
