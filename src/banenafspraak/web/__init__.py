"""Translates between people and one action or query."""
