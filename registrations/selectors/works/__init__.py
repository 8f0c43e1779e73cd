"""Reading registrations of hard and new work."""
