"""Tags for pages of registered work."""
