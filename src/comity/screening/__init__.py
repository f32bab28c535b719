"""Screening: whether a name or a number belongs to somebody in force on the lists, with the evidence and the editions."""
