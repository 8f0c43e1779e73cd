"""Papers of the rules: the plan of a round."""
