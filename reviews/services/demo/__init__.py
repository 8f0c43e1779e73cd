"""The demonstration: a province as the letters name it, with generated people, two cycles, and named logins."""
