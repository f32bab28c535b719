"""Alerts and hits, every step that was taken, and good-guy entries."""
