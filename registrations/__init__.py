"""What the year holds."""
