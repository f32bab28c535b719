"""Formats in which more than one list is published, one module each."""
