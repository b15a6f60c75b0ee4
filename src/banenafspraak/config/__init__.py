"""Wires it; no logic."""
