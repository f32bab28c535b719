"""Statements, listing intervals, profiles, search and resolution: pure decisions about what the lists say."""
