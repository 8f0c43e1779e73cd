"""What this floor reads: regulations, forms, plans, milestones, frameworks, cycles, working days."""
