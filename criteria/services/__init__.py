"""What this floor writes, each in one transaction with its history."""
