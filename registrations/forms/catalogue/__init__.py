"""Forms of the catalogue of registered works."""
