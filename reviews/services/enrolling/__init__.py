"""Enrolment and what changes after its date: joiners, movers, leavers."""
