"""Guards of what the year holds."""
