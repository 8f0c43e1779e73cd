"""Writing registrations of hard and new work."""
