"""Writing frameworks on the pages of their officers."""
