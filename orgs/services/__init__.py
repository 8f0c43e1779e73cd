"""Services of the foundation: every write, in one transaction, with its history."""
