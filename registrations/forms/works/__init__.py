"""Forms of registrations of hard and new work."""
