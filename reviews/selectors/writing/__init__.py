"""What authors write: forms, answers, what is missing, how far each is."""
