"""Pages of the catalogue of registered works."""
