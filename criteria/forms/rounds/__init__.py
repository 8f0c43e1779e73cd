"""Forms of plans and cycles."""
