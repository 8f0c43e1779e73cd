"""Consultation: whom it asks, what they answer, what becomes of each remark."""
