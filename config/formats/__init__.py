"""Formats that differ from what Django ships, one package a language."""
