"""What pages send, as clean values."""
