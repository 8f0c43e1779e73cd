"""What may stand in the way of plans, frameworks and cycles."""
