"""Pages of registrations of hard and new work."""
