"""Pages of plans and cycles."""
