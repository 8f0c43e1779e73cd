"""Papers of what the year holds."""
