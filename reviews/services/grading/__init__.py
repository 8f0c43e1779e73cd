"""Grades proposed, appraised, decided, published; circumstances and numbers stated; petitions."""
