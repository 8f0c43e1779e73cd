"""Grades: the facts, the suggestion explained, quotas, opinions, the chain of each rating."""
