"""What is kept and handed on: dossiers, single papers, summary tables, replays."""
