"""The catalogue of registered works: what it holds, what is stuck, how it moves over time."""
