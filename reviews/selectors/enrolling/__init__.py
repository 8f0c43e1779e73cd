"""Who is in the round: the register on its date, peer groups, places, what would get stuck."""
