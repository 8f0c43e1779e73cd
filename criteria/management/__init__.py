"""What the app offers on the command line."""
