"""What people send, made clean values."""
