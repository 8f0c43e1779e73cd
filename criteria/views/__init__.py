"""Pages of plans, frameworks, cycles and regulations."""
