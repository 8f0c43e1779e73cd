"""Consultations written: put out, answered, brought together, submitted."""
