"""Dossiers, single papers and replays produced and kept."""
