"""Services of the register: every write with its document and history."""
