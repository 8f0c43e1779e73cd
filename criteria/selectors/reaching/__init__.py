"""How far criteria reach: who has studied them, who has none, who is urged, what opens a cycle."""
