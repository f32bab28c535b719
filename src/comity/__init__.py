"""Comity: the open node with which authorities and banks cooperate on sanctions, each with its own node and no centre."""

__version__ = "2026.11.0"
